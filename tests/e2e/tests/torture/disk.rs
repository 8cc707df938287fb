//! The disk of the browser's profile is full: what was saved stays, the screen says what is not, and with room it goes on.

use anyhow::{Result, bail, ensure};
use bintang_e2e::{
    Engine, Options, Scenario,
    engine::{Manner, mounts},
    torture::{Album, Sheet, Torture},
};

/// Taps within which a full disk shows: a browser has some room in its files already, also that of a photo's original that
/// was scaled.
const TAPS: usize = 1_000;

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
    let mut other = Sheet::begin(&scenario, "Dodol").await?;
    other.settled(&scenario).await?;
    scenario.visit("").await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let mut album = Album::begin(&scenario).await?;
    for round in 0..torture.size(2, 10) {
        // One photo more, saved before the disk is full.
        album.choose(&scenario, &mut torture).await?;
        album.grown(&scenario).await?;
        sheet.settled(&scenario).await?;
        let first = scenario.browser.tab().await?;
        // Every second time another sheet is open in another tab, whose connection a browser may close as well.
        let mut second = None;
        if round % 2 == 1 {
            second = Some(scenario.open_tab(&format!("p=lembar&id={}&view=all", other.id)).await?);
            other.shown(&scenario).await?;
            scenario.turn_to(&first).await?;
        }
        answer_until_full(&scenario, &mut sheet, &mut torture).await?;
        if let Some(second) = &second {
            scenario.turn_to(second).await?;
            answer_until_full(&scenario, &mut other, &mut torture).await?;
            scenario.turn_to(&first).await?;
        }
        // The browser ends with what was not saved, before or after there is room, or all of it is saved. What was saved
        // is there, also when the browser starts once more: Chromium finds only then what a full disk did to its files.
        let ends = round == 0 || torture.dice.below(3) > 0;
        let ends_full = ends && torture.dice.below(2) == 0;
        if ends_full {
            scenario.browser.killer()?.kill()?;
        }
        // The quota is the session's, and goes with it.
        if small_disk || !ends_full {
            empty(&scenario).await?;
        }
        if ends {
            scenario.browser.kill_and_start().await?;
        } else {
            try_again(&scenario, &mut sheet).await?;
            if let Some(second) = &second {
                scenario.turn_to(second).await?;
                try_again(&scenario, &mut other).await?;
                scenario.turn_to(&first).await?;
            }
        }
        for _ in 0..2 {
            other.check(&scenario, &mut torture).await?;
            sheet.check(&scenario, &mut torture).await?;
            album.hold(&scenario, &mut torture).await?;
            scenario.browser.kill_and_start().await?;
        }
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}

async fn fill(scenario: &Scenario) -> Result<()> {
    if scenario.browser.has_small_disk() { scenario.browser.fill_disk() } else { scenario.fill_disk().await.map(drop) }
}

async fn empty(scenario: &Scenario) -> Result<()> {
    if scenario.browser.has_small_disk() { scenario.browser.empty_disk() } else { scenario.free_disk().await.map(drop) }
}

async fn answer_until_full(scenario: &Scenario, sheet: &mut Sheet, torture: &mut Torture) -> Result<()> {
    let mut word = String::new();
    for _ in 0..TAPS {
        // The browser may have made some room meanwhile.
        fill(scenario).await?;
        sheet.tap(scenario, &mut torture.dice).await?;
        let done = "return document.querySelector('.saved').dataset.state !== 'saving'";
        scenario.holds("the save has ended", done).await?;
        word = sheet.look(scenario).await?;
        if word == "failed" {
            let said = scenario.script("return document.querySelector('.saved').textContent").await?;
            ensure!(said == "Belum tersimpan", "it says {said}");
            return Ok(());
        }
    }
    bail!("the disk is full and the screen says {word}")
}

async fn try_again(scenario: &Scenario, sheet: &mut Sheet) -> Result<()> {
    let again = "document.querySelector('.banner--storage button')?.click();
        return document.querySelector('.saved').dataset.state === 'saved'";
    scenario.holds("it is saved once there is room", again).await?;
    sheet.settled(scenario).await
}
