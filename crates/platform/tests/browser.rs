//! The stores on IndexedDB, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "browser/hand.rs"]
mod hand;

use bintang_domain::{
    draft::Revision,
    lock::StoreKey,
    ports::{
        StoreError,
        cipher::{Cipher as _, CipherError},
        seal::Sealers as _,
        signer::Signer as _,
        tables::Table,
    },
    store::{Listed, Photos, Signatures, Store},
    submission::Finished,
};
use bintang_platform::{
    cipher::WebCipher,
    idb::{Connection, schema::VERSION},
    sealer::AesSealers,
    signer::WebSigner,
};
use bintang_testkit::{
    backup_store, build,
    cipher::{TestCipher, TestSealers},
    draft_store, endpoint_store, outbox_store, photo_store, rubric_store, signature_store,
};
use std::{
    rc::Rc,
    sync::atomic::{AtomicU32, Ordering},
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

// The page of the tests, as `public/start.js` hands over that of the app.
#[wasm_bindgen::prelude::wasm_bindgen(inline_js = "globalThis.bintangHost = {
    root: () => document, store: () => 'bintang', given: () => undefined, embedded: () => false, fleeting: () => false,
    url: (file) => file, listen: (target, event, then) => target.addEventListener(event, then),
    sleep: (span) => new Promise((done) => setTimeout(done, span)),
};
export const here = () => true;")]
extern "C" {
    fn here() -> bool;
}

/// A name that no other test has; the profile is new for each run.
fn name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn connect(name: &str) -> (Store, Connection) {
    // What is called is linked, and what is linked has run.
    assert!(here());
    let connection = Connection::open_named(name).await.unwrap();
    (Store::new(Rc::new(connection.clone())), connection)
}

async fn open_named(name: &str) -> Store {
    connect(name).await.0
}

async fn open() -> Store {
    open_named(&name()).await
}

#[wasm_bindgen_test]
async fn drafts_keep_their_promises() {
    draft_store::suite(open).await;
}

#[wasm_bindgen_test]
async fn the_outbox_keeps_its_promises() {
    outbox_store::suite(open).await;
}

#[wasm_bindgen_test]
async fn photos_keep_their_promises() {
    photo_store::suite(open).await;
}

#[wasm_bindgen_test]
async fn signatures_keep_their_promises() {
    signature_store::suite(open).await;
    endpoint_store::suite(open).await;
}

#[wasm_bindgen_test]
async fn rubrics_keep_their_promises() {
    rubric_store::suite(open).await;
}

#[wasm_bindgen_test]
async fn backups_keep_their_promises() {
    backup_store::suite(open).await;
}

#[wasm_bindgen_test]
async fn the_browsers_cipher_is_the_one_of_the_crates() {
    let (own, other) = (WebCipher, TestCipher::default());
    // Fewer rounds than anything is ever locked with: the two must only be equal.
    let (own_key, other_key) = (
        own.derive("tiga kata sandi ★", b"sixteen bytes ok", 1_000).await.unwrap(),
        other.derive("tiga kata sandi ★", b"sixteen bytes ok", 1_000).await.unwrap(),
    );
    let (nonce, plain) = ([7; 12], b"Keripik".to_vec());
    let sealed = own_key.seal(nonce, b"place", plain.clone()).await.unwrap();
    assert_eq!(sealed, other_key.seal(nonce, b"place", plain.clone()).await.unwrap());
    assert_eq!(own_key.open(nonce, b"place", sealed.clone()).await, Ok(plain.clone()));
    assert_eq!(own_key.open(nonce, b"other", sealed.clone()).await, Err(CipherError::Unopened));
    assert_eq!(own_key.open([8; 12], b"place", sealed).await, Err(CipherError::Unopened));
    assert_ne!(own.random(16), own.random(16));
    // And what seals records is the same AES-256-GCM.
    let key = StoreKey::new(&own).unwrap();
    let (records, tested) = (AesSealers.of(&key), TestSealers.of(&key));
    let sealed = records.seal(nonce, b"heads", plain.clone()).unwrap();
    assert_eq!(tested.open(nonce, b"heads", sealed.clone()), Some(plain));
    assert_eq!(records.open(nonce, b"notes", sealed), None);
}

#[wasm_bindgen_test]
async fn every_write_is_strict() {
    let store = open().await;
    let watch = hand::watch_transactions();
    store.save(Revision(0), build::head(1, 1), build::changes()).await.unwrap();
    let (photo, bytes) = build::photo(1);
    store.keep_photo(build::assessment(1), photo.clone(), bytes).await.unwrap();
    let (scaled, bytes) = build::scaled(1);
    store.scale_photo(build::assessment(1), &photo, scaled, Some(bytes)).await.unwrap();
    let photos = vec![build::scaled(1).0];
    store.finish(Revision(1), Finished { photos, ..build::finishing(1, 2) }).await.unwrap();
    store.put(build::entry(1), Some(build::receipt(&build::entry(1)))).await.unwrap();
    store.install_rubric(b"rubric".to_vec()).await.unwrap();
    // As the transactions themselves say it, not as they were asked for.
    assert_eq!(hand::seen(&watch), ["readwrite strict"; 6]);
}

#[wasm_bindgen_test]
async fn what_was_saved_is_there_for_another_connection() {
    let name = name();
    let store = open_named(&name).await;
    store.save(Revision(0), build::head(1, 1), build::changes()).await.unwrap();
    let other = open_named(&name).await;
    assert_eq!(other.open(build::assessment(1)).await, store.open(build::assessment(1)).await);
    // Two tabs on one draft: the second to save is told, and nothing of the first is lost.
    other.save(Revision(1), build::head(1, 2), build::chosen("A.I.1", "a")).await.unwrap();
    let late = store.save(Revision(1), build::head(1, 2), build::chosen("A.I.1", "b")).await;
    assert_eq!(late, Err(StoreError::Conflict { stored: Some(Revision(2)) }));
}

#[wasm_bindgen_test]
async fn a_closed_connection_is_opened_again() {
    let (store, connection) = connect(&name()).await;
    store.save(Revision(0), build::head(1, 1), build::changes()).await.unwrap();
    connection.close();
    assert_eq!(store.heads().await, Ok(vec![Listed::Whole(Box::new(build::head(1, 1)))]));
    connection.close();
    store.save(Revision(1), build::head(1, 2), build::changes()).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_newer_version_in_another_tab_is_not_blocked() {
    let name = name();
    let store = open_named(&name).await;
    store.save(Revision(0), build::head(1, 1), build::changes()).await.unwrap();
    assert_eq!(hand::raise_version(&name, VERSION + 1).await, "upgraded");
    // This page is too old for the database now: it says so and writes nothing.
    let error = store.save(Revision(1), build::head(1, 2), build::changes()).await;
    assert_eq!(error, Err(StoreError::Outdated));
}

/// The store as each earlier version of the schema wrote it: by the app of its time, never changed since.
const EARLIER: [(u32, &str); 1] = [(1, include_str!("../../../tests/fixtures/store/version-1.json"))];

#[wasm_bindgen_test]
async fn what_every_earlier_version_stored_is_there() {
    assert_eq!(EARLIER.map(|(version, _)| version), std::array::from_fn(|at| u32::try_from(at).unwrap() + 1));
    assert_eq!(EARLIER.len() + 1, VERSION as usize, "a file for each version before this one");
    for (version, text) in EARLIER {
        let name = name();
        hand::make_as_version(&name, version, text).await;
        let store = open_named(&name).await;
        let before: serde_json::Value = serde_json::from_str(text).unwrap();
        let now = hand::all(&name).await;
        for (table, records) in before.as_object().unwrap() {
            assert_eq!(now[table], *records, "{table} of version {version}");
        }
        assert_eq!(now.as_object().unwrap().len(), Table::ALL.len());
        // And the app works on with it.
        let draft = store.open(build::assessment(1)).await.unwrap().unwrap();
        assert_eq!(draft.answers.criteria.len(), 6);
        assert_eq!(store.photos(build::assessment(1)).await.unwrap().whole.len(), 1);
        assert_eq!(store.signatures(build::assessment(1)).await, Ok(Signatures::default()));
        store.save(Revision(1), build::head(1, 2), build::changes()).await.unwrap();
        assert_eq!(store.entries().await.unwrap().whole.len(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_damaged_head_is_listed_and_exported_and_the_others_are_whole() {
    let name = name();
    let store = open_named(&name).await;
    for n in [1, 2, 3] {
        store.save(Revision(0), build::head(n, 1), build::changes()).await.unwrap();
    }
    let damaged = build::assessment(2).to_string();
    hand::put(&name, Table::Heads.name(), &damaged, "", "{\"assessment\":\"").await;
    let mut heads = store.heads().await.unwrap();
    heads.retain(|listed| !matches!(listed, Listed::Whole(_)));
    assert_eq!(heads, [Listed::Damaged { key: damaged.clone() }]);
    assert_eq!(store.heads().await.unwrap().len(), 3);
    assert_eq!(store.open(build::assessment(2)).await, Err(StoreError::Corrupt));
    assert!(store.open(build::assessment(1)).await.unwrap().is_some());
    let export = store.export(&damaged).await.unwrap();
    assert!(export.contains("{\\\"assessment\\\":\\\"") && export.contains("criterion/A.I.1"), "{export}");
    // Nothing writes over what a person may still want to have mended.
    let error = store.save(Revision(1), build::head(2, 2), build::changes()).await;
    assert_eq!(error, Err(StoreError::Corrupt));
}

#[wasm_bindgen_test]
async fn a_damaged_answer_is_no_empty_one() {
    let name = name();
    let store = open_named(&name).await;
    store.save(Revision(0), build::head(1, 1), build::changes()).await.unwrap();
    let id = build::assessment(1).to_string();
    hand::put(&name, Table::Answers.name(), &id, "criterion/A.I.1", "{\"option\":").await;
    assert_eq!(store.open(build::assessment(1)).await, Err(StoreError::Corrupt));
    assert!(store.export(&id).await.unwrap().contains("{\\\"option\\\":"));
}

#[wasm_bindgen_test]
async fn a_damaged_outbox_record_is_listed_and_exported() {
    let name = name();
    let store = open_named(&name).await;
    for n in [1, 2] {
        store.put(build::entry(n), None).await.unwrap();
    }
    let damaged = build::submission(2).to_string();
    let text = format!("{{\"assessment\":\"{}\",\"document\":\"isi\"", build::assessment(2));
    hand::put(&name, Table::Outbox.name(), &damaged, "", &text).await;
    let entries = store.entries().await.unwrap();
    assert_eq!((entries.whole, entries.damaged), (vec![build::entry(1)], vec![damaged.clone()]));
    for key in [damaged, build::assessment(2).to_string()] {
        assert!(store.export(&key).await.unwrap().contains("isi"), "{key}");
    }
}

#[wasm_bindgen_test]
async fn a_full_disk_is_said_and_changes_nothing() {
    let store = open().await;
    store.save(Revision(0), build::head(1, 1), build::chosen("A.I.1", "a")).await.unwrap();
    let before = store.open(build::assessment(1)).await.unwrap();
    // The k-th put of the transaction fails, for every k.
    let mut put = 0;
    loop {
        let disk = hand::fill_disk_at(put);
        let saved = store.save(Revision(1), build::head(1, 2), build::changes()).await;
        hand::empty_disk(&disk);
        if saved.is_ok() {
            break;
        }
        assert_eq!(saved, Err(StoreError::Full), "put {put}");
        assert_eq!(store.open(build::assessment(1)).await.unwrap(), before, "put {put}");
        put += 1;
    }
    assert_eq!(put, 14, "one head, nine answers, two notes, two lines of the log");
    for put in 0..2 {
        let disk = hand::fill_disk_at(put);
        let (photo, bytes) = build::photo(1);
        let kept = store.keep_photo(build::assessment(1), photo, bytes).await;
        hand::empty_disk(&disk);
        assert_eq!(kept, Err(StoreError::Full), "put {put}");
        assert_eq!(store.photos(build::assessment(1)).await, Ok(Photos::default()), "put {put}");
        assert_eq!(store.photo_bytes(build::assessment(1), build::photo_id(1)).await, Ok(None), "put {put}");
    }
    for put in 0..3 {
        let disk = hand::fill_disk_at(put);
        let finished = store.finish(Revision(2), build::finishing(1, 3)).await;
        hand::empty_disk(&disk);
        assert_eq!(finished, Err(StoreError::Full), "put {put}");
        assert_eq!(store.entries().await.map(|entries| entries.whole), Ok(Vec::new()), "put {put}");
        let draft = store.open(build::assessment(1)).await.unwrap().unwrap();
        assert_eq!((draft.head.revision, draft.answers.criteria.len()), (Revision(2), 6), "put {put}");
    }
}

#[wasm_bindgen_test]
async fn the_phone_has_one_key_that_stays_and_signs() {
    let name = name();
    let (one, other) = (WebSigner::named(&name), WebSigner::named(&name));
    assert_eq!(one.name().await, None);
    // Two tabs that finish at once, for the first time.
    let (first, second) = futures::join!(one.sign(b"one".to_vec()), other.sign(b"two".to_vec()));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.key, second.key);
    assert_eq!(one.name().await, Some(first.key.name()));
    assert_eq!(one.holds(first, b"one".to_vec()).await, Some(true));
    assert_eq!(one.holds(first, b"two".to_vec()).await, Some(false));
    assert_eq!(one.holds(second, b"two".to_vec()).await, Some(true));
    let mut beside = first;
    beside.key.y[31] ^= 1;
    assert_eq!(one.holds(beside, b"one".to_vec()).await, Some(false));
}
