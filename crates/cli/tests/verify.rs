//! `bintang verify`: a bundle that was tampered with is told from one that holds, and where.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    backup::{Backup, Scope},
    bundle::{Kind, Lock, Opened},
    digest::Digest,
    draft::{Changes, Draft, Revision},
    edit::Notes,
    log::{Change, What, append},
    outbox::State,
    rubric,
    score::score,
    store::Store,
    submission::Finish,
    wire::{answers, envelope::RubricRef, receipt::Receipt},
};
use bintang_receiver::es256::SecretKey;
use bintang_testkit::{build, bundle, cipher::TestCipher};
use common::{bintang, repository};
use futures::executor::block_on;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path, rc::Rc};
use tempfile::tempdir;

type Files = BTreeMap<String, Vec<u8>>;
type Tamper<'t> = &'t dyn Fn(&mut Files);

/// A store with a finished assessment, its photo, rubric and receipt.
async fn stored() -> Store {
    let bytes = fs::read(repository("public/rubrics/food.json")).unwrap();
    let rubric = rubric::read(&bytes).rubric.unwrap();
    let sample = fs::read(repository("tests/fixtures/ovop/food-1-keripik-talas.json")).unwrap();
    let sample: Value = serde_json::from_slice(&sample).unwrap();
    let sheet = answers::read(&sample["sheet"]).unwrap();
    let mut head = build::head(1, 1);
    head.rubric = RubricRef { id: rubric.id.clone(), version: rubric.version.clone(), sha256: Digest::of(&bytes) };
    let log = (0..3).map(|n| Change::of_event(build::START.plus(n), What::Carried(build::assessment(2))));
    let log = log.map(|change| append(&mut head.log, change)).collect();
    let draft = Draft { head, answers: sheet.answers, notes: Notes::new() };
    let places: Vec<_> = draft.answers.places().collect();
    let changes = Changes { rubric: Some(bytes), log, ..Changes::of(places.iter(), &draft.answers, &draft.notes) };
    let store = Store::temporary();
    store.save(Revision(0), draft.head.clone(), changes).await.unwrap();
    let (photo, picture) = build::scaled(1);
    store.keep_photo(build::assessment(1), photo.clone(), picture).await.unwrap();
    let finish = Finish {
        id: build::submission(1),
        now: build::START.plus(99),
        monotonic_span: None,
        assessor: draft.head.assessor.clone(),
        endpoint: None,
        app: "test".into(),
        photos: vec![photo.clone()],
        signatures: Vec::new(),
    };
    let score = score(&rubric, &draft.answers);
    let finished = draft.finalise(&rubric, &score, finish).unwrap();
    let key = SecretKey::of(&[7; 32]).unwrap();
    let signature = key.sign(finished.to_sign());
    let finished = finished.signed(&signature);
    let entry = finished.entry.clone();
    store.finish(Revision(1), finished).await.unwrap();
    let receipt = Receipt { evidence: vec![photo.sha256], ..build::receipt(&entry) };
    let signature = key.sign(receipt.to_sign().as_bytes());
    let receipt = receipt.signed(&signature);
    let (receiver, received_at) = (receipt.receiver.clone(), receipt.received_at.clone());
    let state = State::Proved { at: build::START, receiver, received_at, held: 0, read_back: false };
    store.put(bintang_domain::outbox::Entry { state, ..entry }, Some(receipt)).await.unwrap();
    store
}

async fn backup(store: Store, lock: Option<Lock>) -> Vec<u8> {
    let mut backup = Backup::begin(store, Scope::Everything, lock).await.unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = backup.next().await {
        pieces.extend(piece.head);
        pieces.extend(piece.content);
    }
    let (ends, left_out) = backup.finish().await.unwrap();
    assert!(left_out.is_empty());
    [ends.front, pieces, ends.back].concat()
}

/// The files of a bundle, to be tampered with.
async fn files(bytes: Vec<u8>) -> Files {
    let Ok(Opened::Open(bundle)) = Opened::of(Rc::new(bytes)).await else { panic!("it opens") };
    let mut files = Files::new();
    for file in bundle.files() {
        files.insert(file.path.clone(), bundle.read(&file.path).await.unwrap());
    }
    files
}

fn verified(folder: &Path, bytes: &[u8]) -> (i32, String) {
    let file = folder.join("cadangan.bintang");
    fs::write(&file, bytes).unwrap();
    let ran = bintang(["verify".as_ref(), file.as_os_str()]);
    (ran.code, [ran.out, ran.err].concat())
}

#[test]
fn what_holds_is_said_to_and_what_was_altered_is_named() {
    let folder = tempdir().unwrap();
    let whole = block_on(async { backup(stored().await, None).await });
    let (code, said) = verified(folder.path(), &whole);
    assert_eq!(code, 0, "{said}");
    for holds in [
        "4 of 4 files are what the manifest says",
        "Keripik 1",
        "change log: 4 entries, chained to its end",
        "1 of 1 photos of the sheet are there",
        "the end of the log that it names is one of the log's",
        "the score is reckoned again, the same",
        "1 of 1 photos are there",
        "received by “Uji” at 2026-11-24T07:31:00Z",
        "010101010101: unchanged since key",
        "its receipt: unchanged since key",
        "all of it holds",
    ] {
        assert!(said.contains(holds), "{holds}: {said}");
    }
    assert!(!said.contains("BROKEN"), "{said}");

    let files = block_on(files(whole));
    let sheet = files.keys().find(|path| path.starts_with("assessments/")).unwrap().clone();
    let photo = files.keys().find(|path| path.starts_with("evidence/")).unwrap().clone();
    let rubric = files.keys().find(|path| path.starts_with("rubrics/")).unwrap().clone();
    let text = |change: fn(String) -> String| {
        let sheet = sheet.clone();
        move |files: &mut Files| {
            let before = String::from_utf8(files[&sheet].clone()).unwrap();
            let after = change(before.clone());
            assert_ne!(before, after);
            files.insert(sheet.clone(), after.into_bytes());
        }
    };
    // A time in the log; a word of what was sent; the score that was sent; the receipt's sum.
    let in_log = text(|text| text.replacen("\\\"number\\\":2", "\\\"number\\\":3", 1));
    let in_document = text(|text| text.replace("Penilai Contoh", "Penilai Lain"));
    let in_score = text(|text| text.replacen("\\\\\\\"stars\\\\\\\":", "\\\\\\\"stars\\\\\\\":1", 1));
    let in_receipt = text(|text| {
        let place = text.find("\"receipts\"").unwrap();
        let digest = text[place..].find("\\\"digest\\\":\\\"").unwrap() + place + 14;
        let other = if &text[digest..=digest] == "0" { "1" } else { "0" };
        [&text[..digest], other, &text[digest + 1..]].concat()
    });
    let emptied = |member: &'static str| {
        let sheet = sheet.clone();
        move |files: &mut Files| {
            let mut export: Value = serde_json::from_slice(&files[&sheet]).unwrap();
            export[member] = json!({});
            files.insert(sheet.clone(), serde_json::to_vec(&export).unwrap());
        }
    };
    let signed_otherwise = text(|text| {
        let value = text.find("\\\\\\\"value\\\\\\\":\\\\\\\"").unwrap() + 18;
        let other = if &text[value..=value] == "A" { "B" } else { "A" };
        [&text[..value], other, &text[value + 1..]].concat()
    });
    let receipt_of_another = text(|text| text.replace("\\\"receiver\\\":\\\"Uji", "\\\"receiver\\\":\\\"Palsu"));
    let (no_receipt, no_entry) = (emptied("receipts"), emptied("outbox"));
    let cases: [(Tamper<'_>, &str); 12] = [
        (&signed_otherwise, "its signature does not hold"),
        (&receipt_of_another, "its receipt: its signature does not hold"),
        (&no_receipt, "it calls itself proved, and has no receipt"),
        (&no_entry, "the log names it, and it is not there"),
        (&no_entry, "what it is for is not there"),
        (&in_log, "change log: entry"),
        (&in_document, "finishing"),
        (&in_score, "finishing"),
        (&in_receipt, "its receipt is for something else"),
        (&|files: &mut Files| drop(files.remove(&photo)), "0 of 1 photos are there"),
        (
            &|files: &mut Files| drop(files.insert(photo.clone(), b"another".to_vec())),
            "it is another file than its name says",
        ),
        (&|files: &mut Files| drop(files.remove(&rubric)), "its rubric is not there"),
    ];
    for (tamper, named) in cases {
        let mut files = files.clone();
        tamper(&mut files);
        let list: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        let bytes = block_on(bundle::made(Kind::Backup, None, &list)).unwrap();
        let (code, said) = verified(folder.path(), &bytes);
        let broken = said.lines().any(|line| line.contains("BROKEN") && line.contains(named));
        assert!(code == 1 && broken, "{named}: {said}");
    }
}

#[test]
fn what_is_no_bundle_or_locked_is_refused() {
    let folder = tempdir().unwrap();
    let whole = block_on(async { backup(stored().await, None).await });
    for bytes in [b"PK".as_slice(), b"", &whole[..whole.len() - 40]] {
        let (code, said) = verified(folder.path(), bytes);
        assert!(code == 1 && said.contains("it is no whole bundle"), "{said}");
    }
    // A byte of a photo that was turned over on the way.
    let mut turned = whole.clone();
    let place = turned.windows(50).position(|bytes| bytes == [1; 50]).unwrap();
    turned[place] = 2;
    let (code, said) = verified(folder.path(), &turned);
    assert!(code == 1 && said.contains("BROKEN  evidence/"), "{said}");
    let locked = block_on(async {
        let lock = Lock::new(Rc::new(TestCipher::quick()), "frasa sandi uji").await.unwrap();
        backup(stored().await, Some(lock)).await
    });
    let (code, said) = verified(folder.path(), &locked);
    assert!(code == 1 && said.contains("it is locked"), "{said}");
}
