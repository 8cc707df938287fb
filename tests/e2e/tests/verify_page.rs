//! docs/endpoints/verify.html: a page that needs no app checks what the app wrote, and names what was altered.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use axum::{Router, response::Html, routing::get};
use bintang_domain::bundle::{Kind, Lock, Opened};
use bintang_e2e::{Engine, Picture, Sample, Scenario, Subject, in_every_engine, server::Server};
use bintang_testkit::{bundle, cipher::TestCipher};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path, rc::Rc};

in_every_engine!(what_the_app_wrote_holds_and_what_was_altered_is_named);

type Files = BTreeMap<String, Vec<u8>>;
type Tamper<'t> = Box<dyn Fn(&mut Files) + 't>;

/// The files of a bundle.
async fn files(bytes: Vec<u8>) -> Result<Files> {
    let Opened::Open(bundle) = Opened::of(Rc::new(bytes)).await? else { panic!("it is locked") };
    let mut files = Files::new();
    for file in bundle.files() {
        files.insert(file.path.clone(), bundle.read(&file.path).await?);
    }
    Ok(files)
}

async fn made(files: &Files) -> Result<Vec<u8>> {
    let list: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    Ok(bundle::made(Kind::Backup, None, &list).await?)
}

/// Lets the page check these bytes; what it says.
async fn checked(scenario: &Scenario, bytes: &[u8], outcome: &str) -> Result<String> {
    let file = scenario.folder().join("diperiksa.bintang");
    fs::write(&file, bytes)?;
    scenario.browser.script("delete document.querySelector('#outcome').dataset.outcome", &[]).await?;
    scenario.browser.choose_file("#file", &file).await?;
    scenario.browser.explained(scenario.browser.appear(&format!("#outcome[data-outcome='{outcome}']")).await).await?;
    scenario.browser.text("#outcome").await
}

/// Changes the text of the record that stands under this member of the export, of the only assessment.
fn record<'t>(member: &'t str, change: impl Fn(&mut Value) + 't) -> Tamper<'t> {
    Box::new(move |files| {
        let sheet = files.keys().find(|path| path.starts_with("assessments/")).unwrap().clone();
        let mut export: Value = serde_json::from_slice(&files[&sheet]).unwrap();
        let (_, stored) = export[member].as_object_mut().unwrap().iter_mut().next().unwrap();
        let mut content: Value = serde_json::from_str(stored.as_str().unwrap()).unwrap();
        let before = content.to_string();
        change(&mut content);
        assert_ne!(before, content.to_string(), "{member}");
        *stored = content.to_string().into();
        files.insert(sheet, export.to_string().into_bytes());
    })
}

/// Changes the document that was sent, which is a text in the record of the outbox.
fn document<'t>(change: impl Fn(String) -> String + 't) -> Tamper<'t> {
    record("outbox", move |entry| entry["document"] = change(entry["document"].as_str().unwrap().to_owned()).into())
}

async fn what_the_app_wrote_holds_and_what_was_altered_is_named(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let hostile = "<img src=x onerror=document.title='x'>";
    scenario.begin("food", Subject { product: hostile, business: "Dapur" }).await?;
    let picture = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.add_photo("A.I.1", &picture).await?.photos_are("A.I.1", 1, "scaled").await?;
    let sample = Sample::named("food-1")?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await?;
    scenario.expect_outbox(1, "proved").await?;
    let whole = fs::read(scenario.take_backup(None).await?)?;
    let lock = Lock::new(Rc::new(TestCipher::quick()), "tiga kata sandi").await.unwrap();
    let locked = bundle::made(Kind::Backup, Some(lock), &[("catatan", b"x")]).await?;

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/endpoints/verify.html").canonicalize()?;
    let page = fs::read_to_string(&path)?;
    let server = Server::start_new(Router::new().route("/", get(async || Html(page)))).await?;
    // As a file on a disk, and from a server.
    scenario.browser.go(&format!("file://{}", path.display())).await?;
    let said = checked(&scenario, &whole, "whole").await?;
    assert!(
        said.contains("Semua cocok") && said.contains("diperiksa.bintang") && !said.contains("tidak ditandatangani")
    );
    scenario.browser.go(&server.origin()).await?;
    let said = checked(&scenario, &whole, "whole").await?;
    for holds in [
        "Semua cocok",
        hostile,
        "utuh sampai ujungnya",
        "Isi sama dengan sidiknya",
        "Tidak berubah sejak ditandatangani kunci",
        "Ujung catatan yang disebut isi ada",
        "1 dari 1 foto ada",
        "Diterima oleh “Penerima Uji”",
        "Tanda terima ditandatangani kunci",
    ] {
        assert!(said.contains(holds), "{holds}: {said}");
    }
    scenario.screenshot("verify-whole").await?;
    assert!(checked(&scenario, &locked, "locked").await?.contains("terkunci"));
    for bytes in [b"PK".as_slice(), &whole[..whole.len() - 40], &[&whole[..], b"x"].concat()] {
        assert!(checked(&scenario, bytes, "refused").await?.contains("Bukan berkas Bintang yang utuh"));
    }

    let all = files(whole).await?;
    let named = |start: &str| all.keys().find(|path| path.starts_with(start)).unwrap().clone();
    let (photo, sheet) = (named("evidence/"), named("assessments/"));
    // The code of a visit report: as its QR code says it, as somebody types the sum, of other content, and something else.
    let export: Value = serde_json::from_slice(&all[&sheet])?;
    let entry = export["outbox"].as_object().and_then(|entries| entries.values().next()?.as_str()).unwrap();
    let digest = serde_json::from_str::<Value>(entry)?["digest"].as_str().unwrap().to_owned();
    let code = format!("BINTANG:1:{}:{digest}", export["key"].as_str().unwrap()).to_uppercase();
    let typed = format!("{} {}", &digest[..32], &digest[32..]);
    let same = made(&all).await?;
    for (code, outcome, says) in [
        (code.as_str(), "whole", "Laporan menyebut isi yang ada dalam berkas ini"),
        (&typed, "whole", "Laporan menyebut isi yang ada dalam berkas ini"),
        (&"0".repeat(64), "broken", "Laporan menyebut isi lain"),
        ("madu", "broken", "Itu bukan kode laporan"),
    ] {
        scenario.browser.fill("#code", code).await?;
        let said = checked(&scenario, &same, outcome).await?;
        assert!(said.contains(says), "{says}: {said}");
    }
    scenario.screenshot("verify-kode").await?;
    scenario.browser.script("document.querySelector('#code').value = ''", &[]).await?;

    let emptied = |member: &'static str| -> Tamper<'_> {
        let sheet = sheet.clone();
        Box::new(move |files| {
            let mut export: Value = serde_json::from_slice(&files[&sheet]).unwrap();
            export[member] = json!({});
            files.insert(sheet.clone(), export.to_string().into_bytes());
        })
    };
    let swapped = |text: String, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let cases: Vec<(Tamper<'_>, &str)> = vec![
        (Box::new(|files| drop(files.remove(&photo))), "0 dari 1 foto"),
        (Box::new(|files| drop(files.insert(photo.clone(), b"another".to_vec()))), "bukan foto yang disebut namanya"),
        (Box::new(|files| drop(files.insert(sheet.clone(), b"{}".to_vec()))), "tidak dapat dibaca"),
        (record("log", |line| line["at"] = json!(1)), "Catatan perubahan: rusak pada baris 2"),
        (emptied("log"), "tidak berakhir seperti yang dikatakan kepalanya"),
        (emptied("outbox"), "penyelesaian yang tidak ada"),
        (emptied("receipts"), "Disebut terbukti, tetapi tanda terimanya tidak ada"),
        (document(|text| swapped(text, "Penilai Contoh", "Penilai Lain")), "Isi tidak sama dengan sidiknya"),
        (document(|text| swapped(text, "Penilai Contoh", "Penilai Lain")), "Tanda tangan tidak cocok"),
        // The same member twice: what is read is not what stands there.
        (document(|text| swapped(text, "{\"app\":", "{\"app\":\"x\",\"app\":")), "Isi tidak sama dengan sidiknya"),
        (document(|text| swapped(text, "\"value\":\"", "\"value\":\"A")), "Tanda tangan tidak cocok"),
        (record("receipts", |receipt| receipt["receiver"] = json!("Palsu")), "Tanda tangan pada tanda terima"),
        (record("receipts", |receipt| receipt["signature"] = json!("x")), "Tanda tangan pada tanda terima"),
        (record("receipts", |receipt| receipt["format"] = json!("x")), "jenis yang tidak dikenal"),
        (record("outbox", |entry| entry["id"] = json!("019ab697-e800-7101-8101-010101010101")), "Isi tidak sama"),
        (emptied("outbox"), "tanda terima yang penilaiannya tidak ada"),
        (record("receipts", |receipt| receipt["digest"] = json!("0".repeat(64))), "Tanda terima untuk isi lain"),
    ];
    for (tamper, says) in cases {
        let mut files = all.clone();
        tamper(&mut files);
        let said = checked(&scenario, &made(&files).await?, "broken").await?;
        assert!(said.contains(says), "{says}: {said}");
    }
    scenario.screenshot("verify-broken").await?;
    // What nobody signed is not broken, and is not called proved either.
    let mut unsigned = all.clone();
    record("receipts", |receipt| receipt["signature"] = json!(null))(&mut unsigned);
    let said = checked(&scenario, &made(&unsigned).await?, "whole").await?;
    assert!(said.contains("1 isi atau tanda terima tidak ditandatangani"), "{said}");
    // A byte that was turned over on the way.
    let mut turned = made(&all).await?;
    let place = turned.windows(3).position(|bytes| bytes == [0xff, 0xd8, 0xff]).unwrap();
    turned[place + 20] ^= 1;
    assert!(checked(&scenario, &turned, "broken").await?.contains("isinya berubah"));
    assert_eq!(scenario.browser.console().await?, Vec::<String>::new());
    Ok(())
}
