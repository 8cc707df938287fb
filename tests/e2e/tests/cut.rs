//! Saves that the browser stored without saying so, and a store that it threw away under an open sheet.

use anyhow::Result;
use bintang_e2e::{Engine, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    a_save_that_was_stored_though_nobody_heard_of_it_is_no_conflict,
    of_two_saves_that_were_cut_off_the_one_that_is_stored_is_known,
    a_sheet_outlives_its_store
);

/// The next transactions that write end as these words say: "lost" on the disk, and for the page as one that was taken
/// back, as happens when the browser closes the database in between; "cut" on neither.
const FATES: &str = "const fates = [...arguments[0]];
    const begin = IDBDatabase.prototype.transaction;
    window.ended = 0;
    IDBDatabase.prototype.transaction = function (...words) {
        const transaction = begin.apply(this, words);
        if (transaction.mode !== 'readwrite' || fates.length === 0) return transaction;
        const fate = fates.shift();
        if (fate === 'cut') queueMicrotask(() => transaction.abort());
        transaction.addEventListener('abort', () => { window.ended += 1; });
        transaction.addEventListener('complete', (event) => {
            event.stopImmediatePropagation();
            transaction.dispatchEvent(new Event('abort'));
        });
        return transaction;
    };";

async fn begun(engine: Engine) -> Result<Scenario> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    Ok(scenario)
}

/// The log is whole, and there are these answers when the page is loaded anew.
async fn holds(scenario: &Scenario, answers: &[&str]) -> Result<()> {
    scenario.never("diubah di tab lain").await?;
    let id = scenario.script("return new URLSearchParams(location.search).get('id')").await?;
    scenario.log_is_whole(id.as_str().unwrap_or_default()).await?;
    scenario.reload().await?;
    for answer in answers {
        scenario.browser.appear(&format!("[id='{answer}']:checked")).await?;
    }
    Ok(())
}

async fn a_save_that_was_stored_though_nobody_heard_of_it_is_no_conflict(engine: Engine) -> Result<()> {
    let scenario = begun(engine).await?;
    let before = scenario.stored_log().await?.len();
    scenario.browser.script(FATES, &[json!(["lost"])]).await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?;
    scenario.holds("the word is lost", "return window.ended === 1").await?.saved().await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?;
    // Each answer is in the log once.
    assert_eq!(scenario.stored_log().await?.len(), before + 2);
    holds(&scenario, &["A.I.1-c", "A.I.2-b"]).await
}

async fn of_two_saves_that_were_cut_off_the_one_that_is_stored_is_known(engine: Engine) -> Result<()> {
    let scenario = begun(engine).await?;
    let before = scenario.stored_log().await?.len();
    // Two answers in one breath: the first is stored and nobody hears, the second is not, and the try after them is not.
    scenario.browser.script(FATES, &[json!(["lost", "cut", "cut"])]).await?;
    scenario.script("for (const id of ['A.I.1-c', 'A.I.2-b']) document.getElementById(id).click()").await?;
    scenario.holds("all three are taken back", "return window.ended === 3").await?.saving_is("failed").await?;
    scenario.script("document.getElementById('A.I.3-a').click()").await?;
    scenario.saved().await?;
    assert_eq!(scenario.stored_log().await?.len(), before + 3);
    holds(&scenario, &["A.I.1-c", "A.I.2-b", "A.I.3-a"]).await
}

async fn a_sheet_outlives_its_store(engine: Engine) -> Result<()> {
    let scenario = begun(engine).await?;
    const DELETE: &str = "const asked = indexedDB.deleteDatabase('bintang');
        asked.onsuccess = () => done(true);
        asked.onerror = asked.onblocked = () => done(false);";
    assert_eq!(scenario.browser.script_until_done(DELETE, &[]).await?, json!(true));
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?;
    holds(&scenario, &["A.I.1-b", "A.I.2-b"]).await
}
