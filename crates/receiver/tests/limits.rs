//! Many at once and bodies that never end: the receiver goes on answering.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    metrics::Metrics,
    rubrics::Rubrics,
};
use common::{
    client, envelope,
    server::{Server, store},
};
use hyper::Method;
use std::{
    num::{NonZeroU32, NonZeroU64},
    time::Duration,
};
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request whose body never comes.
const BEGUN: &[u8] =
    b"POST /assessments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";

#[tokio::test]
async fn who_comes_when_all_places_are_taken_is_asked_to_come_back() {
    let folder = tempdir().unwrap();
    let limits = Limits { at_once: 2, still: Duration::from_secs(600), ..Limits::default() };
    let server = Server::receiver_within(folder.path(), limits).await;
    let document = envelope::food(1).seal().unwrap().document;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut slow = TcpStream::connect(server.address).await.unwrap();
        slow.write_all(BEGUN).await.unwrap();
        held.push(slow);
    }
    // The two have their places once the receiver has read their heads.
    let refused = timeout(PATIENCE, async {
        loop {
            let answer = server.post(&document).await;
            if answer.status != 201 && answer.status != 200 {
                break answer;
            }
        }
    });
    let refused = refused.await.unwrap();
    assert_eq!((refused.status.as_u16(), refused.json()["code"].as_str()), (503, Some("busy")));
    assert_eq!(refused.head("retry-after"), "10");
    // Whether it is alive is answered all the same.
    assert_eq!(server.get("/healthz").await.status.as_u16(), 200);
    assert_eq!(server.get("/readyz").await.status.as_u16(), 200);
    drop(held.pop());
    // Its place is free once the receiver has seen that it is gone.
    timeout(PATIENCE, async { while server.post(&document).await.status != 200 {} }).await.unwrap();
}

#[tokio::test]
async fn a_body_that_moves_is_waited_for_however_slow_it_is() {
    let folder = tempdir().unwrap();
    let limits = Limits { still: Duration::from_millis(500), ..Limits::default() };
    let server = Server::receiver_within(folder.path(), limits).await;
    let document = envelope::food(1).seal().unwrap().document;
    let head = format!(
        "POST /assessments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        document.len()
    );
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(head.as_bytes()).await.unwrap();
    // Twenty pieces, together twice as slow as a body may stand still.
    for piece in document.as_bytes().chunks(document.len().div_ceil(20)) {
        sleep(Duration::from_millis(50)).await;
        slow.write_all(piece).await.unwrap();
    }
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}

#[tokio::test]
async fn a_body_that_stands_still_is_given_up() {
    let folder = tempdir().unwrap();
    let limits = Limits { still: Duration::from_millis(100), ..Limits::default() };
    let server = Server::receiver_within(folder.path(), limits).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(BEGUN).await.unwrap();
    slow.write_all(b"{").await.unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"incomplete\""), "{answer}");
}

#[tokio::test]
async fn a_body_that_drips_is_given_up_too() {
    let folder = tempdir().unwrap();
    let (least, slowest) = (Duration::from_millis(500), NonZeroU64::MIN.saturating_add(2_000_000));
    let limits = Limits { least, slowest, at_once: 1, ..Limits::default() };
    let server = Server::receiver_within(folder.path(), limits).await;
    let dripping = TcpStream::connect(server.address).await.unwrap();
    let (mut answers, mut drips) = dripping.into_split();
    // Whatever it says of its length.
    let head = std::str::from_utf8(BEGUN).unwrap().replace("content-length: 9", "content-length: 1000000000000000");
    drips.write_all(head.as_bytes()).await.unwrap();
    let drop_by_drop = tokio::spawn(async move {
        // Never so still that it counts as standing still.
        while drips.write_all(b" ").await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = Vec::new();
    timeout(PATIENCE, answers.read_to_end(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"too_slow\""), "{answer}");
    drop_by_drop.abort();
    // Its place is free for others.
    let document = envelope::food(1).seal().unwrap().document;
    timeout(PATIENCE, async { while !server.post(&document).await.status.is_success() {} }).await.unwrap();
}

#[tokio::test]
async fn of_a_file_that_drips_what_came_is_kept() {
    let folder = tempdir().unwrap();
    let limits = Limits { least: Duration::from_millis(500), ..Limits::default() };
    let server = Server::receiver_within(folder.path(), limits).await;
    let photo = [7; 4_000];
    let mut envelope = envelope::food(1);
    envelope.evidence.push(envelope::file(&photo, "image/jpeg"));
    server.post(&envelope.seal().unwrap().document).await;
    let path = format!("/assessments/{}/evidence/{}", envelope.id, envelope.evidence[0].sha256);
    let dripping = TcpStream::connect(server.address).await.unwrap();
    let (mut answers, mut drips) = dripping.into_split();
    let head = format!("PUT {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 4000\r\n\r\n");
    drips.write_all(head.as_bytes()).await.unwrap();
    let drop_by_drop = tokio::spawn(async move {
        while drips.write_all(&[7; 10]).await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = Vec::new();
    timeout(PATIENCE, answers.read_to_end(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"incomplete\""), "{answer}");
    drop_by_drop.abort();
    let arrived: usize = server.head(&path).await.head("content-length").parse().unwrap();
    assert!((10..4_000).contains(&arrived), "{arrived}");
}

#[tokio::test]
async fn a_receiver_that_cannot_keep_files_is_not_ready() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    assert_eq!(server.get("/readyz").await.text(), "ok\n");
    std::fs::remove_dir_all(folder.path().join("evidence")).unwrap();
    let answer = server.get("/readyz").await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (503, Some("storage")));
    // It is alive all the same.
    assert_eq!(server.get("/healthz").await.status.as_u16(), 200);
}

#[tokio::test]
async fn who_asks_without_end_is_asked_to_come_back_and_nobody_else_is() {
    let folder = tempdir().unwrap();
    let one = NonZeroU32::MIN;
    let limits = Limits { a_second: one, burst: one.saturating_add(2), ..Limits::default() };
    let server = Server::receiver_within(folder.path(), limits).await;
    let get = async |token: &str| {
        let head = [("authorization", token)];
        client::send(server.address, Method::GET, "/assessments", &head, b"").await
    };
    let statuses = [get("Bearer a").await, get("Bearer a").await, get("Bearer a").await].map(|answer| answer.status);
    assert_eq!(statuses.map(|status| status.as_u16()), [401; 3]);
    let last = get("Bearer a").await;
    assert_eq!((last.status.as_u16(), last.json()["code"].as_str()), (429, Some("too_often")));
    assert_eq!(last.head("retry-after"), "10");
    // Pages of the app can read that.
    assert_eq!(last.head("access-control-allow-origin"), "*");
    assert_eq!(get("Bearer b").await.status.as_u16(), 401);
    assert_eq!(server.get("/healthz").await.status.as_u16(), 200);
}

#[tokio::test]
async fn what_it_did_is_counted_and_names_nobody() {
    let folder = tempdir().unwrap();
    let metrics = Metrics::default();
    let receiver = Receiver {
        store: store(folder.path()).await,
        evidence: Evidence::open(&Place::Folder(folder.path().join("evidence"))).unwrap(),
        rubrics: Rubrics::default().into(),
        name: "Uji".to_owned(),
        limits: Limits::default(),
    };
    let server = Server::start(api::counted(receiver, metrics.clone())).await;
    let watched = Server::start(metrics.router()).await;
    let document = envelope::food(1).seal().unwrap().document;
    assert_eq!(server.post(&document).await.status.as_u16(), 201);
    assert_eq!(server.post(&document).await.status.as_u16(), 200);
    assert_eq!(server.get("/rahasia/token-di-alamat").await.status.as_u16(), 404);
    let odd = Method::from_bytes(b"RAHASIA").unwrap();
    assert_eq!(client::send(server.address, odd, "/assessments", &[], b"").await.status.as_u16(), 405);
    let text = watched.get("/metrics").await.text().to_owned();
    for line in [
        "bintang_requests_total{method=\"POST\",route=\"/assessments\",status=\"201\"} 1",
        "bintang_requests_total{method=\"POST\",route=\"/assessments\",status=\"200\"} 1",
        "bintang_requests_total{method=\"GET\",route=\"unknown\",status=\"404\"} 1",
        "bintang_requests_total{method=\"other\",route=\"/assessments\",status=\"405\"} 1",
        "bintang_request_duration_seconds_count{route=\"/assessments\"} 3",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(text.ends_with("# EOF\n") && !text.to_lowercase().contains("rahasia"));
    // It is not at the receiver's own address.
    assert_eq!(server.get("/metrics").await.status.as_u16(), 404);
}
