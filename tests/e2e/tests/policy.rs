//! What the page may do, and what it weighs at its first visit: no error in the console, one policy in two places.

use anyhow::{Context as _, Result};
use bintang_e2e::{Dist, Options, Sample, Scenario, Subject};
use bintang_receiver::site::CONTENT_POLICY;

#[test]
fn the_header_says_what_the_page_says() -> Result<()> {
    let page = Dist::built()?.read("index.html")?;
    let meta = page.split("content=\"").find(|part| part.starts_with("default-src")).context("a policy")?;
    let meta = meta.split('"').next().context("a policy")?;
    assert_eq!(CONTENT_POLICY, meta);
    Ok(())
}

const LISTEN: &str = "window.breaches = [];
    addEventListener('securitypolicyviolation', (breach) => breaches.push(`${breach.violatedDirective} ${breach.blockedURI}`));
    addEventListener('error', (error) => breaches.push(String(error.message)));
    addEventListener('unhandledrejection', (error) => breaches.push(String(error.reason)));";

/// Makes sure that nothing was refused and nothing failed since the page was loaded.
async fn unbroken(scenario: &Scenario, place: &str) -> Result<()> {
    scenario.browser.settle().await?;
    let breaches = scenario.script("return window.breaches").await?;
    assert_eq!(breaches, serde_json::json!([]), "{place}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_breaks_the_policy() -> Result<()> {
    let dist = Dist::built()?.with_script(LISTEN)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    for query in ["", "p=baru", "p=kotak-keluar", "p=pengaturan", "rubric=food&view=all"] {
        scenario.visit(query).await?;
        unbroken(&scenario, query).await?;
    }

    // The pages that want an assessment: answered, looked over, finished and sent.
    let sample = Sample::named("food-1")?;
    scenario.set_up().await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    unbroken(&scenario, "Lembar").await?;
    let id = scenario.assessment().await?;
    scenario.visit(&format!("p=tinjau&id={id}")).await?;
    scenario.browser.appear("#finish:not([aria-disabled])").await?;
    unbroken(&scenario, "Tinjau").await?;
    scenario.browser.press("#finish").await?;
    scenario.browser.appear("[data-result]").await?;
    scenario.read("Terbukti").await?;
    unbroken(&scenario, "Hasil, once it is sent").await?;
    scenario.visit(&format!("p=hasil&id={id}")).await?;
    scenario.browser.appear("[data-result]").await?;
    unbroken(&scenario, "Hasil").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trap_is_told_and_leads_on() -> Result<()> {
    // What the browser raises when the app's code traps. It must come from a script of the page: browsers tell a page
    // nothing of errors in others.
    let trap = "addEventListener('trap', () => { throw new WebAssembly.RuntimeError('unreachable'); });";
    let dist = Dist::built()?.with_script(trap)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.visit("").await?.never("berhenti karena kesalahan").await?;
    scenario.script("dispatchEvent(new Event('trap'))").await?;
    scenario.read("berhenti karena kesalahan").await?;
    scenario.browser.press("#crash-reload").await?;
    scenario.holds("the page is loaded anew", "return document.getElementById('crash')?.hidden === true").await?;
    scenario.never("berhenti karena kesalahan").await?;
    Ok(())
}
