//! The phone is full before an assessment begins: it is worked on all the same, and saved once there is room.

use anyhow::Result;
use bintang_e2e::{Engine, Sample, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    what_a_full_disk_may_have_torn_is_not_opened_before_there_is_room,
    an_assessment_begun_on_a_full_disk_is_saved_once_there_is_room,
    a_sheet_that_is_finished_takes_no_unsaved_one_with_it
);

/// Chromium's own end of the disk is in the torture; here the mark is gone as after one (docs/adr/0013).
async fn what_a_full_disk_may_have_torn_is_not_opened_before_there_is_room(engine: Engine) -> Result<()> {
    engine.sets_room()?;
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let unmark = "caches.open('bintang.log').then(cache => cache.delete('/bintang-log-is-whole')).then(done)";
    assert_eq!(scenario.browser.script_until_done(unmark, &[]).await?, true);

    scenario.fill_disk().await?.reload().await?.read("Penyimpanan ponsel penuh").await?.never("Belum ada").await?;
    scenario.screenshot("full-at-start").await?;
    scenario.free_disk().await?.browser.press(".banner--storage button").await?;
    scenario.browser.appear("[id='A.I.1-b']:checked").await?;
    let marked =
        "caches.open('bintang.log').then(cache => cache.match('/bintang-log-is-whole')).then(mark => done(!!mark))";
    assert_eq!(scenario.browser.script_until_done(marked, &[]).await?, true);
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?.reload().await?;
    scenario.browser.appear("[id='A.I.1-c']:checked").await?;
    Ok(())
}

async fn an_assessment_begun_on_a_full_disk_is_saved_once_there_is_room(engine: Engine) -> Result<()> {
    engine.sets_room()?;
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open_unwritten(engine).await?;
    scenario.fill_disk().await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.saving_is("failed").await?.read("Penyimpanan ponsel penuh").await?.never("Tersimpan").await?;
    // Scoring goes on.
    scenario.answer("food", sample.at("/sheet")).await?.saving_is("failed").await?.never("Tersimpan").await?;
    let live = scenario.live().await?;
    assert_eq!(Some(live.stars), sample.at("/expect/stars").as_u64());
    scenario.open_part("A", "[id='c-A.I.1']").await?;
    let ticked = scenario.ticked().await?;

    // Away from the sheet it is said that it is not saved, and where it is.
    scenario.to_home().await?.read("Belum tersimpan").await?.never("Tersimpan").await?;
    assert_eq!(scenario.browser.count("[data-assessment]").await?, 0);
    scenario.browser.press(".banner--storage a[href*='p=lembar']").await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.saving_is("failed").await?.open_part("A", "[id='c-A.I.1']").await?;
    assert_eq!((scenario.live().await?, scenario.ticked().await?), (live.clone(), ticked.clone()));

    // Still full, another try changes nothing; with room it saves all of it.
    scenario.browser.press(".banner--storage button").await?;
    scenario.saving_is("failed").await?.free_disk().await?;
    scenario.browser.press(".banner--storage button").await?;
    scenario.saved().await?.read("Tersimpan").await?.never("Belum tersimpan").await?.reload().await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.open_part("A", "[id='c-A.I.1']").await?;
    assert_eq!((scenario.live().await?, scenario.ticked().await?), (live, ticked));
    scenario.to_home().await?.never("Belum tersimpan").await?.open_item("Keripik").await?;
    scenario.browser.appear("aside.livebar").await?;
    Ok(())
}

async fn a_sheet_that_is_finished_takes_no_unsaved_one_with_it(engine: Engine) -> Result<()> {
    engine.sets_room()?;
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open_unwritten(engine).await?;
    scenario.fill_disk().await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.saving_is("failed").await?;
    let first = scenario.browser.address().await?;
    scenario.to_home().await?.begin("batik", Subject { product: "Kain", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saving_is("failed").await?;
    let second = scenario.browser.address().await?;

    // Back to the first, which is finished once there is room; the second waits all the while.
    scenario.follow(&first).await?.free_disk().await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?;
    scenario.follow(&second).await?.saving_is("failed").await?;
    assert_eq!(scenario.ticked().await?, ["A.I.1-b"]);
    scenario.browser.press(".banner--storage button").await?;
    scenario.saved().await?.reload().await?.browser.appear("[id='A.I.1-b']:checked").await?;
    Ok(())
}
