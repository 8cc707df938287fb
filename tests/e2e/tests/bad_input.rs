//! Wrong files, damaged records, a browser that does not store: said clearly, and the rest goes on.

use anyhow::{Context as _, Result};
use bintang_e2e::{Dist, Options, Sample, Scenario, Subject, wait};
use serde_json::{Value, json};
use std::fs;

fn with(dist: Dist) -> Options {
    Options { dist: Some(dist), ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_rubric_is_listed_with_its_problems() -> Result<()> {
    let built = Dist::built()?;
    let mut rubric: Value = serde_json::from_str(&built.read("rubrics/food.json")?)?;
    *rubric.pointer_mut("/bands").context("bands")? = json!([]);
    let dist = built.with_file("rubrics/food.json", &rubric.to_string())?.with_file("rubrics/batik.json", "<html>")?;
    let scenario = Scenario::open_with(with(dist)).await?;
    scenario.browser.press("a[href$='p=baru']").await?;
    scenario.browser.appear("#rubric-weaving:enabled").await?;
    scenario.read("Rubrik tidak dapat dipakai").await?;
    for name in ["food", "batik"] {
        scenario.browser.appear(&format!("#rubric-{name}:disabled")).await?;
    }
    wait::until("both say their problems", async || {
        Ok((scenario.browser.count("details.problems li code").await? >= 2).then_some(()))
    })
    .await?;
    // The other groups are as they were.
    scenario.tick("rubric-weaving").await?;
    scenario.browser.fill("#product", "Tenun").await?;
    scenario.browser.press("#start").await?;
    scenario.browser.appear("aside.livebar").await?;
    // A link to the wrong one says why it does not open.
    scenario.visit("rubric=food").await?.read("Rubrik tidak dapat dipakai").await?;
    Ok(())
}

const DAMAGE: &str = "const open = indexedDB.open('bintang');
    open.onsuccess = () => {
      const transaction = open.result.transaction(['heads'], 'readwrite');
      transaction.objectStore('heads').put('{\"assessment\":\"cut off', arguments[0]);
      transaction.oncomplete = () => { open.result.close(); done(true); };
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_draft_is_listed_and_exported_and_the_others_are_whole() -> Result<()> {
    let scenario = Scenario::open().await?;
    for product in ["Pertama", "Kedua"] {
        scenario.begin("pottery", Subject { product, business: "Sanggar" }).await?;
        scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?.visit("").await?;
    }
    // The last changed stands first.
    let id = scenario.browser.attribute("[data-assessment]", "data-assessment").await?.context("an id")?;
    let script = DAMAGE.replace("arguments[0]", &format!("'{id}'"));
    scenario.browser.script_until_done(&script, &[]).await?;

    scenario.reload().await?;
    scenario.browser.appear(&format!("[data-damaged='{id}']")).await?;
    scenario.read("Penilaian ini tidak dapat dibaca").await?;
    scenario.browser.press("[data-damaged] button").await?;
    let file = scenario.browser.downloads().join(format!("bintang-{id}.json"));
    let export: Value =
        wait::until("the file is saved", async || Ok(serde_json::from_slice(&fs::read(&file)?).ok())).await?;
    assert_eq!(export["head"], "{\"assessment\":\"cut off");
    assert_eq!(export["answers"]["criterion/A.I.1"], "{\"option\":\"b\"}");
    // By its old address it says the same, and the other one is untouched.
    scenario.visit(&format!("p=lembar&id={id}")).await?.read("Penilaian ini tidak dapat dibaca").await?;
    scenario.visit("").await?.open_item("Pertama").await?;
    scenario.browser.appear("[id='A.I.1-b']:checked").await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saved().await?;
    Ok(())
}

const NO_STORE: &str = "delete window.indexedDB;
    Object.defineProperty(window, 'indexedDB', { value: undefined });";

#[tokio::test(flavor = "multi_thread")]
async fn without_a_store_nothing_is_called_saved() -> Result<()> {
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open_with(with(Dist::built()?.with_script(NO_STORE)?)).await?;
    scenario.read("Penyimpanan sementara").await?.never("Tersimpan").await?;
    scenario.browser.press("a[href$='p=pengaturan']").await?;
    scenario
        .add_endpoint(None)
        .await?
        .to_home()
        .await?
        .begin("food", Subject { product: "Keripik", business: "Dapur" })
        .await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saving_is("temporary").await?;
    scenario.read("Penyimpanan sementara").await?.never("Tersimpan").await?;
    // It can still be finished and sent before the page is closed.
    scenario.answer("food", sample.at("/sheet")).await?.never("Tersimpan").await?.finish().await?;
    scenario.to_outbox().await?.expect_outbox(1, "proved").await?;
    scenario.read("Penyimpanan sementara").await?.never("Tersimpan").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}

const FULL_DISK: &str = "window.diskIsFull = false;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...words) {
      if (window.diskIsFull) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, words);
    };";

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nothing_more_is_called_saved() -> Result<()> {
    let scenario = Scenario::open_with(with(Dist::built()?.with_script(FULL_DISK)?)).await?;
    scenario.begin("batik", Subject { product: "Batik", business: "Sanggar" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.script("window.diskIsFull = true").await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saving_is("failed").await?;
    scenario.read("Belum tersimpan").await?.read("Penyimpanan ponsel penuh").await?;
    // Scoring goes on, and still nothing is called saved.
    let before = scenario.live().await?;
    scenario.choose("A.I.3", &json!({"option": "b"})).await?.saving_is("failed").await?;
    assert_ne!(scenario.live().await?.total, before.total);
    // With room again, one press saves all of it.
    scenario.script("window.diskIsFull = false").await?;
    scenario.browser.press(".banner--storage button").await?;
    scenario.saved().await?.reload().await?;
    for id in ["A.I.1-b", "A.I.2-b", "A.I.3-b"] {
        scenario.browser.appear(&format!("[id='{id}']:checked")).await?;
    }
    Ok(())
}

const NOT_LASTING: &str = "navigator.storage.persisted = navigator.storage.persist = async () => false;";
const LASTING: &str = "navigator.storage.persisted = navigator.storage.persist = async () => true;";

// A browser for each: what the offline shell kept of an earlier page would answer for a later one.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_may_be_cleared_is_said_to_be_so() -> Result<()> {
    let scenario = Scenario::open_with(with(Dist::built()?.with_script(NOT_LASTING)?)).await?;
    // With nothing to lose it is not the first thing that a person reads.
    scenario.read("Belum ada penilaian").await?.never("Penyimpanan belum dijamin").await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.visit("").await?.read("Penyimpanan belum dijamin").await?;
    scenario.visit("p=pengaturan").await?.read("boleh menghapusnya").await?.read("Penyimpanan belum dijamin").await?;
    scenario.never("Dijaga peramban").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_the_browser_guards_is_said_to_be_so() -> Result<()> {
    let scenario = Scenario::open_with(with(Dist::built()?.with_script(LASTING)?)).await?;
    // Only once the browser has answered, so nothing is said that could still change.
    scenario.visit("p=pengaturan").await?.read("Dijaga peramban").await?;
    scenario.browser.settle().await?;
    scenario.never("boleh menghapusnya").await?.never("Penyimpanan belum dijamin").await?;
    Ok(())
}
