//! A new version: shown on Beranda, never forced on an open sheet, and no draft is touched by it.

use anyhow::{Context as _, Result};
use bintang_e2e::{Dist, Scenario, Subject, wait};
use serde_json::json;

const VERSION: &str = "const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => done(data.version);
    navigator.serviceWorker.controller.postMessage({ type: 'version' }, [channel.port2]);
    // A worker that is being replaced may never answer; then it is asked again.
    setTimeout(() => done(''), 1000);";

async fn version(scenario: &Scenario) -> Result<String> {
    let version = scenario.browser.script_until_done(VERSION, &[]).await?;
    Ok(version.as_str().context("a version")?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_waits_until_it_is_asked_for() -> Result<()> {
    let mut scenario = Scenario::open().await?;
    scenario.installed().await?.begin("pottery", Subject { product: "Guci", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let (old, sheet) = (version(&scenario).await?, scenario.browser.address().await?);

    // Published while a sheet is open, and found by the browser.
    scenario.publish(&Dist::built()?.with_new_version("next")?).await?;
    let found = "navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => done(true), (error) => done(String(error)));";
    scenario.browser.script_until_done(found, &[]).await?;
    let waiting = "navigator.serviceWorker.getRegistration().then((found) => done(Boolean(found.waiting)));";
    wait::until("the new version is on the phone", async || {
        Ok(scenario.browser.script_until_done(waiting, &[]).await?.as_bool().filter(|waits| *waits))
    })
    .await?;
    assert_eq!(version(&scenario).await?, old);
    scenario.never("Versi baru siap").await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?;
    scenario.reload().await?;
    scenario.browser.appear("[id='A.I.2-b']:checked").await?;
    assert_eq!(version(&scenario).await?, old);

    scenario.browser.press("header a[href='./']").await?;
    scenario.read("Versi baru siap").await?;
    assert_eq!(version(&scenario).await?, old);
    // A sheet that is open in another tab (a frame is one to the browser) holds the version for all of them.
    let frame = "const frame = Object.assign(document.createElement('iframe'), { src: arguments[0], id: 'other' });
        document.body.append(frame);";
    scenario.browser.script(frame, &[json!(sheet)]).await?;
    let held = "navigator.locks.query().then(({ held }) => done(held.some(({ name }) => name === 'bintang-sheet')));";
    wait::until("the other tab holds its version", async || {
        Ok(scenario.browser.script_until_done(held, &[]).await?.as_bool().filter(|held| *held))
    })
    .await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.read("masih terbuka di tab lain").await?;
    assert_eq!(version(&scenario).await?, old);
    scenario.script("document.getElementById('other').remove()").await?;
    wait::until("the other tab is gone", async || {
        Ok(scenario.browser.script_until_done(held, &[]).await?.as_bool().filter(|held| !*held))
    })
    .await?;

    // Not asked all the time: a worker that is kept busy with questions is not replaced.
    scenario.script("window.old = true").await?;
    scenario.browser.press(".banner--version button").await?;
    scenario.holds("the page is loaded anew", "return window.old === undefined").await?;
    wait::until("the new version has taken over", async || Ok((version(&scenario).await? == "next").then_some(())))
        .await?;
    scenario.visit("").await?.never("Versi baru siap").await?.open_item("Guci").await?;
    for id in ["A.I.1-b", "A.I.2-b"] {
        scenario.browser.appear(&format!("[id='{id}']:checked")).await?;
    }
    Ok(())
}
