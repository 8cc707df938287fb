//! Signatures: what a receiver says of whoever signed, and its own signature under receipts (docs/adr/0018).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    es256::KeyName,
    wire::{
        envelope::{Envelope, signed, to_sign},
        receipt::stored,
    },
};
use bintang_receiver::es256::{SecretKey, holds};
use bintang_receiver::tokens::Scope;
use common::{
    envelope,
    server::{self, Server},
    token::{ask, made},
};
use hyper::Method;
use serde_json::Value;
use std::sync::Arc;
use tempfile::tempdir;

/// The document of an envelope, signed by a key.
fn document(envelope: &Envelope, key: &SecretKey) -> String {
    let unsigned = envelope.seal().unwrap().document;
    signed(&unsigned, &key.sign(to_sign(&unsigned).unwrap().as_bytes())).unwrap()
}

fn sender(receipt: &Value) -> &str {
    receipt["sender"].as_str().unwrap()
}

/// The key by which a receipt is signed, where that holds.
fn signer(receipt: &Value) -> Option<KeyName> {
    let receipt = stored(receipt.to_string().as_bytes()).unwrap();
    let said = receipt.said();
    let signature = said.signature()?;
    holds(signature, receipt.to_sign().as_bytes()).then(|| signature.key.name())
}

#[tokio::test]
async fn the_first_key_of_an_assessor_is_kept_and_another_one_is_told_from_it() {
    let folder = tempdir().unwrap();
    let store = server::store(folder.path()).await;
    let server = Server::receiver(folder.path()).await;
    let (own, other) = (SecretKey::make().unwrap(), SecretKey::make().unwrap());
    let mut said = Vec::new();
    for (number, key) in [(1, Some(&own)), (2, Some(&own)), (3, Some(&other)), (4, None), (5, Some(&own))] {
        let envelope = envelope::food(number);
        let document = key.map_or_else(|| envelope.seal().unwrap().document, |key| document(&envelope, key));
        let answer = server.post(&document).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        // Asked for again it is the same, whatever is known by then.
        assert_eq!(server.post(&document).await.json(), answer.json());
        said.push(sender(&answer.json()).to_owned());
    }
    assert_eq!(said, ["valid-new", "valid-known", "valid-other-key", "absent", "valid-known"]);

    // Somebody says that the other phone is theirs too, then that it is nobody's.
    let known = store.sender_keys().await.unwrap();
    let [first] = known.as_slice() else { panic!("{known:?}") };
    assert_eq!((&first.key, first.by_hand, first.team.as_str()), (&own.public().name(), false, ""));
    let name = other.public().name();
    assert!(store.add_sender_key("", &first.assessor, name, 1).await.unwrap());
    assert!(!store.add_sender_key("", &first.assessor, name, 1).await.unwrap());
    let answer = server.post(&document(&envelope::food(6), &other)).await;
    assert_eq!(sender(&answer.json()), "valid-known");
    assert_eq!(store.remove_sender_key(name, 9).await.unwrap(), 1);
    let answer = server.post(&document(&envelope::food(7), &other)).await;
    assert_eq!(sender(&answer.json()), "valid-other-key");

    // Another assessor has a first key of their own.
    let third = SecretKey::make().unwrap();
    let mut foreign = envelope::food(8);
    foreign.assessor.name = "Seseorang lain".into();
    assert_eq!(sender(&server.post(&document(&foreign, &third)).await.json()), "valid-new");
    foreign = envelope::food(9);
    foreign.assessor.name = "  seseorang  Lain ".into();
    assert_eq!(sender(&server.post(&document(&foreign, &third)).await.json()), "valid-known");
}

#[tokio::test]
async fn what_does_not_hold_is_stored_and_said_to_be_invalid() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let key = SecretKey::make().unwrap();
    // The signature of another envelope; something that is no signature; a point beside the curve.
    let borrowed = document(&envelope::food(1), &key);
    let borrowed: Value = serde_json::from_str(&borrowed).unwrap();
    let mut beside = borrowed["signature"].clone();
    beside["key"]["y"] = beside["key"]["x"].clone();
    for (number, signature) in
        [(2, borrowed["signature"].clone()), (3, serde_json::json!({"alg": "none"})), (4, beside), (5, "x".into())]
    {
        let mut document: Value = serde_json::from_str(&envelope::food(number).seal().unwrap().document).unwrap();
        document["signature"] = signature;
        let answer = server.post(&document.to_string()).await;
        assert_eq!((answer.status.as_u16(), sender(&answer.json())), (201, "invalid"), "{number}");
    }
    // None of them is anybody's first key.
    let answer = server.post(&document(&envelope::food(6), &key)).await;
    assert_eq!(sender(&answer.json()), "valid-new");
}

#[tokio::test]
async fn of_many_first_phones_at_once_one_is_the_first() {
    let folder = tempdir().unwrap();
    let store = server::store(folder.path()).await;
    let (one, two) = (Server::receiver(folder.path()).await, Server::receiver(folder.path()).await);
    let servers = [Arc::new(one), Arc::new(two)];
    let mut all = tokio::task::JoinSet::new();
    for number in 1..=16 {
        let document = document(&envelope::food(number), &SecretKey::make().unwrap());
        // Each to both receivers: whatever the one says, the other says.
        for server in &servers {
            let (server, document) = (server.clone(), document.clone());
            all.spawn(async move { (number, server.post(&document).await.body) });
        }
    }
    let mut said = all.join_all().await;
    said.sort_unstable();
    let mut firsts = 0;
    for both in said.chunks(2) {
        assert_eq!(String::from_utf8_lossy(&both[0].1), String::from_utf8_lossy(&both[1].1));
        let receipt: Value = serde_json::from_slice(&both[0].1).unwrap();
        match sender(&receipt) {
            "valid-new" => firsts += 1,
            other => assert_eq!(other, "valid-other-key"),
        }
    }
    assert_eq!((firsts, store.sender_keys().await.unwrap().len()), (1, 1));
}

#[tokio::test]
async fn what_is_not_stored_makes_no_key_anybodys() {
    let folder = tempdir().unwrap();
    let store = server::store(folder.path()).await;
    let server = Server::receiver(folder.path()).await;
    let (own, other) = (SecretKey::make().unwrap(), SecretKey::make().unwrap());
    assert_eq!(server.post(&envelope::food(1).seal().unwrap().document).await.status, 201);
    // Something else under its id.
    let mut conflicting = envelope::food(1);
    conflicting.subject.product = "Lain".into();
    assert_eq!(server.post(&document(&conflicting, &other)).await.status, 409);
    assert_eq!(store.sender_keys().await.unwrap(), []);
    assert_eq!(sender(&server.post(&document(&envelope::food(2), &own)).await.json()), "valid-new");

    // The phone was lost: it is nobody's first again, not even another assessor's, and the new one is.
    assert_eq!(store.remove_sender_key(own.public().name(), 1).await.unwrap(), 1);
    assert_eq!(sender(&server.post(&document(&envelope::food(3), &own)).await.json()), "valid-other-key");
    let mut foreign = envelope::food(4);
    foreign.assessor.name = "Seseorang lain".into();
    assert_eq!(sender(&server.post(&document(&foreign, &own)).await.json()), "valid-other-key");
    assert_eq!(sender(&server.post(&document(&envelope::food(5), &other)).await.json()), "valid-new");
    // A name as long as nobody's.
    let mut endless = envelope::food(6);
    endless.assessor.name =
        (0..60_000_u32).filter_map(char::from_u32).filter(|letter| letter.is_alphabetic()).collect();
    assert_eq!(sender(&server.post(&document(&endless, &other)).await.json()), "valid-new");
}

#[tokio::test]
async fn receipts_are_signed_by_the_key_of_the_database() {
    let folder = tempdir().unwrap();
    let store = server::store(folder.path()).await;
    let name = store.receipt_key().public().name();
    let (one, two) = (Server::receiver(folder.path()).await, Server::receiver(folder.path()).await);
    let envelope = envelope::food(1);
    let document = envelope.seal().unwrap().document;
    let first = one.post(&document).await;
    assert_eq!(signer(&first.json()), Some(name));
    // Another receiver on the same database, and the same bytes.
    assert_eq!(two.post(&document).await.body, first.body);
    let later = one.get(&format!("/assessments/{}/receipt", envelope.id)).await;
    assert_eq!(later.body, first.body);
    let mut altered = first.json();
    altered["recomputed"]["stars"] = 5.into();
    assert_eq!(signer(&altered), None);
    let mut altered = first.json();
    altered["sender"] = "valid-known".into();
    assert_eq!(signer(&altered), None);
}

#[tokio::test]
async fn lists_and_pages_say_whose_phone_it_was() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let token = made(folder.path(), "tim", &[Scope::Upload, Scope::Read]).await;
    let get = async |path: &str| ask(&server, Method::GET, path, Some(&token), b"").await;
    let (own, other) = (SecretKey::make().unwrap(), SecretKey::make().unwrap());
    for (number, key) in [(1, &own), (2, &other)] {
        let document = document(&envelope::food(number), key);
        let answer = ask(&server, Method::POST, "/assessments", Some(&token), document.as_bytes()).await;
        assert_eq!(answer.status, 201);
    }
    let list = get("/assessments").await.json();
    let senders: Vec<_> = list["assessments"].as_array().unwrap().iter().map(|row| row["sender"].clone()).collect();
    assert_eq!(senders, ["valid-other-key", "valid-new"]);
    assert_eq!(list["assessments"][1]["key"], own.public().name().0.to_string());
    let csv = get("/assessments.csv").await;
    let csv = csv.text();
    assert!(csv.contains(&format!("valid-other-key,{}", other.public().name().0)), "{csv}");
    for (number, key, word) in [(1, &own, "ponsel pertama"), (2, &other, "ponsel lain")] {
        let id = envelope::food(number).id;
        let page = get(&format!("/results/{id}")).await;
        let page = page.text();
        assert!(page.contains(word) && page.contains(&key.public().name().short()), "{page}");
        let receipt = get(&format!("/results/{id}/receipt")).await;
        assert!(signer(&receipt.json()).is_some());
        assert!(receipt.head("content-disposition").contains(&format!("bintang-receipt-{id}.json")));
    }
}
