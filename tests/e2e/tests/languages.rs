//! The interface in English: its words are a file of their own, and there without a network too.

use anyhow::Result;
use bintang_e2e::Scenario;

#[tokio::test(flavor = "multi_thread")]
async fn english_is_spoken_also_without_a_network() -> Result<()> {
    let mut scenario = Scenario::open().await?;
    scenario.installed().await?.visit("p=pengaturan").await?.read("Pengaturan").await?;
    scenario.browser.press("#language-en").await?;
    scenario.read("Settings").await?.never("Pengaturan").await?;
    scenario.holds("the page says its language", "return document.documentElement.lang === 'en'").await?;
    scenario.cut_network().await?;
    scenario.reload().await?.read("Settings").await?;
    scenario.visit("p=baru").await?.read("Food and drink").await?.never("Makanan dan minuman").await?;
    scenario.visit("p=pengaturan").await?;
    scenario.browser.press("#language-id").await?;
    scenario.read("Pengaturan").await?;
    Ok(())
}
