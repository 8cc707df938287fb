//! A save that the browser stored without saying so.

use anyhow::Result;
use bintang_e2e::{Engine, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(a_save_that_was_stored_though_nobody_heard_of_it_is_no_conflict);

/// The next transaction that writes ends on the disk and for the page as one that was taken back, as happens when the
/// browser closes the database in between.
const LOSE: &str = "const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...words) {
        const transaction = begin.apply(this, words);
        if (transaction.mode === 'readwrite') {
            IDBDatabase.prototype.transaction = begin;
            transaction.addEventListener('complete', (event) => {
                event.stopImmediatePropagation();
                window.lost = true;
                transaction.dispatchEvent(new Event('abort'));
            });
        }
        return transaction;
    };";

async fn a_save_that_was_stored_though_nobody_heard_of_it_is_no_conflict(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let before = scenario.stored_log().await?.len();
    scenario.script(LOSE).await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?;
    scenario.holds("the word is lost", "return window.lost === true").await?.saved().await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?.never("diubah di tab lain").await?;
    // Each answer is in the log once, and the log is whole.
    assert_eq!(scenario.stored_log().await?.len(), before + 2);
    let id = scenario.script("return new URLSearchParams(location.search).get('id')").await?;
    scenario.log_is_whole(id.as_str().unwrap_or_default()).await?;
    scenario.reload().await?.browser.appear("[id='A.I.1-c']:checked").await?;
    scenario.browser.appear("[id='A.I.2-b']:checked").await?;
    Ok(())
}
