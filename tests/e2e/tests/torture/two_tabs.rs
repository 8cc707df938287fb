//! One draft in two tabs, answered now here, now there.

use anyhow::{Context as _, Result};
use bintang_e2e::{
    Engine, Scenario,
    torture::{Sheet, Torture},
    wait,
};

pub async fn two_tabs(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "one draft in two tabs");
    let scenario = Scenario::open_in(engine).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let first = scenario.browser.tab().await?;
    let second = scenario.open_tab(&format!("p=lembar&id={}&view=all", sheet.id)).await?;
    sheet.shown(&scenario).await?;
    let tabs = [first, second];
    // The first one has the turn: the second looks on from the start.
    let mut writer = 0;
    for _ in 0..torture.size(5, 40) {
        let tab = torture.dice.below(2);
        scenario.turn_to(tabs.get(tab).context("a tab")?).await?;
        if tab != writer {
            take_over(&scenario, &mut sheet, &mut torture).await?;
        }
        sheet.tap(&scenario, &mut torture.dice).await?;
        // Sometimes the other tab takes over while this one still saves.
        if torture.dice.below(2) == 0 {
            sheet.settled(&scenario).await?;
        }
        writer = tab;
        torture.count(1);
    }
    if let Some(tab) = tabs.get(writer) {
        scenario.turn_to(tab).await?;
        sheet.settled(&scenario).await?;
    }
    for tab in &tabs {
        scenario.turn_to(tab).await?;
        sheet.check(&scenario, &mut torture).await?;
    }
    torture.end()
}

/// A tab that looks on shows what the other one saved, cannot change it, and writes once it has taken over.
async fn take_over(scenario: &Scenario, sheet: &mut Sheet, torture: &mut Torture) -> Result<()> {
    scenario.browser.appear("[data-turn='theirs']").await?;
    // A click of a script is no click of a person, but it must not change anything either.
    scenario.script("document.querySelector('main input[type=radio]:not(:checked)').click()").await?;
    scenario.browser.press("[data-turn='theirs'] button").await?;
    wait::until("it is this tab's turn", async || {
        Ok((scenario.browser.count("[data-turn='theirs']").await? == 0).then_some(()))
    })
    .await?;
    sheet.hold(scenario, torture).await
}
