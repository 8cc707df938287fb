//! A new version: shown on Beranda, never forced on an open sheet, and no draft is touched by it.

use anyhow::Result;
use bintang_e2e::{Dist, Engine, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    a_new_version_waits_until_it_is_asked_for,
    every_tab_at_beranda_goes_with_the_new_version,
    a_version_that_does_not_start_is_mended_by_the_next,
    what_is_typed_in_another_tab_is_not_thrown_away_for_a_version
);

async fn a_new_version_waits_until_it_is_asked_for(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?.begin("pottery", Subject { product: "Guci", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let (old, sheet) = (scenario.version().await?, scenario.browser.address().await?);

    // Published while a sheet is open, and found by the browser.
    scenario.publish(&Dist::built()?.with_new_version("next")?).await?;
    scenario.find_version().await?;
    assert_eq!(scenario.version().await?, old);
    scenario.never("Versi baru siap").await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?;
    scenario.reload().await?;
    scenario.browser.appear("[id='A.I.2-b']:checked").await?;
    assert_eq!(scenario.version().await?, old);

    scenario.browser.press("header a[href='./']").await?;
    scenario.read("Versi baru siap").await?;
    assert_eq!(scenario.version().await?, old);
    // A sheet that is open in another tab (a frame is one to the browser) holds the version for all of them.
    let frame = "const frame = Object.assign(document.createElement('iframe'), { src: arguments[0], id: 'other' });
        document.body.append(frame);";
    scenario.browser.script(frame, &[json!(sheet)]).await?;
    scenario.version_held(true).await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.read("masih terbuka di tab lain").await?;
    assert_eq!(scenario.version().await?, old);
    scenario.script("document.getElementById('other').remove()").await?;
    scenario.version_held(false).await?;

    scenario.mark().await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.loaded_anew().await?.version_is("next").await?;
    scenario.visit("").await?.never("Versi baru siap").await?.open_item("Guci").await?;
    for id in ["A.I.1-b", "A.I.2-b"] {
        scenario.browser.appear(&format!("[id='{id}']:checked")).await?;
    }
    Ok(())
}

async fn a_version_that_does_not_start_is_mended_by_the_next(engine: Engine) -> Result<()> {
    const BREAK: &str = "WebAssembly.instantiateStreaming = WebAssembly.instantiate =
        () => Promise.reject(new WebAssembly.CompileError('on purpose'));";
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?.begin("pottery", Subject { product: "Guci", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let sheet = scenario.browser.address().await?;
    // Whole by all its sums, and of no use.
    scenario.publish(&Dist::built()?.with_new_version("broken")?.with_script(BREAK)?).await?;
    scenario.visit("").await?.find_version().await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.read("Bintang tidak dapat dimulai").await?;

    // The next one is found by the page that did not start, and takes over by itself.
    // The script that breaks the page is no file of the app's, and stays to be had.
    scenario.publish(&Dist::built()?.with_new_version("whole")?.with_beside("fault.js", BREAK)?).await?;
    scenario.browser.go(&sheet).await?;
    scenario.browser.appear("[id='A.I.1-b']:checked").await?;
    scenario.version_is("whole").await?;
    Ok(())
}

async fn every_tab_at_beranda_goes_with_the_new_version(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?;
    let first = scenario.browser.tab().await?;
    let second = scenario.open_tab("").await?;
    scenario.publish(&Dist::built()?.with_new_version("next")?).await?;
    scenario.find_version().await?.read("Versi baru siap").await?.mark().await?;
    scenario.turn_to(&first).await?.read("Versi baru siap").await?.mark().await?;
    scenario.browser.press(".banner--version button").await?;
    for tab in [first, second] {
        scenario.turn_to(&tab).await?.loaded_anew().await?.version_is("next").await?;
        scenario.never("Versi baru siap").await?;
    }
    Ok(())
}

async fn what_is_typed_in_another_tab_is_not_thrown_away_for_a_version(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?;
    let (home, old) = (scenario.browser.tab().await?, scenario.version().await?);
    let form = scenario.open_tab("p=baru").await?;
    scenario.browser.type_in("#product", "Kopi gayo").await?;
    scenario.mark().await?;
    scenario.publish(&Dist::built()?.with_new_version("next")?).await?;
    scenario.turn_to(&home).await?.find_version().await?.read("Versi baru siap").await?.mark().await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.read("masih terbuka di tab lain").await?;
    for tab in [&home, &form] {
        scenario.turn_to(tab).await?.holds("the page is the same", "return window.marked === true").await?;
        assert_eq!(scenario.version().await?, old);
    }
    scenario.holds("the text is there", "return document.getElementById('product').value === 'Kopi gayo'").await?;
    // Left by a person, the form holds nothing any more.
    scenario.browser.press("a[href='./']").await?;
    scenario.version_held(false).await?.turn_to(&home).await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.loaded_anew().await?.version_is("next").await?;
    Ok(())
}
