//! The disk of the browser's profile is full: what was saved stays, the screen says what is not, and with room it goes on.

use anyhow::{Result, ensure};
use bintang_e2e::{
    Engine, Options, Scenario,
    engine::{Manner, mounts},
    torture::{Sheet, Torture},
};

/// Taps within which a full disk shows: a browser has some room in its files already.
const TAPS: usize = 200;

async fn fill(scenario: &Scenario) -> Result<()> {
    if scenario.browser.has_small_disk() { scenario.browser.fill_disk() } else { scenario.fill_disk().await.map(drop) }
}

pub async fn disk_full(engine: Engine) -> Result<()> {
    let small_disk = mounts();
    if !small_disk {
        println!("no disk can be mounted here: the browser's quota stands in for it, where its driver sets that");
        engine.sets_room()?;
    }
    let mut torture = Torture::begin(engine, if small_disk { "disk full" } else { "disk full, by the quota" });
    let manner = Manner { small_disk, ..Manner::default() };
    let mut scenario = Scenario::open_with(Options { engine, manner, ..Options::default() }).await?;
    scenario.installed().await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    for round in 0..torture.size(2, 10) {
        sheet.settled(&scenario).await?;
        let mut word = String::new();
        for _ in 0..TAPS {
            // The browser may have made some room meanwhile.
            fill(&scenario).await?;
            sheet.tap(&scenario, &mut torture.dice).await?;
            let done = "return document.querySelector('.saved').dataset.state !== 'saving'";
            scenario.holds("the save has ended", done).await?;
            word = sheet.look(&scenario).await?;
            if word == "failed" {
                break;
            }
        }
        ensure!(word == "failed", "the disk is full and the screen says {word}");
        scenario.never("Tersimpan").await?;
        // The browser ends with what was not saved, before or after there is room, or all of it is saved. What was saved
        // is there, also when the browser starts once more: Chromium finds only then what a full disk did to its files.
        let ends = round == 0 || torture.dice.below(3) > 0;
        if ends && torture.dice.below(2) == 0 {
            scenario.browser.killer()?.kill()?;
            // The quota is the session's, and goes with it.
            if small_disk {
                scenario.browser.empty_disk()?;
            }
        } else if small_disk {
            scenario.browser.empty_disk()?;
        } else {
            scenario.free_disk().await?;
        }
        if ends {
            scenario.browser.kill_and_start().await?;
        } else {
            let again = "document.querySelector('.banner--storage button')?.click();
                return document.querySelector('.saved').dataset.state === 'saved'";
            scenario.holds("it is saved once there is room", again).await?;
            sheet.settled(&scenario).await?;
        }
        sheet.check(&scenario, &mut torture).await?;
        scenario.browser.kill_and_start().await?;
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
