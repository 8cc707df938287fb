//! Without a network: both servers are stopped, and stay at their addresses.
#![allow(clippy::indexing_slicing)]

use anyhow::{Context as _, Result};
use bintang_e2e::{Engine, Options, Sample, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    an_assessment_made_offline_arrives_when_the_network_is_back,
    under_a_sub_path_everything_works_too,
    a_link_opens_all_parts_of_a_rubric
);

async fn an_assessment_made_offline_arrives_when_the_network_is_back(engine: Engine) -> Result<()> {
    let sample = Sample::named("food-1")?;
    let sheet = sample.at("/sheet");
    let product = sample.subject("product");
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?.begin("food", Subject { product, business: "Dapur" }).await?;
    scenario.choose("A.I.1", &sheet["answers"]["A.I.1"]).await?.saved().await?;

    scenario.cut_network().await?.reload().await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.answer("food", sheet).await?.saved().await?;
    scenario.finish().await?.to_outbox().await?.expect_outbox(1, "waiting").await?;
    scenario.never("Terbukti sampai").await?;
    // Closed and opened again without a network, the app is there and the work too.
    scenario.visit("").await?.read(product).await?.read("Antre").await?;
    assert_eq!(scenario.rows().await?, []);

    scenario.restore_network().await?.to_outbox().await?;
    // As the browser tells it; whoever waits for nothing is sent by itself.
    scenario.script("dispatchEvent(new Event('online'))").await?;
    scenario.expect_outbox(1, "proved").await?;
    let rows = scenario.rows().await?;
    assert_eq!(rows.len(), 1);
    let row = rows.first().context("a row")?;
    assert_eq!(row.envelope["sheet"]["answers"], sheet["answers"]);
    assert_eq!(row.envelope["sheet"]["requirements"], sheet["requirements"]);
    assert_eq!((row.product.as_str(), row.stars), (product, sample.at("/expect/stars").as_i64()));
    let shown = scenario.browser.attribute("[data-submission]", "data-submission").await?;
    assert_eq!(shown.as_ref(), Some(&row.id));
    Ok(())
}

async fn under_a_sub_path_everything_works_too(engine: Engine) -> Result<()> {
    let options = Options { base: Some("/alat/bintang/"), engine, ..Options::default() };
    let mut scenario = Scenario::open_with(options).await?;
    scenario.installed().await?.set_up().await?;
    scenario.begin("batik", Subject { product: "Batik cap", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.cut_network().await?.reload().await?;
    scenario.browser.appear("[id='A.I.1-b']:checked").await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?;
    assert!(scenario.browser.address().await?.contains("/alat/bintang/?p=lembar"));
    scenario.visit("").await?.read("Batik cap").await?;
    Ok(())
}

async fn a_link_opens_all_parts_of_a_rubric(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_with(Options { engine, ..Options::default() }).await?;
    scenario.visit("rubric=food&view=all").await?;
    for place in ["c-A.I.1", "c-B.I.1", "c-C.III.5", "r-nib-yes", "k-hazard"] {
        scenario.browser.appear(&format!("[id='{place}']")).await?;
    }
    assert_eq!(scenario.browser.count("nav.parts [aria-current]").await?, 0);
    // Nothing is kept until something is answered; then it is.
    scenario.choose("C.III.5", &json!({"none": true})).await?.saved().await?;
    scenario.visit("").await?;
    scenario.browser.appear("[data-assessment]").await?;
    assert_eq!(scenario.browser.count("[data-assessment]").await?, 1);
    Ok(())
}
