//! What other apps hand over waits until a person has put it somewhere, whatever it is, and runs nothing. In Chromium, the
//! one engine here whose browsers are share targets.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Picture, Scenario, Subject};
use serde_json::{Value, json};
use std::{fs, path::Path};

// The phone's own dialogue posts a form; so does this, as the other app would, from a page that is not ours.
const HAND_OVER: &str = "const [to, files] = arguments;
    const form = Object.assign(document.createElement('form'), { action: to, method: 'post' });
    form.enctype = 'multipart/form-data';
    const field = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true });
    const given = new DataTransfer();
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(content.match(/../g), (byte) => parseInt(byte, 16));
        given.items.add(new File([bytes], name, { type }));
    }
    field.files = given.files;
    form.append(field);
    document.body.append(form);
    form.submit();
    return null";

const LISTED: &str = "return [...document.querySelectorAll('[data-arrival]')].map((row) => row.dataset.arrival)";

fn file(name: &str, media_type: &str, content: &[u8]) -> Value {
    json!([name, media_type, content.iter().map(|byte| format!("{byte:02x}")).collect::<String>()])
}

/// Hands files over from a page of nobody's, and waits for the app's.
async fn hand_over(scenario: &Scenario, files: &[Value]) -> Result<()> {
    let app = scenario.browser.address().await?;
    let app = app.split('?').next().unwrap_or_default().to_owned();
    scenario.browser.go("data:text/html,<p>another app").await?;
    scenario.browser.script(HAND_OVER, &[json!(format!("{app}?p=titipan")), json!(files)]).await?;
    scenario.is_called("Dibagikan ke Bintang · Bintang").await?;
    Ok(())
}

async fn is_listed(scenario: &Scenario, names: &[&str]) -> Result<()> {
    let expected = serde_json::to_string(names)?;
    let is = format!("return JSON.stringify((() => {{ {LISTED} }})()) === {}", serde_json::to_string(&expected)?);
    scenario.holds(&format!("{names:?} are listed"), &is).await?;
    Ok(())
}

async fn photo(scenario: &Scenario) -> Result<Vec<u8>> {
    Ok(fs::read(Picture::upright(1).write(&scenario.browser, scenario.folder()).await?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_waits_until_it_has_a_place() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.installed().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let markup = "<b>surat</b>.html";
    let script = b"<script>globalThis.taken = true</script>";
    let files = [file("dapur 1.jpg", "image/jpeg", &photo(&scenario).await?), file(markup, "text/html", script)];
    hand_over(&scenario, &files).await?;
    is_listed(&scenario, &["dapur 1.jpg", markup]).await?;
    scenario.read("Bukan foto dan bukan berkas Bintang").await?;
    scenario.screenshot("titipan").await?;
    // As a page it is not to be had.
    let key = "return fetch('arrived/').then((answer) => answer.json()).then((all) => done(all.files[1].key))";
    let key = scenario.browser.script_until_done(key, &[]).await?;
    let app = scenario.browser.address().await?.replace("?p=titipan", "");
    scenario.browser.go(&format!("{app}arrived/{}", key.as_str().unwrap())).await?;
    assert_eq!(scenario.script("return globalThis.taken ?? false").await?, json!(false));
    // It waits wherever one is, and is told of in the list.
    scenario.visit("").await?.read("2 berkas dibagikan, menunggu").await?;
    scenario.visit("p=titipan").await?;
    scenario.browser.press("[data-arrival$='html'] .button--quiet").await?;
    is_listed(&scenario, &["dapur 1.jpg"]).await?;
    scenario.browser.press("section[aria-labelledby='arrivals-which'] a").await?;
    scenario.browser.appear("#arrival-criterion").await?;
    // Without a criterion it stays where it is.
    scenario.browser.press("[data-arrival] .button:not(.button--quiet)").await?;
    scenario.holds("the choice has the focus", "return document.activeElement.id === 'arrival-criterion'").await?;
    const CHOOSE: &str = "const field = document.getElementById('arrival-criterion');
        field.value = 'A.I.1';
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    scenario.script(CHOOSE).await?;
    scenario.screenshot("titipan-kriteria").await?;
    scenario.browser.press("[data-arrival] .button:not(.button--quiet)").await?;
    scenario.read("Foto tersimpan di kriteria A.I.1").await?.read("Tidak ada yang menunggu").await?;
    scenario.browser.press("output.saved a").await?;
    scenario.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let photos = scenario.stored_photos().await?;
    assert_eq!(photos[0].known["proves"], json!([{"criterion": "A.I.1", "option": "b"}]));
    scenario.log_is_whole(&scenario.assessment().await?).await?;
    scenario.visit("p=titipan").await?.read("Tidak ada yang menunggu").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_handed_over_is_looked_at() -> Result<()> {
    let first = Scenario::open().await?;
    first.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    first.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let backup: &Path = &first.take_backup(None).await?;
    let content = fs::read(backup)?;

    let second = Scenario::open().await?;
    second.installed().await?;
    hand_over(&second, &[file("dari teman.bintang", "", &content), file("rusak.bintang", "", &content[..40])]).await?;
    is_listed(&second, &["dari teman.bintang", "rusak.bintang"]).await?;
    second.browser.press("[data-arrival^='rusak'] .button--secondary").await?;
    second.read("tidak dapat").await?;
    second.browser.press("[data-arrival^='dari'] .button--secondary").await?;
    second.browser.appear("[data-restore='looked']").await?;
    second.screenshot("titipan-cadangan").await?;
    second.restore().await?.read("1 penilaian dipulihkan").await?;
    second.visit("").await?.open_item("Keripik").await?;
    second.browser.appear("[id='A.I.1-b']:checked").await?;
    Ok(())
}

/// More than fifty do not wait: the page says so, and keeps those that do.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_told() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.installed().await?;
    let many: Vec<Value> = (1..=52).map(|number| file(&format!("{number}.png"), "image/png", b"x")).collect();
    hand_over(&scenario, &many).await?;
    scenario.read("Yang dibagikan tidak dapat disimpan").await?;
    assert_eq!(scenario.browser.count("[data-arrival]").await?, 50);
    // Told once.
    scenario.reload().await?.browser.appear("[data-arrival]").await?;
    scenario.never("Yang dibagikan tidak dapat disimpan").await?;
    Ok(())
}
