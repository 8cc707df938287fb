//! Backups: everything as a file, and back on another phone, byte for byte; what differs stays unless it is ticked.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_domain::bundle::{Bundle, Opened};
use bintang_e2e::{Dist, Engine, Options, Picture, Scenario, Subject, in_every_engine, wait};
use serde_json::json;
use std::{fs, path::Path, rc::Rc};

in_every_engine!(
    a_backup_comes_back_on_another_phone,
    what_differs_stays_unless_it_is_ticked,
    one_assessment_goes_from_phone_to_phone
);

const PASSPHRASE: &str = "tiga kata sandi";

async fn a_backup_comes_back_on_another_phone(engine: Engine) -> Result<()> {
    let first = Scenario::open_in(engine).await?;
    first.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    first.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let picture = Picture::upright(1).write(&first.browser, first.folder()).await?;
    first.add_photo("A.I.1", &picture).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let photos = first.stored_photos().await?;
    // Too short to protect anything: said so, nothing is taken.
    first.visit("p=cadangan").await?.browser.press("#backup-lock").await?;
    first.browser.fill("#backup-passphrase", "pendek").await?;
    first.browser.press("#backup-take").await?;
    first.read("Frasa sandi terlalu pendek").await?;
    first.screenshot("cadangan-frasa").await?;
    let file = first.take_backup(Some(PASSPHRASE)).await?;
    first.read("Cadangan terakhir").await?;
    first.screenshot("cadangan-siap").await?;
    let bytes = fs::read(&file)?;
    for word in ["Keripik", "Dapur", &photos[0].sha256] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word} stands open in a locked file");
    }

    let second = Scenario::open_in(engine).await?;
    second.choose_backup(&file).await?.browser.appear("#restore-passphrase").await?;
    second.browser.fill("#restore-passphrase", "tiga kata sandi ").await?;
    second.browser.press("#restore-unlock").await?;
    second.read("Bukan frasa sandi ini").await?;
    second.browser.fill("#restore-passphrase", PASSPHRASE).await?;
    second.browser.press("#restore-unlock").await?;
    second.browser.appear("[data-restore='looked']").await?;
    second.read("Baru: belum ada di ponsel ini").await?;
    second.screenshot("pulihkan-isi").await?;
    second.restore().await?.read("1 penilaian dipulihkan").await?;
    second.screenshot("pulihkan-selesai").await?;
    assert_eq!(second.stored_photos().await?, photos, "byte for byte");
    second.visit("").await?.open_item("Keripik").await?;
    second.browser.appear("[id='A.I.1-b']:checked").await?;
    second.photos_are("A.I.1", 1, "scaled").await?;
    // It is worked on here as it would be there.
    second.choose("A.I.1", &json!({"option": "a"})).await?.saved().await?;
    for scenario in [&first, &second] {
        // WebKit calls it an error when a page is left while it fetches.
        let told = scenario.browser.console().await?.into_iter().filter(|line| !line.contains("access control checks"));
        assert_eq!(told.collect::<Vec<_>>(), Vec::<String>::new());
    }
    Ok(())
}

async fn opened(file: &Path) -> Result<Bundle> {
    match Opened::of(Rc::new(fs::read(file)?)).await? {
        Opened::Open(bundle) => Ok(bundle),
        Opened::Locked(_) => panic!("it is locked"),
    }
}

async fn what_differs_stays_unless_it_is_ticked(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let picture = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.add_photo("A.I.1", &picture).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let photo = scenario.stored_photos().await?[0].sha256.clone();
    let file = scenario.take_backup(None).await?;
    let bundle = opened(&file).await?;
    for listed in bundle.files() {
        bundle.read(&listed.path).await?;
    }
    assert!(bundle.file(&format!("evidence/{photo}")).is_some());

    // What is the same is left alone.
    scenario.choose_backup(&file).await?.restore().await?.read("Sudah sama: 1").await?;
    scenario.visit("").await?.open_item("Keripik").await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?;
    scenario.choose_backup(&file).await?.read("Berbeda: bila dicentang").await?;
    scenario.screenshot("pulihkan-berbeda").await?;
    scenario.restore().await?.read("dibiarkan: 1").await?;
    scenario.visit("").await?.open_item("Keripik").await?.browser.appear("[id='A.I.1-c']:checked").await?;
    // Whoever ticks it has the older one back, also in a sheet that is still in memory.
    scenario.choose_backup(&file).await?.browser.press("#restore-0").await?;
    scenario.restore().await?.read("1 penilaian dipulihkan").await?;
    scenario.visit("").await?.open_item("Keripik").await?.browser.appear("[id='A.I.1-b']:checked").await?;

    // Damaged on the way: what is whole comes back, what is not is told; a file that is cut off is no backup.
    let bytes = fs::read(&file)?;
    let path = format!("evidence/{photo}");
    let at = bytes.windows(path.len()).rposition(|part| part == path.as_bytes()).unwrap();
    let local = bytes[..at].windows(path.len()).rposition(|part| part == path.as_bytes()).unwrap();
    let mut damaged = bytes.clone();
    damaged[local + path.len() + 100] ^= 1;
    let damaged_file = scenario.folder().join("rusak.bintang");
    fs::write(&damaged_file, damaged)?;
    let other = Scenario::open_in(engine).await?;
    other.choose_backup(&damaged_file).await?.restore().await?.read("1 berkas dalam cadangan rusak").await?;
    other.visit("").await?.open_item("Keripik").await?.browser.appear("[id='A.I.1-b']:checked").await?;
    assert!(other.stored_photos().await?.is_empty());
    let cut = scenario.folder().join("terpotong.bintang");
    fs::write(&cut, &bytes[..bytes.len() - 7])?;
    other.choose_backup(&cut).await?.read("Berkas ini tidak dapat dipulihkan").await?;
    // The whole one brings the photo after all.
    other.choose_backup(&file).await?.browser.press("#restore-0").await?;
    other.restore().await?;
    assert_eq!(other.stored_photos().await?[0].sha256, photo);
    Ok(())
}

async fn one_assessment_goes_from_phone_to_phone(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    for product in ["Keripik", "Sambal"] {
        scenario.visit("").await?.begin("food", Subject { product, business: "Dapur" }).await?;
        scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    }
    let id = scenario.assessment().await?;
    scenario.visit(&format!("p=cadangan&id={id}")).await?.browser.press("#backup-take").await?;
    let file = scenario.save_backup().await?;
    let bundle = opened(&file).await?;
    let paths: Vec<&str> = bundle.files().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), 2, "{paths:?}");
    assert_eq!(paths[0], format!("assessments/{id}.json"));
    assert!(paths[1].starts_with("rubrics/"));
    let other = Scenario::open_in(engine).await?;
    other.choose_backup(&file).await?.restore().await?;
    other.visit("").await?;
    wait::until("the list has it alone", async || {
        Ok((other.browser.count("[data-assessment]").await? == 1).then_some(()))
    })
    .await?;
    other.open_item("Sambal").await?.browser.appear("[id='A.I.1-b']:checked").await?;
    Ok(())
}

/// What the phone's own sheet would be handed; it cannot be opened without a hand on the phone.
const SHARES: &str = "navigator.canShare = ({ files }) => files.length === 1;
    navigator.share = async ({ files }) => {
        window.shared = { name: files[0].name, type: files[0].type, bytes: [...new Uint8Array(await files[0].arrayBuffer())] };
        if (window.refuses) throw new DOMException('no', window.refuses);
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_handed_to_the_phones_own_share_and_saved_where_that_refuses() -> Result<()> {
    let dist = Dist::built()?.with_script(SHARES)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let file = scenario.take_backup(None).await?;
    let bytes: Vec<u8> = fs::read(&file)?;
    scenario.browser.press("#backup-share").await?;
    scenario.holds("it is shared", "return window.shared !== undefined").await?;
    let shared = scenario.script("return window.shared").await?;
    assert_eq!(shared["bytes"], json!(bytes));
    assert!(shared["name"].as_str().unwrap().ends_with(".bintang"), "{}", shared["name"]);
    // A person who closes that sheet is told nothing; a browser that refuses the file has it saved instead.
    let downloads = || fs::read_dir(scenario.browser.downloads()).map(Iterator::count);
    let before = downloads()?;
    for (error, more) in [("AbortError", 0), ("NotAllowedError", 1)] {
        scenario.script(&format!("window.refuses = '{error}'; delete window.shared")).await?;
        scenario.browser.press("#backup-share").await?;
        scenario.holds("it was asked", "return window.shared !== undefined").await?;
        wait::until("as many files are saved", async || Ok((downloads()? == before + more).then_some(()))).await?;
    }
    Ok(())
}
