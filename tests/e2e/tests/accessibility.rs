//! Every page under axe-core, in both languages: WCAG 2.0 to 2.2, A and AA, and its best practices. Chromium in every look,
//! Firefox in one.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{
    Engine, Options, Scenario, axe,
    screens::{LOOKS, Screen, screens},
};

async fn faults(
    scenario: &Scenario,
    script: &str,
    screen: &Screen,
    language: &str,
    looks: &[&str],
) -> Result<Vec<String>> {
    scenario.show(screen, language, "light").await?;
    // As tall as the page: what has just gone under a bar that stays is no target that is too small.
    scenario.browser.as_tall_as_the_page().await?;
    scenario.script(script).await?;
    let mut all = Vec::new();
    for look in looks {
        // As the app itself does it. Loading anew for each look would be more than a hundred loads in one process, and
        // Chromium (148) keeps the memory of a module for a while after its page is gone.
        scenario.script(&format!("document.documentElement.dataset.theme = '{look}'")).await?;
        let still = "return !document.getAnimations().some((moving) => moving instanceof CSSTransition)";
        scenario.holds("the colours are those of the look", still).await?.browser.settle().await?;
        let told = axe::faults(&scenario.browser).await?;
        all.extend(told.iter().map(|fault| format!("{} {language} {look}: {fault}", screen.name)));
    }
    scenario.browser.as_tall_as_a_phone().await?;
    Ok(all)
}

async fn no_faults(engine: Engine, looks: &[&str]) -> Result<()> {
    let script = axe::script()?;
    let scenario = Scenario::open_in(engine).await?;
    let mut found = Vec::new();
    for screen in screens(&scenario).await? {
        for language in ["id", "en"] {
            found.extend(faults(&scenario, &script, &screen, language, looks).await?);
        }
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn no_page_has_a_fault_in_any_look() -> Result<()> {
    no_faults(Engine::Chromium, &LOOKS).await
}

#[tokio::test]
async fn no_page_has_a_fault_in_firefox() -> Result<()> {
    no_faults(Engine::Firefox, &["light"]).await
}

#[tokio::test]
async fn the_first_page_of_all_has_no_fault() -> Result<()> {
    let (script, scenario) = (axe::script()?, Scenario::open_with(Options::default()).await?);
    let first = Screen { name: "pertama", query: String::new(), ready: "#tour" };
    let mut found = Vec::new();
    for language in ["id", "en"] {
        found.extend(faults(&scenario, &script, &first, language, &LOOKS).await?);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
