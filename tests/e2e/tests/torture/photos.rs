//! The browser is killed at random moments while photos are added: between the choice and the disk, while one is scaled.

use anyhow::Result;
use bintang_e2e::{
    Dist, Engine, Options, Scenario,
    torture::{Album, CRITERION, Sheet, Torture},
};
use std::{thread, time::Duration};
use tokio::task::spawn_blocking;

/// The latest moment of a kill after the choice.
const LATEST_MS: usize = 900;
/// A file that is read only when somebody lets it: from the choice on it is neither in the page nor on the disk.
const HOLD: &str = "const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () { return window.held ? new Promise(() => {}) : read.call(this); };";

/// When the browser is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// The file is chosen, and not stored.
    Chosen,
    /// The photo is shown, and perhaps being scaled.
    Shown,
    /// So many milliseconds after the choice began.
    Any(u64),
}

pub async fn killed_with_photos(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "killed while adding photos");
    let dist = Dist::built()?.with_script(HOLD)?;
    let mut scenario = Scenario::open_with(Options { engine, dist: Some(dist), ..Options::default() }).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let mut album = Album::begin(&scenario).await?;
    for round in 0..torture.size(3, 20) {
        let moment = match round % 4 {
            0 => Moment::Chosen,
            1 => Moment::Shown,
            _ => Moment::Any(torture.dice.below(LATEST_MS).try_into()?),
        };
        sheet.open(&scenario).await?;
        scenario.browser.appear(&format!("[id='photo-{CRITERION}']")).await?;
        let killer = scenario.browser.killer()?;
        match moment {
            Moment::Chosen => {
                scenario.script("window.held = true").await?;
                album.choose(&scenario, &mut torture).await?;
                scenario.holds("the photo is on its way", "return !!document.querySelector('.photo-note')").await?;
                album.look(&scenario).await?;
                spawn_blocking(move || killer.kill()).await??;
            }
            Moment::Shown => {
                album.choose(&scenario, &mut torture).await?;
                let shown = format!("return document.querySelectorAll('[data-photo]').length > {}", album.count());
                scenario.holds("the photo is shown", &shown).await?;
                album.look(&scenario).await?;
                spawn_blocking(move || killer.kill()).await??;
            }
            Moment::Any(millis) => {
                // The moment is what is tried here, not something waited for.
                let killed = spawn_blocking(move || {
                    thread::sleep(Duration::from_millis(millis));
                    killer.kill()
                });
                // The browser may be gone before it has the file.
                let _ = album.choose(&scenario, &mut torture).await;
                while album.look(&scenario).await.is_ok() {}
                killed.await??;
            }
        }
        println!("killed: {moment:?}, {} photos were shown", album.count());
        scenario.browser.kill_and_start().await?;
        // It comes back to the sheet, and every photo that was ever shown is there, whole.
        sheet.check(&scenario, &mut torture).await?;
        album.hold(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
