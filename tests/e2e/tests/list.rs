//! A long list: it begins short, is read in slices, and the search finds what is not shown.

use anyhow::Result;
use bintang_e2e::{Dist, Engine, Options, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    a_long_list_begins_short_and_is_searched_whole,
    a_list_that_is_still_read_says_so_and_finds_nothing_missing
);

const CARDS: &str = "[data-assessment]";

async fn a_long_list_begins_short_and_is_searched_whole(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.tick("A.I.1-b").await?.saved().await?.copy_assessment(400).await?.visit("").await?;
    // The newest come first, the others behind them.
    scenario.read("400 penilaian").await?;
    assert_eq!(scenario.browser.count(CARDS).await?, 15);
    assert_eq!(scenario.script("return document.querySelector('[data-assessment] h3').textContent").await?, "Keripik");

    scenario.browser.press(".home-section > .button").await?;
    scenario.holds("thirty more", "return document.querySelectorAll('[data-assessment]').length === 45").await?;
    // Whoever goes by keyboard goes on where they were.
    let here =
        "return document.activeElement.closest('[data-assessment]')?.querySelector('h3').textContent === 'Keripik 14'";
    scenario.holds("the card before the new ones has the focus", here).await?;
    scenario.screenshot("daftar-panjang").await?;

    scenario.browser.fill("input[type=search]", "KRIPIK").await?;
    scenario.read("Tidak ada yang cocok").await?;
    scenario.browser.fill("input[type=search]", "dapur 399").await?;
    scenario.holds("one is found", "return document.querySelectorAll('[data-assessment]').length === 1").await?;
    scenario.read("Keripik 399").await?.read("1 penilaian").await?;
    Ok(())
}

/// Keeps the older ones from being read until it is let go: the second reading of a range of heads waits.
const HOLD: &str = "const all = IDBObjectStore.prototype.getAll;
    window.ranges = 0;
    IDBObjectStore.prototype.getAll = function (query) {
        const asked = all.call(this, query);
        if (this.name === 'heads' && query instanceof IDBKeyRange && (window.ranges += 1) > 1) {
            const tell = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess');
            Object.defineProperty(asked, 'onsuccess', { set(then) {
                tell.set.call(this, then && function (event) {
                    if (window.go) then.call(this, event); else (window.held ??= []).push(() => then.call(this, event));
                });
            }, get() { return tell.get.call(this); } });
        }
        return asked;
    };";
/// Two records that nobody can read, one of them under a key that is no text and stands in no range of texts.
const DAMAGE: &str = "const asked = indexedDB.open('bintang');
    asked.onsuccess = () => {
        const writing = asked.result.transaction('heads', 'readwrite');
        writing.objectStore('heads').put('rusak', '00000000');
        writing.objectStore('heads').put('rusak', ['zz', 1]);
        writing.oncomplete = () => { asked.result.close(); done(null); };
    };";
const CLEAR: &str = "const field = document.querySelector('input[type=search]');
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }))";
/// Somebody looks at the page, three times; each time the outbox is read, and the list asked for behind it.
const AGAIN: &str = "const all = IDBObjectStore.prototype.getAll;
    window.asked = 0;
    IDBObjectStore.prototype.getAll = function (query) {
        if (this.name === 'outbox') window.asked += 1;
        return all.call(this, query);
    };
    for (let i = 0; i < 3; i += 1) {
        setTimeout(() => document.dispatchEvent(new Event('visibilitychange')), 300 * i);
    }";
const GO: &str = "window.go = true; (window.held ?? []).forEach((then) => then())";

async fn a_list_that_is_still_read_says_so_and_finds_nothing_missing(engine: Engine) -> Result<()> {
    let dist = Dist::built()?.with_script(HOLD)?;
    let scenario = Scenario::open_with(Options { engine, dist: Some(dist), ..Options::default() }).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.tick("A.I.1-b").await?.saved().await?.copy_assessment(400).await?;
    assert_eq!(scenario.browser.script_until_done(DAMAGE, &[]).await?, json!(null));
    scenario.visit("").await?;
    scenario.read("99+ penilaian").await?.read("Memuat").await?;
    // Asking for the list once more meanwhile begins nothing anew: the newest, and the slice that is held, are all.
    scenario.script(AGAIN).await?;
    scenario.holds("the outbox is read", "return window.asked >= 3").await?;
    assert_eq!(scenario.script("return window.ranges").await?, 2);
    // What is not read yet is not called missing.
    scenario.browser.fill("input[type=search]", "dapur 399").await?;
    scenario.read("Memuat").await?.never("Tidak ada yang cocok").await?;
    scenario.script(GO).await?;
    scenario.read("Keripik 399").await?.read("1 penilaian").await?.never("Memuat").await?;
    scenario.script(CLEAR).await?;
    scenario.read("400 penilaian").await?;
    assert_eq!(scenario.browser.count("[data-damaged]").await?, 2);
    Ok(())
}
