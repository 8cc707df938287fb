//! The browser is killed at random moments while one answers.

use anyhow::{Result, ensure};
use bintang_e2e::{
    Engine, Scenario,
    torture::{Sheet, Torture},
};
use std::{thread, time::Duration};
use tokio::task::spawn_blocking;

/// The latest moment of a kill after the first tap.
const LATEST_MS: usize = 800;
/// How often the screen is looked at after a tap, at most.
const LOOKS: usize = 8;

pub async fn killed(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "killed while answering");
    let mut scenario = Scenario::open_in(engine).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let (wanted, mut answers) = (torture.size(20, 200), 0);
    while answers < wanted {
        let killer = scenario.browser.killer()?;
        // The moment is what is tried here, not something waited for.
        let moment = Duration::from_millis(torture.dice.below(LATEST_MS).try_into()?);
        let killed = spawn_blocking(move || {
            thread::sleep(moment);
            killer.kill()
        });
        'alive: while sheet.tap(&scenario, &mut torture.dice).await.is_ok() {
            answers += 1;
            // Sometimes the next tap comes before the save has ended, sometimes the screen has called it saved.
            for _ in 0..=torture.dice.below(LOOKS) {
                match sheet.glance(&scenario).await?.as_deref() {
                    None => break 'alive,
                    Some("saved") => break,
                    Some(_) => {}
                }
            }
        }
        killed.await??;
        scenario.browser.kill_and_start().await?;
        sheet.check(&scenario, &mut torture).await?;
    }
    println!("{answers} answers, {} of them seen as saved", sheet.confirmed());
    ensure!(sheet.confirmed() * 4 > answers, "too few were called saved: nothing could be missed");
    torture.count(answers);
    torture.end()
}
