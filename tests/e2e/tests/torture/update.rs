//! A new version arrives under a sheet that could not be saved: it waits, and nothing of the sheet is thrown away for it.

use anyhow::Result;
use bintang_e2e::{
    Dist, Engine, Options, Scenario,
    torture::{Sheet, Torture},
};

pub async fn update_under_an_unsaved_sheet(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "update under an unsaved sheet");
    let options = torture.with_faults()?;
    let dist = options.dist.clone().map_or_else(Dist::built, Ok)?;
    let mut scenario = Scenario::open_with(Options { engine, ..options }).await?;
    scenario.installed().await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    for number in 0..torture.size(1, 10) {
        let (old, new) = (scenario.version().await?, format!("next-{number}"));
        scenario.script("torture.fill(1, 1000000)").await?;
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.becomes(&scenario, "failed").await?;
        scenario.mark().await?;
        scenario.publish(&dist.with_new_version(&new)?).await?;
        scenario.find_version().await?;
        assert_eq!(scenario.version().await?, old);
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.becomes(&scenario, "failed").await?;

        // Even asked for on Beranda it must not come while there is something that only this page knows.
        scenario.to_home().await?.read("Belum tersimpan").await?.read("Versi baru siap").await?;
        scenario.browser.press(".banner--version button").await?;
        scenario.browser.settle().await?;
        scenario.holds("the page is the same", "return window.marked === true").await?;
        assert_eq!(scenario.version().await?, old);

        scenario.browser.press(".banner--storage a[href*='p=lembar']").await?;
        sheet.shown(&scenario).await?;
        scenario.script("torture.free()").await?;
        scenario.browser.press(".banner--storage button").await?;
        scenario.saved().await?.visit("").await?.read("Versi baru siap").await?;
        scenario.version_held(false).await?.mark().await?;
        scenario.browser.press(".banner--version button").await?;
        scenario.loaded_anew().await?.version_is(&new).await?;
        sheet.saved_elsewhere();
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
