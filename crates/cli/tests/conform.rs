//! `bintang conform`: a receiver holds all of the contract, and what breaks it is named.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::any,
};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    rubrics::Rubrics,
    run,
    store::Store,
    tokens::{Grant, Label, Scope, Token},
};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
};
use tempfile::tempdir;
use tokio::{io::AsyncWriteExt as _, net::TcpListener, process::Command};

async fn receiver(folder: &Path) -> (Router, Store) {
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/rubrics");
    let (rubrics, _) = Rubrics::read(&shipped).unwrap();
    let store = Store::open_file(&folder.join("receiver.sqlite")).await.unwrap();
    let evidence = Evidence::open(&Place::Folder(folder.join("evidence"))).unwrap();
    let (name, rubrics, limits) = ("Uji".to_owned(), Arc::new(rubrics), Limits::default());
    (api::router(Receiver { store: store.clone(), evidence, rubrics, name, limits }), store)
}

async fn listening(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(run(listener, router, std::future::pending()));
    address
}

/// Runs it; whether all held, and the lines.
async fn conform(address: SocketAddr, token: Option<&str>) -> (bool, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bintang"));
    command.args(["conform", "bintang", &format!("http://{address}/assessments")]);
    command.args(token.map(|_| "--token"));
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(token.unwrap_or_default().as_bytes()).await.unwrap();
    let ended = running.wait_with_output().await.unwrap();
    let lines = String::from_utf8(ended.stdout).unwrap().lines().map(str::to_owned).collect();
    (ended.status.success(), lines)
}

fn failed(lines: &[String]) -> Vec<&str> {
    lines.iter().filter(|line| line.starts_with("FAILED")).map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receiver_holds_all_of_it_with_a_token_and_without() {
    let folder = tempdir().unwrap();
    let (router, store) = receiver(folder.path()).await;
    let address = listening(router).await;
    let (held, lines) = conform(address, None).await;
    assert!(held && lines.last().is_some_and(|last| last == "14 of 14 held"), "{lines:#?}");

    let token = Token::make().unwrap();
    let label = |text: &str| Label::parse(text).unwrap();
    let grant = Grant {
        sum: token.sum(),
        team: label("Tim 1"),
        name: label("uji"),
        scopes: vec![Scope::Upload],
        made_at_ms: 1,
        revoked_at_ms: None,
    };
    store.add_token(&grant).await.unwrap();
    let (held, lines) = conform(address, Some(token.reveal())).await;
    assert!(held, "{lines:#?}");
    let (held, lines) = conform(address, None).await;
    assert!(!held && failed(&lines).iter().any(|line| line.contains("401 no_token")), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_page_holds_nothing_that_matters() {
    let page = || async { (StatusCode::OK, [("content-type", "text/html")], "<h1>Wi-Fi</h1>") };
    let address = listening(Router::new().fallback(any(page))).await;
    let (held, lines) = conform(address, None).await;
    assert!(!held);
    assert_eq!(failed(&lines).len(), 14, "{lines:#?}");
    assert!(lines[1].contains("it is no receipt for what was sent"), "{}", lines[1]);
}

/// What says yes where the contract says no.
async fn lenient(request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if answer.status() == StatusCode::CONFLICT { StatusCode::OK.into_response() } else { answer }
}

/// What throws away each file's second piece.
async fn forgetful(request: Request, next: Next) -> Response {
    let range = request.headers().get("content-range").and_then(|range| range.to_str().ok());
    let later = range.is_some_and(|range| !range.starts_with("bytes 0-"));
    if later { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_the_contract_is_named() {
    let folder = tempdir().unwrap();
    let (router, _) = receiver(folder.path()).await;
    let one = listening(router.clone().layer(middleware::from_fn(lenient))).await;
    let (held, lines) = conform(one, None).await;
    assert!(!held);
    assert!(matches!(failed(&lines)[..], [line] if line.contains("other content under the same id")), "{lines:#?}");
    let other = listening(router.layer(middleware::from_fn(forgetful))).await;
    let (held, lines) = conform(other, None).await;
    assert!(!held);
    assert!(matches!(failed(&lines)[..], [line] if line.contains("cut off and continued")), "{lines:#?}");
}
