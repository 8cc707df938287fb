//! Rubrics: installed from a file and from a link, refused, removed, saved as files; two versions side by side.
#![allow(clippy::indexing_slicing)]

use anyhow::{Context as _, Result};
use axum::{Router, http::header, routing::get};
use bintang_domain::digest::Digest;
use bintang_e2e::{Engine, Scenario, Subject, sample::repository, server::Server, wait};
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The rubric that the documentation explains.
fn honey() -> PathBuf {
    repository().join("docs/examples/rubric-madu.json")
}

async fn choose_file(scenario: &Scenario, file: &std::path::Path) -> Result<()> {
    scenario.visit("p=rubrik").await?.browser.appear("[data-rubric-id='id-ovop-pottery']").await?;
    scenario.browser.choose_file("#rubric-file", file).await?;
    scenario.browser.appear("#rubric-report").await
}

async fn install(scenario: &Scenario) -> Result<()> {
    scenario.browser.press("#rubric-install").await?;
    scenario.browser.appear("[data-installed]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rubric_from_a_file_is_looked_at_installed_used_saved_and_removed() -> Result<()> {
    let scenario = Scenario::open().await?;
    let bytes = fs::read(honey())?;
    let (sum, rubric): (_, Value) = (Digest::of(&bytes).to_string(), serde_json::from_slice(&bytes)?);
    choose_file(&scenario, &honey()).await?;
    let report = "section[aria-labelledby='rubric-report']";
    assert_eq!(scenario.browser.attribute(report, "data-errors").await?.as_deref(), Some("0"));
    scenario.screenshot("rubrik-periksa").await?;
    install(&scenario).await?;
    scenario.screenshot("rubrik").await?;

    // It is offered, used, and the assessment keeps it when it is removed.
    scenario.begin(&sum, Subject { product: "Madu hutan", business: "Kelompok" }).await?;
    let first = rubric["parts"][0]["nodes"][0]["id"].as_str().context("a criterion")?.to_owned();
    let option = rubric["parts"][0]["nodes"][0]["options"][0]["id"].as_str().context("an option")?.to_owned();
    scenario.choose(&first, &json!({"option": option})).await?.saved().await?;
    scenario.visit("p=rubrik").await?;
    let item = "section[aria-labelledby='installed'] article";
    scenario.browser.appear(item).await?;
    scenario.browser.press(&format!("{item} [data-export]")).await?;
    let name = |key: &str| rubric[key].as_str().context("a text");
    let saved = scenario.browser.downloads().join(format!("{}-{}.json", name("id")?, name("version")?));
    let saved = wait::until("the file is saved", async || Ok(fs::read(&saved).ok().filter(|b| !b.is_empty()))).await?;
    assert_eq!(saved, bytes, "byte for byte");
    scenario.browser.press(&format!("{item} [data-remove]")).await?;
    scenario.browser.press(&format!("{item} [data-remove-sure]")).await?;
    wait::until("it is gone", async || Ok((scenario.browser.count(item).await? == 0).then_some(()))).await?;
    scenario.visit("p=baru").await?.browser.appear("#rubric-pottery:enabled").await?;
    assert_eq!(scenario.browser.count("fieldset#group label").await?, 5);
    scenario.visit("").await?.open_item("Madu hutan").await?;
    scenario.browser.appear(&format!("[id='{first}-{option}']:checked")).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_explained_and_not_installed() -> Result<()> {
    let scenario = Scenario::open().await?;
    let folder = tempfile::tempdir()?;
    let mut rubric: Value = serde_json::from_slice(&fs::read(honey())?)?;
    rubric["max"] = json!(7);
    rubric["parts"][0]["label"] = json!("<img src=x onerror=\"document.title='owned'\">");
    let file = folder.path().join("salah.json");
    fs::write(&file, rubric.to_string())?;
    choose_file(&scenario, &file).await?;
    scenario.read("Tidak dapat dipakai: ").await?;
    scenario.browser.press("details.problems summary").await?;
    scenario.read("/max").await?;
    assert_eq!(scenario.browser.count("#rubric-install").await?, 0);
    for (name, bytes) in [("kosong.json", Vec::new()), ("gambar.png", vec![0xff; 4000])] {
        let file = folder.path().join(name);
        fs::write(&file, bytes)?;
        choose_file(&scenario, &file).await?;
        scenario.read("Tidak dapat dipakai: 1 kesalahan").await?;
    }
    scenario.is_called("Rubrik · Bintang").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_offers_a_rubric_and_nothing_is_fetched_before_a_tap() -> Result<()> {
    let scenario = Scenario::open().await?;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let bytes = fs::read(honey())?;
    let serve = move || {
        count.fetch_add(1, Ordering::SeqCst);
        let bytes = bytes.clone();
        async move { ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], bytes) }
    };
    let host = Server::start_new(Router::new().route("/madu.json", get(serve))).await?;
    scenario.visit(&format!("p=rubrik&from={}%2Fmadu.json", host.origin())).await?;
    scenario.read(&format!("Tautan ini menawarkan rubrik dari {}", host.origin())).await?;
    scenario.browser.settle().await?;
    assert_eq!(asked.load(Ordering::SeqCst), 0, "a link alone asks nobody");
    scenario.screenshot("rubrik-tautan").await?;
    scenario.browser.press("#rubric-fetch").await?;
    scenario.browser.appear("#rubric-report").await?;
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    install(&scenario).await?;
    // An address without encryption, and one that nobody answers.
    scenario.visit("p=rubrik&from=http://contoh.id/x.json").await?.browser.press("#rubric-fetch").await?;
    scenario.read("Pakai https://.").await?;
    scenario.visit("p=rubrik&from=http://127.0.0.1:9/x.json").await?.browser.press("#rubric-fetch").await?;
    scenario.read("Berkas tidak terjangkau").await?;
    Ok(())
}

/// The rubric of food in another version: an option is gone, a criterion is called otherwise.
fn newer() -> Result<Value> {
    let text = fs::read_to_string(repository().join("public/rubrics/food.json"))?;
    let mut rubric: Value = serde_json::from_str(&text.replace("Sumber Bahan Baku Utama", "Asal bahan baku"))?;
    rubric["version"] = json!("2026.2");
    let second = rubric.pointer_mut("/parts/0/nodes/0/nodes/1/options").context("options")?;
    second.as_array_mut().context("options")?.retain(|option| option["id"] != "b");
    Ok(rubric)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_keeps_its_version_and_is_copied_to_another_with_what_needs_a_look() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.choose("A.I.2", &json!({"option": "b"})).await?;
    scenario.choose("A.I.3", &json!({"option": "b"})).await?.saved().await?;
    let sheet = scenario.browser.address().await?;
    let id = sheet.rsplit("id=").next().context("an id")?.to_owned();

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("food.json");
    fs::write(&file, newer()?.to_string())?;
    choose_file(&scenario, &file).await?;
    install(&scenario).await?;
    // Both are offered.
    scenario.visit("p=baru").await?.browser.appear("#rubric-food:enabled").await?;
    scenario.read("versi 2026.2").await?;

    scenario.visit(&format!("p=tinjau&id={id}")).await?.read("Lembar ini memakai versi 2026.1").await?;
    scenario.browser.press("[data-carry='2026.2']").await?;
    scenario.browser.appear("[data-again]").await?;
    let seen = "const { top, bottom } = document.getElementById('again').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight";
    scenario.holds("what needs another look is in view", seen).await?;
    let again = async || {
        let read = "return [...document.querySelectorAll('[data-again]')].map((row) => row.dataset.again)";
        Ok::<_, anyhow::Error>(serde_json::from_value::<Vec<String>>(scenario.script(read).await?)?)
    };
    assert_eq!(again().await?, ["A.I.1", "A.I.2"], "one is called otherwise, of the other the answer is gone");
    scenario.read("Periksa jawabannya: ada yang berubah.").await?.read("Jawaban lama tidak cocok").await?;
    scenario.screenshot("versi").await?;
    scenario.browser.press("[data-seen='A.I.1']").await?;
    scenario.saved().await?.reload().await?.browser.appear("[data-again='A.I.2']").await?;
    assert_eq!(again().await?, ["A.I.2"], "what was looked at is kept");

    // The copy has the answers that fit; answering takes the last one off the list.
    scenario.browser.press("[data-again='A.I.2'] a").await?;
    scenario.browser.appear("[id='A.I.2-c']").await?;
    assert_eq!(scenario.ticked().await?, ["A.I.1-c", "A.I.3-b"]);
    scenario.choose("A.I.2", &json!({"option": "c"})).await?.saved().await?;
    // The old sheet is as it was.
    scenario.visit(&format!("p=lembar&id={id}&at=A.I.1")).await?.browser.appear("[id='A.I.2-b']:checked").await?;
    assert_eq!(scenario.ticked().await?, ["A.I.1-c", "A.I.2-b", "A.I.3-b"]);
    scenario.read("Sumber Bahan Baku Utama").await?.never("Asal bahan baku").await?;
    scenario.visit("").await?;
    assert_eq!(scenario.browser.count("[data-assessment]").await?, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mended_file_is_read_again_and_a_full_disk_is_said_where_one_looks() -> Result<()> {
    let scenario = Scenario::open_unwritten(Engine::Chromium).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("madu.json");
    fs::write(&file, "{}")?;
    choose_file(&scenario, &file).await?;
    scenario.read("Tidak dapat dipakai").await?;
    fs::copy(honey(), &file)?;
    scenario.browser.choose_file("#rubric-file", &file).await?;
    scenario.read("Tidak ada kesalahan").await?.never("Tidak dapat dipakai").await?;

    scenario.fill_disk().await?.browser.press("#rubric-install").await?;
    let seen = "const said = document.querySelector('#rubric-failure')?.getBoundingClientRect();
        return !!said && said.top >= 0 && said.bottom <= innerHeight";
    scenario.holds("the full disk is said in view", seen).await?.read("Penyimpanan ponsel penuh").await?;
    scenario.free_disk().await?;
    install(&scenario).await?;
    scenario.holds("the focus is not lost", "return document.activeElement !== document.body").await?;
    Ok(())
}
