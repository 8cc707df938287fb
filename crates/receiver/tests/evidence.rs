//! Files of evidence: in pieces, continued, checked; the receipt says which are here.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::{digest::Digest, id::SubmissionId, time::Millis, wire::envelope::Envelope};
use common::{
    client::Answer,
    envelope,
    server::{Server, connection},
};
use serde_json::json;
use sqlx::Connection as _;
use std::{fs, path::Path};
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What the app sends at a time.
const CHUNK: usize = 256 * 1024;

fn photo(length: usize, seed: u8) -> Vec<u8> {
    (0..length).map(|place| (place.wrapping_mul(31) >> 3) as u8 ^ seed).collect()
}

fn with_photos(mut envelope: Envelope, photos: &[Vec<u8>]) -> Envelope {
    let entry = |bytes: &Vec<u8>| envelope::file(bytes, "image/jpeg");
    envelope.evidence = photos.iter().map(entry).collect();
    envelope
}

fn path(id: SubmissionId, bytes: &[u8]) -> String {
    format!("/assessments/{id}/evidence/{}", Digest::of(bytes))
}

async fn piece(server: &Server, path: &str, bytes: &[u8], from: usize, to: usize) -> Answer {
    let range = format!("bytes {from}-{}/{}", to - 1, bytes.len());
    let digest = format!("sha-256=:{}:", STANDARD.encode(Digest::of(&bytes[from..to]).bytes()));
    server.put(path, &[("content-range", &range), ("content-digest", &digest)], &bytes[from..to]).await
}

async fn there(server: &Server, path: &str) -> usize {
    let answer = server.head(path).await;
    assert_eq!(answer.status, 200);
    answer.head("content-length").parse().unwrap()
}

/// Takes away what the database knows of files; tells of how many.
async fn forget(folder: &Path) -> u64 {
    let mut connection = connection(folder).await;
    let gone = sqlx::query("DELETE FROM evidence").execute(&mut connection).await.unwrap().rows_affected();
    connection.close().await.unwrap();
    gone
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn files_arrive_in_pieces_and_the_receipt_follows() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let photos = [photo(600_000, 1), photo(10_000_000, 2)];
    let envelope = with_photos(envelope::food(1), &photos);
    let first = server.post(&envelope.seal().unwrap().document).await;
    assert_eq!((first.status.as_u16(), first.json()["missing"].as_array().unwrap().len()), (201, 2));

    let small = path(envelope.id, &photos[0]);
    assert_eq!(there(&server, &small).await, 0);
    for from in (0..600_000).step_by(CHUNK) {
        assert_eq!(there(&server, &small).await, from);
        let answer = piece(&server, &small, &photos[0], from, (from + CHUNK).min(600_000)).await;
        let last = from + CHUNK >= 600_000;
        assert_eq!(answer.status, if last { 200 } else { 202 }, "{}", answer.text());
        assert_eq!(answer.json()["missing"].as_array().unwrap().len(), if last { 1 } else { 2 });
    }
    assert_eq!(there(&server, &small).await, 600_000);
    // A repeat, in pieces or whole, changes nothing.
    assert_eq!(piece(&server, &small, &photos[0], 0, CHUNK).await.status, 200);
    // All at once, as a simple client does it.
    let large = path(envelope.id, &photos[1]);
    let answer = server.put(&large, &[("content-type", "image/jpeg")], &photos[1]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["missing"]), (200, &json!([])));

    // The receipt says so whenever it is asked for, and the files are these, byte for byte.
    for asked in [
        server.get(&format!("/assessments/{}/receipt", envelope.id)).await,
        server.post(&envelope.seal().unwrap().document).await,
    ] {
        assert_eq!((asked.status.as_u16(), asked.json()), (200, answer.json()));
    }
    // A receiver that was stopped before it wrote the row down finds the file all the same.
    assert_eq!(forget(folder.path()).await, 2);
    assert_eq!(piece(&server, &small, &photos[0], 524_288, 600_000).await.status, 200);
    assert_eq!(server.put(&large, &[], &photos[1]).await.json(), answer.json());
    let mut expected: Vec<_> = photos.iter().map(|bytes| (Digest::of(bytes).to_string(), bytes.clone())).collect();
    expected.sort();
    assert_eq!(files(&folder.path().join("evidence")), expected);

    // A later finishing of the same assessment need not send them again; another assessment must.
    let later = Envelope { id: SubmissionId::new(Millis(9), &[9; 10]), ..envelope.clone() };
    assert_eq!(server.post(&later.seal().unwrap().document).await.json()["missing"], json!([]));
    let other = with_photos(envelope::food(2), &photos);
    assert_eq!(server.post(&other.seal().unwrap().document).await.json()["missing"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_connection_that_breaks_costs_nothing_that_came_before() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let photos = [photo(500_000, 3)];
    let envelope = with_photos(envelope::food(1), &photos);
    server.post(&envelope.seal().unwrap().document).await;
    let path = path(envelope.id, &photos[0]);
    let mut broken = TcpStream::connect(server.address).await.unwrap();
    let head = format!("PUT {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 500000\r\n\r\n");
    broken.write_all(head.as_bytes()).await.unwrap();
    broken.write_all(&photos[0][..300_000]).await.unwrap();
    broken.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ = broken.read_to_end(&mut answer).await;
    let came = there(&server, &path).await;
    assert_eq!(came, 300_000);
    assert_eq!(server.get(&format!("/assessments/{}/receipt", envelope.id)).await.json()["evidence"], json!([]));
    // From there, from before, and not from beyond.
    let beyond = piece(&server, &path, &photos[0], came + 1, 500_000).await;
    assert_eq!((beyond.status.as_u16(), beyond.json()["code"].as_str()), (416, Some("wrong_offset")));
    assert_eq!(piece(&server, &path, &photos[0], 200_000, 310_000).await.status, 202);
    assert_eq!(there(&server, &path).await, 310_000);
    assert_eq!(piece(&server, &path, &photos[0], 310_000, 500_000).await.status, 200);
    assert_eq!(files(&folder.path().join("evidence")), [(Digest::of(&photos[0]).to_string(), photos[0].clone())]);
}

#[tokio::test]
async fn what_is_not_the_file_is_refused_with_its_code() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let photos = [photo(1_000, 4)];
    let envelope = with_photos(envelope::food(1), &photos);
    let path = path(envelope.id, &photos[0]);
    let said = |answer: Answer| (answer.status.as_u16(), answer.json()["code"].as_str().unwrap_or_default().to_owned());
    let refused = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(said(server.put(&path, &[], &photos[0]).await), refused(404, "unknown_id"));
    server.post(&envelope.seal().unwrap().document).await;

    let wrong = [&photos[0][..999], b"x"].concat();
    assert_eq!(said(server.put(&path, &[], &wrong).await), refused(422, "evidence_mismatch"));
    assert_eq!(there(&server, &path).await, 0);
    assert_eq!(said(server.put(&path, &[], &photo(1_001, 4)).await), refused(413, "too_large"));
    assert_eq!(said(server.put(&path, &[], &photos[0][..10]).await), refused(408, "incomplete"));
    let digest = format!("sha-256=:{}:", STANDARD.encode(Digest::of(b"x").bytes()));
    let other = server.put(&path, &[("content-digest", &digest)], &photos[0]).await;
    assert_eq!(said(other), refused(400, "digest_mismatch"));
    for (range, status, code) in [
        ("bytes 0-9/1001", 422, "other_size"),
        ("bytes 9-0/1000", 400, "bad_range"),
        ("bytes 0-1000/1000", 400, "bad_range"),
        ("bytes 0-/1000", 400, "bad_range"),
        ("items 0-9/1000", 400, "bad_range"),
        ("bytes 18446744073709551615-18446744073709551615/1000", 400, "bad_range"),
    ] {
        assert_eq!(said(server.put(&path, &[("content-range", range)], b"0123456789").await), refused(status, code));
    }
    // Names that lead elsewhere are no names.
    for name in ["..%2F..%2Freceiver.sqlite", "../receiver.sqlite", &"A".repeat(64), "%00", &"0".repeat(64)] {
        let answer = server.put(&format!("/assessments/{}/evidence/{name}", envelope.id), &[], b"x").await;
        assert_eq!(answer.status, 404, "{name}");
    }
    assert_eq!(files(&folder.path().join("evidence")).len(), 1, "only what has arrived of the file");
    assert_eq!(server.put(&path, &[], &photos[0]).await.status, 200);
    assert_eq!(files(&folder.path().join("evidence")), [(Digest::of(&photos[0]).to_string(), photos[0].clone())]);
}

#[tokio::test]
async fn two_connections_at_once_store_one_file() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let photos = [photo(3_000_000, 5)];
    let envelope = with_photos(envelope::food(1), &photos);
    server.post(&envelope.seal().unwrap().document).await;
    let path = path(envelope.id, &photos[0]);
    let answers = tokio::join!(
        server.put(&path, &[], &photos[0]),
        server.put(&path, &[], &photos[0]),
        server.put(&path, &[], &photos[0])
    );
    let answers = [answers.0, answers.1, answers.2];
    // All bring the same bytes, so all of them are told that it is whole.
    assert!(answers.iter().all(|answer| answer.status == 200), "{:?}", answers.map(|answer| answer.status));
    assert_eq!(files(&folder.path().join("evidence")), [(Digest::of(&photos[0]).to_string(), photos[0].clone())]);
}
