//! `bintang verify ID` and `bintang key`: what a receiver stores is proved again, and whose phone it was.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    digest::Digest,
    id::{AssessmentId, SubmissionId},
    time::Millis,
    wire::envelope::{Envelope, signed, to_sign},
};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    es256::SecretKey,
    evidence::{Evidence, Place},
    rubrics::Rubrics,
    run,
    store::Store,
};
use bintang_testkit::build::evidence;
use common::{Ran, bintang, repository};
use sqlx::Connection as _;
use std::{fs, path::Path, sync::Arc};
use tempfile::tempdir;
use tokio::{net::TcpListener, task::spawn_blocking};

const PHOTO: &[u8] = b"a photo";

fn envelope(number: u8) -> Envelope {
    let example = fs::read(repository("docs/examples/first.json")).unwrap();
    let (mut envelope, _) = Envelope::open(&example).unwrap();
    envelope.assessment = AssessmentId::new(Millis(1_764_000_000_000), &[number; 10]);
    envelope.id = SubmissionId::new(Millis(1_764_000_100_000), &[number; 10]);
    envelope.evidence = vec![evidence(PHOTO)];
    envelope
}

fn document(envelope: &Envelope, key: &SecretKey) -> String {
    let unsigned = envelope.seal().unwrap().document;
    signed(&unsigned, &key.sign(to_sign(&unsigned).unwrap().as_bytes())).unwrap()
}

/// Stores these through a receiver that really listens.
async fn stored(folder: &Path, documents: Vec<(Envelope, String)>) {
    let (rubrics, _) = Rubrics::read(&repository("public/rubrics")).unwrap();
    let store = Store::open_file(&folder.join("receiver.sqlite")).await.unwrap();
    let evidence = Evidence::open(&Place::Folder(folder.join("evidence"))).unwrap();
    let (name, limits) = ("Uji".to_owned(), Limits::default());
    let receiver = Receiver { store: store.clone(), evidence, rubrics: Arc::new(rubrics), name, limits };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}/assessments", listener.local_addr().unwrap());
    tokio::spawn(run(listener, api::router(receiver), std::future::pending()));
    spawn_blocking(move || {
        for (envelope, document) in documents {
            let sent = ureq::post(&at).header("content-type", "application/json").send(&document).unwrap();
            assert_eq!(sent.status(), 201);
            let photo = format!("{at}/{}/evidence/{}", envelope.id, Digest::of(PHOTO));
            assert!(ureq::put(&photo).send(PHOTO).unwrap().status().is_success());
        }
    })
    .await
    .unwrap();
    store.close().await;
}

fn at(folder: &Path, words: &[&str]) -> Ran {
    let database = folder.join("receiver.sqlite");
    bintang(words.iter().copied().chain(["--database", database.to_str().unwrap()]))
}

#[tokio::test]
async fn what_is_stored_is_proved_again_and_what_was_altered_is_named() {
    let folder = tempdir().unwrap();
    let (envelope, key) = (envelope(1), SecretKey::make().unwrap());
    let document = document(&envelope, &key);
    stored(folder.path(), vec![(envelope.clone(), document.clone())]).await;
    let (id, rubrics) = (envelope.id.to_string(), repository("public/rubrics"));
    let verify = || at(folder.path(), &["verify", &id, "--rubrics", rubrics.to_str().unwrap()]);

    let whole = verify();
    assert_eq!(whole.code, 0, "{} {}", whole.out, whole.err);
    for said in [
        "the score is reckoned again, the same".to_owned(),
        format!("unchanged since key {} signed it", key.public().name().short()),
        "the sender: valid-new".to_owned(),
        format!("photo {}, byte for byte", Digest::of(PHOTO)),
        "all of it holds".to_owned(),
    ] {
        assert!(whole.out.contains(&said), "{said}: {}", whole.out);
    }

    // A word of what was sent, in the database itself.
    let mut database = sqlx::SqliteConnection::connect(folder.path().join("receiver.sqlite").to_str().unwrap());
    let mut database = database.as_mut().await.unwrap();
    let mut put = async |text: &str| {
        let update = sqlx::query("UPDATE submissions SET document = $1").bind(text.to_owned());
        update.execute(&mut database).await.unwrap();
    };
    let word = format!("\"name\":\"{}\"", envelope.assessor.name);
    assert!(document.contains(&word));
    put(&document.replace(&word, "\"name\":\"Orang lain\"")).await;
    let altered = verify();
    assert_eq!(altered.code, 1);
    assert!(altered.out.contains("BROKEN  digest") && altered.out.contains("BROKEN  the phone: its signature"));
    put("{}").await;
    assert!(verify().out.contains("BROKEN  what is stored is no assessment"));
    put(&document).await;

    // A photo, on the disk.
    let photo = format!("{}/{}", envelope.assessment, Digest::of(PHOTO));
    let photo = folder.path().join("evidence").join(photo);
    fs::write(&photo, b"another").unwrap();
    assert!(verify().out.contains("BROKEN  photo"), "{}", verify().out);
    fs::remove_file(&photo).unwrap();
    assert!(verify().out.contains("it was received, and is gone"));

    let unknown = at(folder.path(), &["verify", &SubmissionId::new(Millis(1), &[9; 10]).to_string()]);
    assert!(unknown.code == 1 && unknown.err.contains("there is no assessment"), "{}", unknown.err);
}

#[tokio::test]
async fn another_phone_of_an_assessor_is_added_and_taken_away() {
    let folder = tempdir().unwrap();
    let (own, other) = (SecretKey::make().unwrap(), SecretKey::make().unwrap());
    let mut documents: Vec<_> = [(1, &own), (2, &other)]
        .into_iter()
        .map(|(number, key)| (envelope(number), document(&envelope(number), key)))
        .collect();
    documents.push((envelope(3), envelope(3).seal().unwrap().document));
    stored(folder.path(), documents).await;
    let key = |words: &[&str]| at(folder.path(), &[&["key"], words].concat());
    let (own, other) = (own.public().name(), other.public().name());

    let list = key(&["list"]).out;
    assert!(list.lines().count() == 1 && list.starts_with(&format!("{}\tfirst\t", own.short())), "{list}");
    let added = key(&["add", &envelope(2).id.to_string()]);
    assert!(added.code == 0 && added.err.contains(&other.short()), "{}", added.err);
    assert!(key(&["list"]).out.contains(&format!("{}\tadded\t", other.short())));
    let unsigned = key(&["add", &envelope(3).id.to_string()]);
    assert!(unsigned.code == 1 && unsigned.err.contains("is not signed"), "{}", unsigned.err);
    assert_eq!(key(&["remove", &other.short()]).code, 0);
    assert_eq!(key(&["remove", &other.short()]).code, 1);
    let after = key(&["list"]).out;
    assert!(after.starts_with(&list) && after.contains(&format!("{}\tremoved\t", other.short())), "{after}");
    // Found again, it is added again.
    assert_eq!(key(&["add", &envelope(2).id.to_string()]).code, 0);
    assert!(key(&["list"]).out.contains(&format!("{}\tadded\t", other.short())));

    // The key of receipts goes into what is handed to phones.
    let shown = key(&["show"]);
    let name = shown.out.trim();
    let file = bintang(["endpoint", "https://ovop.example.id/assessments", "--receipt-key", name]);
    assert_eq!(file.json()["receipt_key"], name);
    let bad = bintang(["endpoint", "https://ovop.example.id/assessments", "--receipt-key", "x"]);
    assert!(bad.code != 0 && bad.err.contains("64 hexadecimal digits"), "{}", bad.err);
}
