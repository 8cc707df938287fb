//! What the browser's words promise holds in each engine: its size, its language, its time zone, its console, and what is
//! stored when it is killed.

use anyhow::{Context as _, Result};
use bintang_e2e::{Engine, Options, Scenario, engine::Manner, in_every_engine, wait};
use serde_json::json;

in_every_engine!(is_a_small_phone_in_an_odd_place, keeps_what_is_stored_when_it_is_killed, forgets_in_private_mode);

async fn open(engine: Engine) -> Result<Scenario> {
    Scenario::open_with(Options { engine, ..Options::default() }).await
}

async fn is_a_small_phone_in_an_odd_place(engine: Engine) -> Result<()> {
    let scenario = open(engine).await?;
    let here = scenario.script("return [innerWidth, innerHeight, navigator.language.slice(0, 2)]").await?;
    assert_eq!(here, json!([360, 740, "id"]));
    // A quarter of an hour is in no zone where machines stand.
    let minutes = scenario.script("return new Date(2026, 6, 1).getTimezoneOffset() % 60").await?;
    if std::env::var_os("TZ").is_none() {
        assert_eq!(minutes, json!(-45));
    }
    assert_eq!(scenario.browser.console().await?, [""; 0]);
    scenario.script("setTimeout(() => { throw new Error('told on purpose'); })").await?;
    wait::until("the error is told", async || {
        let told = scenario.browser.console().await?;
        Ok(told.iter().any(|line| line.contains("told on purpose")).then_some(()))
    })
    .await
}

const STORE: &str = "const wanted = indexedDB.open('engines', 1);
    wanted.onupgradeneeded = () => wanted.result.createObjectStore('things');
    wanted.onerror = () => done(String(wanted.error));
    wanted.onsuccess = () => {
      const transaction = wanted.result.transaction('things', 'readwrite', { durability: 'strict' });
      transaction.objectStore('things').put('kept', 1);
      transaction.oncomplete = () => done(transaction.durability);
      transaction.onabort = () => done(String(transaction.error));
    };";
const LOOK: &str = "const wanted = indexedDB.open('engines', 1);
    wanted.onupgradeneeded = () => wanted.result.createObjectStore('things');
    wanted.onerror = () => done(String(wanted.error));
    wanted.onsuccess = () => {
      const asked = wanted.result.transaction('things').objectStore('things').get(1);
      asked.onsuccess = () => done(asked.result ?? null);
    };";

async fn keeps_what_is_stored_when_it_is_killed(engine: Engine) -> Result<()> {
    let mut scenario = open(engine).await?;
    for _ in 0..2 {
        assert_eq!(scenario.browser.script_until_done(STORE, &[]).await?, json!("strict"));
        scenario.browser.kill_and_start().await?;
        scenario.visit("").await?;
        assert_eq!(scenario.browser.script_until_done(LOOK, &[]).await?, json!("kept"));
    }
    Ok(())
}

async fn forgets_in_private_mode(engine: Engine) -> Result<()> {
    let options = Options { engine, manner: Manner { private: true, ..Manner::default() }, ..Options::default() };
    let mut scenario = Scenario::open_with(options).await?;
    let stored = scenario.browser.script_until_done(STORE, &[]).await?;
    let stored = stored.as_str().context("what became of it")?;
    assert!(["strict", "relaxed", "default"].contains(&stored), "{stored}");
    assert_eq!(scenario.browser.script_until_done(LOOK, &[]).await?, json!("kept"));
    scenario.browser.kill_and_start().await?;
    scenario.visit("").await?;
    assert_eq!(scenario.browser.script_until_done(LOOK, &[]).await?, json!(null));
    Ok(())
}
