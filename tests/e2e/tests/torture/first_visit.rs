//! The browser is killed while it makes the app ready for days without a network, on the very first visit.
//!
//! The next visit must be able to save: Firefox 140 clears away what was being kept, and takes its size from what it counts
//! as used without having counted it; when that is less than nothing, it refuses every write.

use anyhow::{Context as _, Result, ensure};
use bintang_e2e::{
    Dist, Engine, Options, Scenario,
    torture::{Sheet, Torture},
    wait,
};
use serde_json::json;
use std::time::Duration;

/// The latest moment of a kill; the files are on disk in less than a second.
const LATEST_MS: usize = 600;
const HELD: &str = "caches.has('held').then(done)";
// WebKitGTK tells no estimate.
const SANE: &str = "const asked = navigator.storage?.estimate?.() ?? Promise.resolve({ usage: 0, quota: 0 });
    asked.then(({ usage, quota }) => done(usage <= quota))";

pub async fn killed_on_the_first_visit(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "killed on the first visit");
    let built = Dist::built()?;
    let large = built.files(".wasm")?;
    for round in 0..torture.size(3, 20) {
        // Every third time anywhere; else when all of a large file is there but its end.
        let held = large.get(round % 3);
        let dist = held.map_or_else(|| Ok(built.clone()), |name| built.held_at(name))?;
        let mut scenario = Scenario::open_with(Options { engine, dist: Some(dist), ..Options::default() }).await?;
        if held.is_some() {
            let is_held =
                async || Ok((scenario.browser.script_until_done(HELD, &[]).await? == json!(true)).then_some(()));
            wait::until("the worker waits for the end of a file", is_held).await?;
        }
        // The moment is what is tried here, not something waited for.
        tokio::time::sleep(Duration::from_millis(torture.dice.below(LATEST_MS).try_into()?)).await;
        scenario.publish(&built).await?;
        scenario.browser.kill_and_start().await?;
        scenario.visit("").await?;
        scenario.installed().await.context("ready without a network after all")?;
        scenario.set_up().await.context("the first save after the kill")?;
        let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
        let sane = scenario.browser.script_until_done(SANE, &[]).await?;
        ensure!(sane == json!(true), "the browser counts more as used than there is");
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        scenario.browser.kill_and_start().await?;
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
