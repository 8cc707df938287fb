//! What is stored once, and what is said about it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    digest::Digest,
    id::NodeId,
    wire::{
        envelope::{EvidenceEntry, Replaces},
        receipt,
    },
};
use bintang_receiver::rubrics::Rubrics;
use common::{envelope, server::Server};
use serde_json::json;
use tempfile::tempdir;

#[tokio::test]
async fn every_sample_is_reckoned_again_as_expected() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let samples = envelope::samples();
    assert_eq!(samples.len(), 10);
    for (number, (name, sample)) in (0..).zip(&samples) {
        let envelope = envelope::envelope(sample, number);
        let sealed = envelope.seal().unwrap();
        let answer = server.post(&sealed.document).await;
        assert_eq!(answer.status, 201, "{name}: {}", answer.text());
        let receipt = receipt::check(&answer.body, envelope.id, sealed.digest).unwrap();
        let recomputed = receipt.recomputed.unwrap();
        assert_eq!(serde_json::to_value(recomputed.total).unwrap(), sample["expect"]["total"], "{name}");
        assert_eq!(recomputed.stars, sample["expect"]["stars"], "{name}");
        assert_eq!((receipt.receiver.as_str(), receipt.sender.as_str()), ("Uji", "absent"));
        assert_eq!((receipt.evidence.len(), receipt.missing.len(), receipt.signature.is_some()), (0, 0, true));
        let moment = receipt.received_at.as_bytes();
        assert!(moment.len() == 20 && moment[10] == b'T' && moment[19] == b'Z', "{}", receipt.received_at);
    }
}

#[tokio::test]
async fn a_repeat_gets_the_same_receipt_and_a_conflict_changes_nothing() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let first = envelope::food(1);
    let document = first.seal().unwrap().document;
    let new = server.post(&document).await;
    // The same content written otherwise: members in another order, white space, and a word for the receiver's logs.
    let json: serde_json::Value = serde_json::from_str(&document).unwrap();
    let otherwise = serde_json::to_string_pretty(&json).unwrap();
    let slash = server.post_to("/assessments/", &document).await;
    for repeated in [server.post(&document).await, server.post(&otherwise).await, slash] {
        assert_eq!((new.status.as_u16(), repeated.status.as_u16()), (201, 200));
        assert_eq!(repeated.body, new.body);
    }
    let mut other = first.clone();
    other.subject.product = "Lain".to_owned();
    let conflict = server.post(&other.seal().unwrap().document).await;
    assert_eq!((conflict.status.as_u16(), conflict.json()["code"].as_str()), (409, Some("conflict")));
    let asked = server.get(&format!("/assessments/{}/receipt", first.id)).await;
    assert_eq!((asked.status.as_u16(), asked.body), (200, new.body));
}

#[tokio::test]
async fn under_a_stored_id_nothing_else_is_judged() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let first = envelope::food(1);
    let stored = server.post(&first.seal().unwrap().document).await;
    assert_eq!(stored.status, 201);
    let changed = |pointer: &str, value: serde_json::Value| {
        let mut document: serde_json::Value = serde_json::from_str(&first.seal().unwrap().document).unwrap();
        *document.pointer_mut(pointer).unwrap() = value;
        document.to_string()
    };
    let replaces =
        json!({"id": first.id.to_string(), "digest": Digest::of(b"other").to_string(), "reason": "Salah baca"});
    for other in [
        changed("/envelope/sheet/answers/A.I.1/option", json!("zzz")),
        changed("/envelope/sheet/rubric/version", json!("0")),
        changed("/envelope/sheet", json!([])),
        changed("/envelope/replaces", replaces),
    ] {
        let answer = server.post(&other).await;
        let problem = answer.json();
        assert_eq!((answer.status.as_u16(), problem["code"].as_str()), (409, Some("conflict")), "{problem}");
    }
    let asked = server.get(&format!("/assessments/{}/receipt", first.id)).await;
    assert_eq!((asked.status.as_u16(), asked.body), (200, stored.body));
}

#[tokio::test]
async fn what_is_stored_gets_its_receipt_again_though_it_would_be_refused_today() {
    let folder = tempdir().unwrap();
    // Without the rubric's file a sheet can only be taken as it is.
    let server = Server::receiver_with(folder.path(), Rubrics::default()).await;
    let mut unknown_option: serde_json::Value =
        serde_json::from_str(&envelope::food(1).seal().unwrap().document).unwrap();
    *unknown_option.pointer_mut("/envelope/sheet/answers/A.I.1/option").unwrap() = json!("zzz");
    // Replaces a finishing that has not come here.
    let (first, mut second) = (envelope::food(2), envelope::food(3));
    second.replaces = Some(Replaces { id: first.id, digest: Digest::of(b"other"), reason: String::new() });
    let documents = [unknown_option.to_string(), second.seal().unwrap().document];
    let mut receipts = Vec::new();
    for document in &documents {
        let answer = server.post(document).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        receipts.push(answer.body);
    }
    server.stop().await;

    let server = Server::receiver(folder.path()).await;
    assert_eq!(server.post(&first.seal().unwrap().document).await.status, 201);
    for (document, receipt) in documents.iter().zip(receipts) {
        let repeated = server.post(document).await;
        assert_eq!((repeated.status.as_u16(), repeated.body), (200, receipt));
    }
}

#[tokio::test]
async fn fifty_at_once_make_one_row_and_equal_receipts() {
    let folder = tempdir().unwrap();
    // Two receivers on one database, as behind a balancer.
    let servers = [Server::receiver(folder.path()).await, Server::receiver(folder.path()).await];
    let document = envelope::food(1).seal().unwrap().document;
    let mut asked = tokio::task::JoinSet::new();
    for number in 0..50 {
        let (address, document) = (servers[number % 2].address, document.clone());
        asked.spawn(async move {
            let head = [("content-type", "application/json")];
            common::client::send(address, hyper::Method::POST, "/assessments", &head, document.as_bytes()).await
        });
    }
    let answers = asked.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 49);
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
}

#[tokio::test]
async fn a_restart_keeps_what_was_received() {
    let folder = tempdir().unwrap();
    let envelope = envelope::food(1);
    let document = envelope.seal().unwrap().document;
    let server = Server::receiver(folder.path()).await;
    let before = server.post(&document).await;
    server.stop().await;
    let server = Server::receiver(folder.path()).await;
    let after = server.post(&document).await;
    assert_eq!((after.status.as_u16(), after.body), (200, before.body));
}

#[tokio::test]
async fn without_the_rubric_s_file_nothing_is_reckoned() {
    let folder = tempdir().unwrap();
    let server = Server::receiver_with(folder.path(), Rubrics::default()).await;
    let answer = server.post(&envelope::food(1).seal().unwrap().document).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["recomputed"]), (201, &serde_json::Value::Null));
    // The same rubric by name, but another file.
    let other = tempdir().unwrap();
    let server = Server::receiver(other.path()).await;
    let mut envelope = envelope::food(1);
    envelope.rubric.sha256 = Digest::of(b"other");
    let answer = server.post(&envelope.seal().unwrap().document).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["recomputed"]), (201, &serde_json::Value::Null));
}

#[tokio::test]
async fn files_that_belong_to_it_are_missing_until_they_come() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let mut envelope = envelope::food(1);
    let file = EvidenceEntry {
        sha256: Digest::of(b"photo"),
        media_type: "image/jpeg".to_owned(),
        bytes: 5,
        criterion: NodeId::parse("A.I.1").unwrap(),
        option: None,
        taken_at: None,
        coordinates: None,
        caption: String::new(),
    };
    envelope.evidence = vec![file.clone(), file];
    let answer = server.post(&envelope.seal().unwrap().document).await;
    assert_eq!(answer.json()["missing"], json!([Digest::of(b"photo").to_string()]));
}

#[tokio::test]
async fn what_is_replaced_must_be_what_is_stored() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let first = envelope::food(1);
    let sealed = first.seal().unwrap();
    assert_eq!(server.post(&sealed.document).await.status, 201);
    let mut second = envelope::food(2);
    second.assessment = first.assessment;
    second.replaces = Some(Replaces { id: first.id, digest: Digest::of(b"other"), reason: "Salah baca".to_owned() });
    let answer = server.post(&second.seal().unwrap().document).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (422, Some("bad_replaces")));
    second.replaces = Some(Replaces { id: first.id, digest: sealed.digest, reason: "Salah baca".to_owned() });
    assert_eq!(server.post(&second.seal().unwrap().document).await.status, 201);
    // Withdrawn before it was ever sent.
    let mut third = envelope::food(3);
    third.replaces = Some(Replaces { id: envelope::food(9).id, digest: sealed.digest, reason: String::new() });
    assert_eq!(server.post(&third.seal().unwrap().document).await.status, 201);
}
