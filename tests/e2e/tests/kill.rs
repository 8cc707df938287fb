//! The browser is killed in the middle of a sheet.
#![allow(clippy::indexing_slicing)]

use anyhow::Result;
use bintang_e2e::{Engine, Sample, Scenario, Subject, in_every_engine, wait};

in_every_engine!(nothing_that_was_shown_as_saved_is_missing);

async fn nothing_that_was_shown_as_saved_is_missing(engine: Engine) -> Result<()> {
    let sample = Sample::named("weaving-1")?;
    let answers = sample.at("/sheet/answers");
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.begin("weaving", Subject { product: "Tenun ikat", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &answers["A.I.1"]).await?.choose("A.I.2", &answers["A.I.2"]).await?;
    scenario.note("A.I.2", "Dilihat di ruang tenun.").await?;
    let mut saved = Vec::new();
    // Three kills, each right after a tap: what the screen had called saved before is there each time.
    for (before, last) in [("A.I.3", "A.I.4"), ("B.I.1", "B.I.2"), ("B.I.4", "B.I.5")] {
        let part = &before[..1];
        scenario.open_part(part, &format!("[id='c-{before}']")).await?;
        scenario.choose(before, &answers[before]).await?.saved().await?;
        saved.extend(scenario.ticked().await?);
        let live = scenario.live().await?;
        scenario.choose(last, &answers[last]).await?;
        scenario.browser.kill_and_start().await?;

        scenario.visit("").await?.open_item("Tenun ikat").await?;
        scenario.browser.appear("aside.livebar").await?;
        let place = wait::until("the criterion is returned to", async || {
            let card = "return document.activeElement?.closest('article')?.id ?? null";
            Ok(scenario.script(card).await?.as_str().map(str::to_owned))
        });
        // Its tap may have been the last thing on disk, or the one before it.
        let place = place.await?;
        assert!(place == format!("c-{last}") || place == format!("c-{before}"), "returned to {place}");
        let there = scenario.ticked().await?;
        let here = saved.iter().filter(|id| id.starts_with(part));
        assert_eq!(here.filter(|id| !there.contains(id)).count(), 0, "{saved:?} was saved, {there:?} is there");
        let now = scenario.live().await?;
        assert!(now.total.0 * live.total.1 >= live.total.0 * now.total.1, "{live:?} was saved, {now:?} is there");
    }
    scenario.open_part("A", "[id='c-A.I.2']").await?;
    assert_eq!(scenario.noted("A.I.2").await?.as_deref(), Some("Dilihat di ruang tenun."));
    let there = scenario.ticked().await?;
    assert!(saved.iter().filter(|id| id.starts_with('A')).all(|id| there.contains(id)), "{saved:?}, {there:?}");
    Ok(())
}
