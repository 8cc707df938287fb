//! A long list: it begins short, is read in slices, and the search finds what is not shown.

use anyhow::Result;
use bintang_e2e::{Engine, Scenario, Subject, in_every_engine};

in_every_engine!(a_long_list_begins_short_and_is_searched_whole);

const CARDS: &str = "[data-assessment]";

async fn a_long_list_begins_short_and_is_searched_whole(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.tick("A.I.1-b").await?.saved().await?.copy_assessment(400).await?.visit("").await?;
    // The newest come first, the others behind them.
    scenario.read("400 penilaian").await?;
    assert_eq!(scenario.browser.count(CARDS).await?, 30);
    assert_eq!(scenario.script("return document.querySelector('[data-assessment] h3').textContent").await?, "Keripik");

    scenario.browser.press(".home-section > .button").await?;
    scenario.holds("thirty more", "return document.querySelectorAll('[data-assessment]').length === 60").await?;
    // Whoever goes by keyboard goes on where they were.
    let here =
        "return document.activeElement.closest('[data-assessment]')?.querySelector('h3').textContent === 'Keripik 29'";
    scenario.holds("the card before the new ones has the focus", here).await?;
    scenario.screenshot("daftar-panjang").await?;

    scenario.browser.fill("input[type=search]", "KRIPIK").await?;
    scenario.read("Tidak ada yang cocok").await?;
    scenario.browser.fill("input[type=search]", "dapur 399").await?;
    scenario.holds("one is found", "return document.querySelectorAll('[data-assessment]').length === 1").await?;
    scenario.read("Keripik 399").await?.read("1 penilaian").await?;
    Ok(())
}
