//! "Buka kembali": a finished sheet becomes a draft again for a reason, and the next finishing names what it replaces.
#![allow(clippy::indexing_slicing)]

use anyhow::Result;
use bintang_e2e::{Sample, Scenario, Subject, wait};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_sheet_is_opened_again_for_a_reason() -> Result<()> {
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?;
    let first = wait::until("the first arrives", async || Ok(scenario.rows().await?.pop())).await?;

    scenario.browser.press("details.reopen summary").await?;
    scenario.screenshot_of("buka-kembali", "details.reopen").await?;
    scenario.browser.press("#reopen").await?;
    scenario.read("Tulis alasannya lebih dahulu.").await?;
    scenario.browser.fill("#reopen-reason", "Nota tertukar").await?;
    scenario.browser.press("#reopen").await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.open_part("A", "[id='c-A.I.1']").await?;
    scenario.choose("A.I.1", &json!({"option": "a"})).await?.saved().await?;
    scenario.to_review().await?.conclude().await?;

    let rows =
        wait::until("both are there", async || Ok(Some(scenario.rows().await?).filter(|rows| rows.len() == 2))).await?;
    let second = &rows[1];
    assert_eq!((&rows[0].id, &rows[0].envelope), (&first.id, &first.envelope));
    assert_eq!(second.envelope["assessment"], first.envelope["assessment"]);
    assert_eq!(
        second.envelope["replaces"],
        json!({
            "id": first.id, "digest": first.receipt["digest"], "reason": "Nota tertukar",
        })
    );
    assert_eq!(second.envelope["sheet"]["answers"]["A.I.1"], json!({"option": "a"}));
    assert_eq!(second.envelope["sheet"]["answers"]["A.I.2"], first.envelope["sheet"]["answers"]["A.I.2"]);
    Ok(())
}
