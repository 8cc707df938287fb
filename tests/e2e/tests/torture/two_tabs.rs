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
    let mut newest = 1;
    for _ in 0..torture.size(5, 60) {
        let tab = torture.dice.below(2);
        scenario.turn_to(tabs.get(tab).context("a tab")?).await?;
        let stale = tab != newest && torture.count_so_far() > 0;
        if stale {
            refused(&scenario, &mut sheet, &mut torture).await?;
        }
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        newest = tab;
        torture.count(1);
    }
    for tab in &tabs {
        scenario.turn_to(tab).await?;
        sheet.check(&scenario, &mut torture).await?;
    }
    torture.end()
}

/// A tab that shows what is old takes nothing: it says so, and is as the other one once it is loaded anew.
async fn refused(scenario: &Scenario, sheet: &mut Sheet, torture: &mut Torture) -> Result<()> {
    // On top of what this tab shows, which is not what the other one saved.
    scenario.script("document.querySelector('main input[type=radio]:not(:checked)').click()").await?;
    scenario.saving_is("failed").await?.mark().await?;
    scenario.browser.press(".banner--storage button").await?;
    scenario.loaded_anew().await?;
    wait::until(
        "the sheet is in view",
        async || Ok((scenario.browser.count("aside.livebar").await? > 0).then_some(())),
    )
    .await?;
    sheet.hold(scenario, torture).await
}
