//! The browser is killed at random moments while photos are added: between the choice and the disk, while one is scaled.

use anyhow::{Context as _, Result, ensure};
use bintang_e2e::{
    Engine, Picture, Scenario,
    torture::{Sheet, Torture},
};
use serde_json::Value;
use std::{collections::BTreeSet, thread, time::Duration};
use tokio::task::spawn_blocking;

const CRITERION: &str = "A.I.1";
/// The latest moment of a kill after the choice.
const LATEST_MS: usize = 900;
/// The photos that the screen shows, each by its id: it shows none that is not on disk.
const SHOWN: &str = "return [...document.querySelectorAll('[data-photo]')].map((photo) => photo.dataset.photo)";

pub async fn killed_with_photos(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "killed while adding photos");
    let mut scenario = Scenario::open_in(engine).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let mut files = Vec::new();
    for number in 1..=3 {
        files.push(Picture::upright(number).write(&scenario.browser, scenario.folder()).await?);
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for _ in 0..torture.size(2, 20) {
        sheet.open(&scenario).await?;
        scenario.browser.appear(&format!("[id='photo-{CRITERION}']")).await?;
        let file = torture.dice.one(&files).context("a file")?.clone();
        let killer = scenario.browser.killer()?;
        // The moment is what is tried here, not something waited for.
        let moment = Duration::from_millis(torture.dice.below(LATEST_MS).try_into()?);
        let killed = spawn_blocking(move || {
            thread::sleep(moment);
            killer.kill()
        });
        // The browser may be gone before it has the file.
        let _ = scenario.browser.choose_file(&format!("[id='photo-{CRITERION}']"), &file).await;
        while let Ok(shown) = scenario.script(SHOWN).await {
            seen.extend(ids(&shown)?);
        }
        killed.await??;
        scenario.browser.kill_and_start().await?;
        // It comes back to the sheet, and every photo that was ever shown is there, whole.
        sheet.check(&scenario, &mut torture).await?;
        let stored = scenario.stored_photos().await?;
        let whole: BTreeSet<String> = stored
            .iter()
            .filter(|photo| photo.text("sha256") == Some(&photo.sha256) && photo.size.is_some())
            .filter_map(|photo| photo.text("id").map(str::to_owned))
            .collect();
        torture.compare(&seen.intersection(&whole).cloned().collect(), &[seen.clone()]);
        ensure!(whole.len() == stored.len(), "photos that are not what their records say: {stored:?}");
        // What is there is shown from now on.
        seen = whole;
        torture.count(1);
    }
    torture.end()
}

fn ids(shown: &Value) -> Result<Vec<String>> {
    Ok(serde_json::from_value(shown.clone())?)
}
