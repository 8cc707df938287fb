//! Notes: what is typed is neither lost on the way out nor hidden by a better answer.

use anyhow::{Context as _, Result};
use bintang_e2e::{Engine, Sample, Scenario, Subject, in_every_engine};
use serde_json::{Value, json};

in_every_engine!(
    a_note_typed_right_before_finishing_is_in_the_envelope,
    a_note_of_a_paper_typed_in_tinjau_is_in_the_envelope,
    a_note_whose_field_keeps_the_focus_is_in_the_envelope,
    a_note_stays_in_view_when_a_better_answer_asks_for_none
);

const TEXT: &str = "Dilihat di dapur, nota lengkap.";

/// The sheet of a sample, answered and saved, and nothing noted.
async fn answered(engine: Engine) -> Result<Scenario> {
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    Ok(scenario)
}

/// The notes that the receiver has.
async fn arrived(scenario: &Scenario) -> Result<Value> {
    scenario.to_outbox().await?.expect_outbox(1, "proved").await?;
    let rows = scenario.rows().await?;
    Ok(rows.first().context("a row")?.envelope.get("notes").context("notes")?.clone())
}

async fn a_note_typed_right_before_finishing_is_in_the_envelope(engine: Engine) -> Result<()> {
    let scenario = answered(engine).await?;
    scenario.open_part("C", "[id='c-C.I.1']").await?;
    scenario.type_note("C.I.1", TEXT).await?.finish().await?.read(TEXT).await?;
    assert_eq!(arrived(&scenario).await?, json!({"criteria": {"C.I.1": TEXT}, "requirements": {}, "knockouts": {}}));
    Ok(())
}

async fn a_note_of_a_paper_typed_in_tinjau_is_in_the_envelope(engine: Engine) -> Result<()> {
    let scenario = answered(engine).await?;
    scenario.to_review().await?.type_note("nib", TEXT).await?.conclude().await?;
    assert_eq!(arrived(&scenario).await?, json!({"criteria": {}, "requirements": {"nib": TEXT}, "knockouts": {}}));
    Ok(())
}

async fn a_note_whose_field_keeps_the_focus_is_in_the_envelope(engine: Engine) -> Result<()> {
    let scenario = answered(engine).await?;
    scenario.to_review().await?.type_note("nib", TEXT).await?;
    // As a browser does whose buttons take no focus when they are tapped, or a tool for those who cannot tap.
    let tap = "document.getElementById('finish').click(); return document.activeElement.id";
    assert_eq!(scenario.script(tap).await?, json!("n-nib"), "the field is not left");
    scenario.browser.appear("[data-result]").await?;
    let notes = json!({"criteria": {}, "requirements": {"nib": TEXT}, "knockouts": {}});
    assert_eq!(arrived(&scenario).await?, notes, "what was still being typed");
    Ok(())
}

async fn a_note_stays_in_view_when_a_better_answer_asks_for_none(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    assert_eq!(scenario.noted("A.I.1").await?, None);
    // One point where a note is asked for below two.
    scenario.choose("A.I.1", &json!({"option": "a"})).await?;
    scenario.read("Catatan diminta untuk jawaban ini").await?;
    assert_eq!(scenario.noted("A.I.1").await?.as_deref(), Some(""));
    scenario.type_note("A.I.1", TEXT).await?.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?;
    scenario.browser.settle().await?;
    scenario.never("Catatan diminta untuk jawaban ini").await?;
    assert_eq!(scenario.noted("A.I.1").await?.as_deref(), Some(TEXT));
    scenario.browser.appear("[id='n-A.I.1']").await?;
    scenario.reload().await?;
    scenario.browser.appear("[id='A.I.1-c']:checked").await?;
    assert_eq!(scenario.noted("A.I.1").await?.as_deref(), Some(TEXT));
    Ok(())
}
