//! The part that comes after the first screen (docs/adr/0007): what stands without it, and how it is had in the end.

use anyhow::{Context as _, Result};
use bintang_e2e::{Dist, Options, Sample, Scenario, Subject};
use serde_json::json;
use std::fs;

/// Names of the files of parts.
fn parts(dist: &Dist) -> Result<Vec<String>> {
    let mut parts = dist.files(".wasm")?;
    parts.retain(|name| name.starts_with("part-"));
    Ok(parts)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_part_a_sheet_works_and_a_page_of_it_says_so_and_tries_again() -> Result<()> {
    let built = Dist::built()?;
    let part = parts(&built)?.pop().context("the app has a part")?;
    let dist = built.without(&part)?;
    let file = dist.folder().join(&part);
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.visit("rubric=food").await?.browser.appear("aside.livebar").await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?;
    scenario.browser.press("aside.livebar summary").await?;
    scenario.read("Jalan terdekat dihitung setelah").await?;

    scenario.visit("p=pengaturan").await?.read("Bagian aplikasi ini belum dapat dimuat").await?;
    scenario.browser.press("main .empty button").await?;
    scenario.read("Bagian aplikasi ini belum dapat dimuat").await?;
    fs::copy(built.folder().join(&part), &file)?;
    scenario.browser.press("main .empty button").await?;
    scenario.browser.appear("#endpoint-add").await?;
    scenario.visit("").await?.open_item("Produk tanpa nama").await?;
    scenario.browser.appear("[id='A.I.1-c']:checked").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bar_of_a_whole_sheet_says_that_the_part_is_missing_and_tries_again() -> Result<()> {
    let sample = Sample::named("batik-2")?;
    let built = Dist::built()?;
    let part = parts(&built)?.pop().context("the app has a part")?;
    let dist = built.without(&part)?;
    let file = dist.folder().join(&part);
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.begin("batik", Subject { product: "Kain", business: "Sanggar" }).await?;
    scenario.answer("batik", sample.at("/sheet")).await?.saved().await?;
    scenario.browser.press("aside.livebar summary").await?;
    scenario.read("Periksa jaringan, lalu coba lagi.").await?;
    fs::copy(built.folder().join(&part), &file)?;
    // With the network it comes by itself.
    scenario.script("dispatchEvent(new Event('online'))").await?;
    scenario.way_is("aside.livebar", &sample).await?;
    Ok(())
}
