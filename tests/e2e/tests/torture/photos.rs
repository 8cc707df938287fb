//! The browser is killed at random moments while photos are added: between the choice and the disk, while one is scaled.

use anyhow::Result;
use bintang_e2e::{
    Engine, Scenario,
    torture::{Album, CRITERION, Sheet, Torture},
};
use std::{thread, time::Duration};
use tokio::task::spawn_blocking;

/// The latest moment of a kill after the choice.
const LATEST_MS: usize = 900;
pub async fn killed_with_photos(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "killed while adding photos");
    let mut scenario = Scenario::open_in(engine).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let mut album = Album::begin(&scenario).await?;
    for _ in 0..torture.size(2, 20) {
        sheet.open(&scenario).await?;
        scenario.browser.appear(&format!("[id='photo-{CRITERION}']")).await?;
        let killer = scenario.browser.killer()?;
        // The moment is what is tried here, not something waited for.
        let moment = Duration::from_millis(torture.dice.below(LATEST_MS).try_into()?);
        let killed = spawn_blocking(move || {
            thread::sleep(moment);
            killer.kill()
        });
        // The browser may be gone before it has the file.
        let _ = album.choose(&scenario, &mut torture).await;
        while album.look(&scenario).await.is_ok() {}
        killed.await??;
        scenario.browser.kill_and_start().await?;
        // It comes back to the sheet, and every photo that was ever shown is there, whole.
        sheet.check(&scenario, &mut torture).await?;
        album.hold(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
