//! The phone's clock is set back a day in the middle of a sheet.

use anyhow::Result;
use bintang_e2e::{
    Engine, Scenario,
    torture::{Sheet, Torture},
};
use serde_json::json;

const DAY_MS: i64 = 86_400_000;

pub async fn clock_set_back(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "clock set back a day");
    let scenario = Scenario::open_with(torture.with_faults()?).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let real = scenario.script("return torture.now()").await?.as_i64().unwrap_or_default();
    for days in 1..=i64::try_from(torture.size(2, 20))? {
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        let shift = json!((-days * DAY_MS).to_string());
        scenario.browser.script("localStorage.setItem('torture-clock', arguments[0])", &[shift]).await?;
        sheet.check(&scenario, &mut torture).await?;
        let now = scenario.script("return torture.now()").await?.as_i64().unwrap_or_default();
        assert!(now < real - (days - 1) * DAY_MS, "the clock is set back: {now}, before {real}");
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        sheet.check(&scenario, &mut torture).await?;
        scenario.visit("").await?.open_item("Keripik").await?;
        scenario.browser.appear("aside.livebar").await?;
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    // The sheet says so, and a sheet on which the clock went on too fast while it was open says that.
    let id = scenario.assessment().await?;
    scenario.visit(&format!("p=tinjau&id={id}")).await?.read("Jam mundur sejak perubahan terakhir").await?;
    scenario.visit("").await?;
    let mut other = Sheet::begin(&scenario, "Dodol").await?;
    other.settled(&scenario).await?;
    scenario.script("torture.shift(0)").await?;
    other.tap(&scenario, &mut torture.dice).await?;
    other.settled(&scenario).await?;
    let id = scenario.assessment().await?;
    scenario.visit(&format!("p=tinjau&id={id}")).await?.read("Jam melompat saat lembar terbuka").await?;
    torture.end()
}
