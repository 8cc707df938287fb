//! The scorer inside a page of another site has no faults of accessibility there, and is done by keys alone.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Embed, Engine, axe};
use serde_json::json;

/// A page as offices have them: landmarks, one heading, the scorer in the middle of it.
fn page(embed: &Embed, attributes: &str) -> String {
    let lines = embed.lines(attributes);
    format!("<header><p>Dinas</p></header><main><h1>Nilai produk desa</h1>{lines}</main><footer><p>Kaki</p></footer>")
}

async fn no_faults(engine: Engine) -> Result<()> {
    let script = axe::script()?;
    let embed = Embed::open_in(engine).await?;
    let mut found = Vec::new();
    for theme in ["light", "sun", "dark"] {
        embed.show(&page(&embed, &format!("rubric=\"food\" theme=\"{theme}\" {}", embed.endpoint()))).await?;
        embed.stands(0).await?;
        embed.holds(0, "every card is made", "return !root.querySelector('.criterion:empty')").await?;
        embed.browser().as_tall_as_the_page().await?;
        embed.browser().script(&script, &[]).await?;
        found.extend(axe::faults(embed.browser()).await?.into_iter().map(|fault| format!("sheet {theme}: {fault}")));
        // It is looked into: a fault that is put there is found.
        embed.script(0, "root.querySelector('.page').append(document.createElement('img'))", &[]).await?;
        let seen = axe::faults(embed.browser()).await?;
        assert!(seen.iter().any(|fault| fault.starts_with("image-alt")), "{seen:?}");
        embed.browser().as_tall_as_a_phone().await?;
    }
    let sheet = bintang_e2e::Sample::named("food-1")?;
    embed.call("load", sheet.at("/sheet")).await?;
    embed.script(0, "root.querySelector('a[href*=tinjau]').click()", &[]).await?;
    embed
        .holds(
            0,
            "Tinjau stands",
            "return Boolean(root.querySelector('#finish')) && Boolean(root.querySelector('#assessor-name'))",
        )
        .await?;
    embed.browser().as_tall_as_the_page().await?;
    found.extend(axe::faults(embed.browser()).await?.into_iter().map(|fault| format!("review: {fault}")));
    embed.browser().as_tall_as_a_phone().await?;
    embed.scenario.screenshot("embed-review").await?;
    embed.call("finish", &json!(null)).await?;
    embed.hears("proved").await?;
    embed
        .holds(
            0,
            "Hasil stands",
            "return Boolean(root.querySelector('[data-result]')) && Boolean(root.querySelector('#signatures'))",
        )
        .await?;
    embed.browser().as_tall_as_the_page().await?;
    found.extend(axe::faults(embed.browser()).await?.into_iter().map(|fault| format!("result: {fault}")));
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn no_page_in_it_has_a_fault() -> Result<()> {
    no_faults(Engine::Chromium).await
}

#[tokio::test]
async fn no_page_in_it_has_a_fault_in_firefox() -> Result<()> {
    no_faults(Engine::Firefox).await
}
