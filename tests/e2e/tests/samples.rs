//! The samples, answered through the screen, finished, sent: shown, stored and expected are the same.
#![allow(clippy::indexing_slicing)]

use anyhow::{Context as _, Result};
use bintang_e2e::{Engine, Sample, Scenario, Subject, in_every_engine, sample, scenario::RECEIVER, wait};
use serde_json::{Value, json};

in_every_engine!(every_sample_shows_and_sends_what_is_expected, undo_and_another_language_change_no_more_than_they_say);

async fn every_sample_shows_and_sends_what_is_expected(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let mut samples = Sample::all()?;
    assert_eq!(samples.len(), 10);
    if engine != Engine::Chromium {
        // The way through the screen is the same for all of them.
        samples.retain(|sample| sample.name.starts_with("food-1"));
        assert_eq!(samples.len(), 1);
    }
    for sample in &samples {
        assess(&scenario, sample).await.with_context(|| sample.name.clone())?;
    }
    scenario.to_outbox().await?.expect_outbox(samples.len() as u64, "proved").await?.read(RECEIVER).await?;
    let rows = scenario.rows().await?;
    assert_eq!(rows.len(), samples.len());
    for sample in &samples {
        let row = rows.iter().find(|row| row.product == sample.subject("product")).context("a row")?;
        same_answers(sample, &row.envelope)?;
        let (stars, total) = (sample.at("/expect/stars").as_i64(), total(sample)?);
        assert_eq!((row.stars, row.total), (stars, Some(total)), "{}: as the receiver reckons", sample.name);
        assert_eq!(row.envelope["score"]["stars"].as_i64(), stars, "{}: as the app reckoned", sample.name);
        assert_eq!(row.envelope["score"]["total"], *sample.at("/expect/total"), "{}", sample.name);
        assert_eq!(row.receipt["receiver"], RECEIVER);
    }
    Ok(())
}

fn total(sample: &Sample) -> Result<(i64, i64)> {
    let part = |key: &str| sample.at(&format!("/expect/total/{key}")).as_i64().context("a total");
    Ok((part("num")?, part("den")?))
}

/// The note that is written: the sample's first, with its criterion.
fn note(sample: &Sample) -> Result<(&str, &str)> {
    let (criterion, text) = sample.at("/notes").as_object().and_then(|notes| notes.iter().next()).context("a note")?;
    Ok((criterion, text.as_str().context("a note")?))
}

async fn assess(scenario: &Scenario, sample: &Sample) -> Result<()> {
    let subject = Subject { product: sample.subject("product"), business: sample.subject("business") };
    scenario.begin(sample.group(), subject).await?;
    scenario.read("Rubrik kerja, bukan formulir resmi").await?;
    scenario.answer_criteria(sample.group(), sample.at("/sheet")).await?;
    scenario.browser.press("aside.livebar summary").await?;
    let held = scenario.live().await?.held;
    scenario.read(if held.is_some() { "Jalan terdekat dihitung setelah" } else { "Bintang tertinggi" }).await?;
    let live = scenario.live().await?;
    assert_eq!(live.gates, sample.missed_gates(live.held.unwrap_or(0)), "{}", sample.name);
    scenario.browser.press("aside.livebar summary").await?;
    scenario.answer_papers(sample.at("/sheet")).await?;
    let (criterion, text) = note(sample)?;
    let rubric = sample::rubric(sample.group())?;
    let index = rubric.index_of(criterion).context("a criterion")?;
    let part = rubric.parts.iter().find(|part| part.criteria.contains(&index.0)).context("a part")?;
    scenario.open_part(part.id.as_str(), &format!("[id='c-{criterion}']")).await?;
    scenario.note(criterion, text).await?;
    scenario.saved().await?;

    let live = scenario.live().await?;
    let stars = sample.at("/expect/stars").as_u64().context("stars")?;
    assert_eq!((live.stars, live.total), (stars, total(sample)?), "{}", sample.name);
    assert_eq!(live.held.is_none(), stars == 5, "{}: the next star", sample.name);
    scenario.browser.press("aside.livebar summary").await?;
    scenario.way_is("aside.livebar", sample).await?;
    if sample.name.starts_with("batik-2") {
        scenario.screenshot("jalan").await?;
    }
    scenario.browser.press("aside.livebar summary").await?;
    let words = scenario.browser.text("aside.livebar").await?;
    assert!(words.contains(&in_words(live.total)), "{}: {words}", sample.name);
    if let Some(withheld) = sample.at("/expect/withheld").as_str() {
        let says = match withheld {
            "stop" => "Penilaian dihentikan",
            _ => "Tidak ada bintang",
        };
        assert!(words.contains(says), "{}: {words}", sample.name);
    }
    let show = sample.name.starts_with("food-1");
    if show {
        scenario.open_part("B", "[id='c-B.I.1']").await?;
        scenario.screenshot("lembar").await?;
    }

    scenario.finish().await?;
    let shown = scenario.browser.attribute("[data-result][data-stars]", "data-stars").await?;
    assert_eq!(shown, Some(stars.to_string()), "{}: Hasil", sample.name);
    let words = scenario.browser.text("[data-result]").await?;
    assert!(words.contains(&in_words(live.total)), "{}: {words}", sample.name);
    scenario.way_is("main", sample).await?;
    if show {
        scenario.read("Terbukti").await?;
        scenario.screenshot("hasil").await?;
    }
    scenario.to_home().await?;
    if sample.name.starts_with("pottery-2") {
        scenario.screenshot("beranda").await?;
    }
    Ok(())
}

/// Points as Indonesian writes them, with at most two digits after the comma.
fn in_words((num, den): (i64, i64)) -> String {
    #[allow(clippy::cast_precision_loss)]
    let text = format!("{:.2}", num as f64 / den as f64);
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

/// The stored sheet is the sample's, but for the order in which a checklist was ticked, and the one note is there.
fn same_answers(sample: &Sample, envelope: &Value) -> Result<()> {
    let sorted = |answers: &Value| {
        let mut answers = answers.clone();
        for answer in answers.as_object_mut().into_iter().flat_map(|answers| answers.values_mut()) {
            if let Some(ticked) = answer.get_mut("ticked").and_then(Value::as_array_mut) {
                ticked.sort_by_key(ToString::to_string);
            }
        }
        answers
    };
    let sheet = &envelope["sheet"];
    assert_eq!(sorted(&sheet["answers"]), sorted(sample.at("/sheet/answers")), "{}", sample.name);
    assert_eq!(sheet["requirements"], *sample.at("/sheet/requirements"), "{}", sample.name);
    let flags = sample.at("/sheet/flags");
    assert_eq!(sheet["flags"], if flags.is_null() { json!([]) } else { flags.clone() }, "{}", sample.name);
    let (criterion, text) = note(sample)?;
    let notes = json!({"criteria": {criterion: text}, "requirements": {}, "knockouts": {}});
    assert_eq!(envelope["notes"], notes, "{}", sample.name);
    Ok(())
}

async fn undo_and_another_language_change_no_more_than_they_say(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?;
    let before = scenario.live().await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?;
    assert_ne!(scenario.live().await?, before);
    scenario.browser.press("#undo").await?;
    wait::until("the answer is taken back", async || Ok((scenario.live().await? == before).then_some(()))).await?;
    assert_eq!(scenario.ticked().await?, ["A.I.1-c"]);
    scenario.saved().await?.visit("p=pengaturan").await?.tick("language-en").await?;
    scenario.visit("").await?.open_item("Keripik").await?;
    scenario.browser.appear("[id='A.I.1-c']").await?;
    assert_eq!((scenario.ticked().await?, scenario.live().await?), (vec!["A.I.1-c".to_owned()], before));
    scenario.read("Draft rubric").await?;
    Ok(())
}
