//! Two tabs of the app: no answer of one is lost by the other, and what is asked of one while the other sends is done.

use anyhow::Result;
use bintang_e2e::{Engine, Front, Sample, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    one_tab_writes_and_the_others_look_on,
    work_that_failed_is_put_over_what_another_tab_saved,
    a_tap_while_another_tab_sends_is_done_after_it,
    a_tap_while_another_tab_sends_sends_nothing_twice
);

async fn one_tab_writes_and_the_others_look_on(engine: Engine) -> Result<()> {
    const THEIRS: &str = "[data-turn='theirs']";
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("batik", Subject { product: "Batik", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let (first, id) = (scenario.browser.tab().await?, scenario.assessment().await?);
    let second = scenario.open_tab(&format!("p=lembar&id={id}")).await?;
    scenario.browser.appear("[id='A.I.1-b']:checked").await?;
    scenario.browser.appear(THEIRS).await?;
    scenario.read("Lembar ini sedang dikerjakan di tab lain").await?.screenshot("tab-lain").await?;
    assert_eq!(scenario.browser.count("main input:enabled").await?, 0);

    // What the first one saves shows in the second, a note too.
    scenario.turn_to(&first).await?.choose("A.I.2", &json!({"option": "b"})).await?;
    scenario.note("A.I.2", "Dari tab pertama.").await?.saved().await?;
    let (ticked, live) = (scenario.ticked().await?, scenario.live().await?);
    scenario.turn_to(&second).await?.browser.appear("[id='A.I.2-b']:checked").await?;
    scenario.holds("the note shows", "return !!document.querySelector(\"[id='n-A.I.2']\")?.value").await?;
    assert_eq!((scenario.ticked().await?, scenario.live().await?), (ticked, live));

    // Taken over, the second one writes and the first looks on.
    scenario.browser.press(&format!("{THEIRS} button")).await?;
    scenario.holds("it writes", "return !document.querySelector(`[data-turn='theirs']`)").await?;
    scenario.choose("A.I.3", &json!({"option": "b"})).await?.saved().await?;
    scenario.turn_to(&first).await?.browser.appear(THEIRS).await?;
    scenario.browser.appear("[id='A.I.3-b']:checked").await?;

    // Left, it gives the turn back.
    scenario.turn_to(&second).await?.visit("").await?;
    scenario.turn_to(&first).await?;
    scenario.holds("it writes again", "return !document.querySelector(`[data-turn='theirs']`)").await?;
    scenario.choose("A.I.4", &json!({"option": "b"})).await?.saved().await?.reload().await?;
    for option in ["A.I.1-b", "A.I.2-b", "A.I.3-b", "A.I.4-b"] {
        scenario.browser.appear(&format!("[id='{option}']:checked")).await?;
    }
    assert_eq!(scenario.noted("A.I.2").await?.as_deref(), Some("Dari tab pertama."));
    Ok(())
}

async fn work_that_failed_is_put_over_what_another_tab_saved(engine: Engine) -> Result<()> {
    const THEIRS: &str = "[data-turn='theirs']";
    const MINE: &str = "return !document.querySelector(`[data-turn='theirs']`)";
    const BANNER: &str = ".banner--storage button";
    // As long as the disk is full every transaction that writes is taken back.
    const DISK: &str = "const begin = IDBDatabase.prototype.transaction;
        window.full = true;
        IDBDatabase.prototype.transaction = function (...words) {
            const transaction = begin.apply(this, words);
            if (window.full && transaction.mode === 'readwrite') queueMicrotask(() => transaction.abort());
            return transaction;
        };";
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.note("A.I.1", "Dapur.").await?.saved().await?;
    let (first, id) = (scenario.browser.tab().await?, scenario.assessment().await?);
    scenario.script(DISK).await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.choose("A.I.3", &json!({"option": "b"})).await?;
    // A note where both answer is no reason to take the place off the list of what needs another look.
    scenario.note("A.I.1", "Dapur, rak dua.").await?.note("A.I.3", "Tiga nota.").await?.saving_is("failed").await?;

    // The other tab takes the turn from one that cannot save, and works on.
    let second = scenario.open_tab(&format!("p=lembar&id={id}")).await?;
    scenario.browser.appear(THEIRS).await?;
    scenario.browser.press(&format!("{THEIRS} button")).await?;
    scenario.holds("it writes", MINE).await?;
    scenario.choose("A.I.3", &json!({"option": "a"})).await?.choose("A.I.4", &json!({"option": "b"})).await?;
    scenario.note("A.I.1", "Dapur bersih.").await?.saved().await?;

    // Without its turn the first one saves nothing, also with room again.
    scenario.turn_to(&first).await?.browser.appear(THEIRS).await?;
    scenario.saving_is("failed").await?;
    assert_eq!(scenario.browser.count(BANNER).await?, 0);
    scenario.script("window.full = false").await?;
    scenario.browser.press(&format!("{THEIRS} button")).await?;
    scenario.holds("it writes", MINE).await?;
    scenario.browser.press(BANNER).await?;
    scenario.saved().await?.never("Muat ulang").await?;
    // What both answered stays as it is saved; everything else is there, of both.
    for again in [false, true] {
        if again {
            scenario.reload().await?;
        }
        for option in ["A.I.1-b", "A.I.2-b", "A.I.3-a", "A.I.4-b"] {
            scenario.browser.appear(&format!("[id='{option}']:checked")).await?;
        }
        assert_eq!(scenario.noted("A.I.1").await?.as_deref(), Some("Dapur bersih.\nDapur, rak dua."));
        assert_eq!(scenario.noted("A.I.3").await?.as_deref(), Some("Tiga nota."));
    }
    scenario.log_is_whole(&id).await?;
    // What both answered is named before the sheet is finished.
    scenario.visit(&format!("p=tinjau&id={id}")).await?.browser.appear("[data-again='A.I.3']").await?;
    scenario.screenshot_of("dua-tab", "[data-again='A.I.3']").await?;
    scenario.turn_to(&second).await?.browser.appear("[id='A.I.2-b']:checked").await
}

/// A scenario with one finished assessment that a front keeps from arriving.
async fn finished_behind(engine: Engine, front: Front) -> Result<Scenario> {
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open_in(engine).await?;
    scenario.front.set(front);
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await?;
    Ok(scenario)
}

async fn a_tap_while_another_tab_sends_is_done_after_it(engine: Engine) -> Result<()> {
    let scenario = finished_behind(engine, Front::Broken).await?;
    // After so many failures nothing is tried by itself for longer than any condition here is waited for.
    for _ in 0..4 {
        scenario.expect_outbox(1, "waiting").await?.try_to_send().await?;
    }
    scenario.expect_outbox(1, "waiting").await?.front.set(Front::Hanging);
    scenario.send_now().await?.upload_held().await?.expect_outbox(1, "trying").await?;

    scenario.open_tab("p=kotak-keluar").await?;
    scenario.expect_outbox(1, "trying").await?.send_now().await?;
    scenario.browser.settle().await?;
    assert_eq!(scenario.rows().await?, []);
    // What the first tab sends comes to nothing; only the tap in the second can send it now.
    scenario.front.set(Front::Clear);
    scenario.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}

async fn a_tap_while_another_tab_sends_sends_nothing_twice(engine: Engine) -> Result<()> {
    let scenario = finished_behind(engine, Front::Slow).await?;
    scenario.upload_held().await?;
    let first = scenario.browser.tab().await?;
    let second = scenario.open_tab("p=kotak-keluar").await?;
    scenario.expect_outbox(1, "trying").await?.send_now().await?;
    scenario.browser.settle().await?;
    scenario.front.set(Front::Clear);
    for tab in [&first, &second] {
        scenario.turn_to(tab).await?.expect_outbox(1, "proved").await?;
    }
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}
