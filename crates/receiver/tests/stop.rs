//! Stopping closes everything, and in bounded time.
#![allow(clippy::unwrap_used)]

#[path = "common/all.rs"]
mod common;

use axum::{Router, routing::get};
use common::server::Server;
use std::{
    future::pending,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{io::AsyncReadExt as _, io::AsyncWriteExt as _, net::TcpStream, sync::Notify};

#[tokio::test]
async fn idle_connections_close_at_once_and_the_port_is_free() {
    let server = Server::start(Router::new().route("/", get(async || "here"))).await;
    let address = server.address;
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut first = [0; 64];
    assert!(idle.read(&mut first).await.unwrap() > 0);
    let begun = Instant::now();
    server.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(2));
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_off() {
    let asked_for = Arc::new(Notify::new());
    let never = {
        let asked_for = asked_for.clone();
        get(async move || {
            asked_for.notify_one();
            pending::<&str>().await
        })
    };
    let server = Server::start(Router::new().route("/", never)).await;
    let mut asked = TcpStream::connect(server.address).await.unwrap();
    asked.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    asked_for.notified().await;
    let begun = Instant::now();
    server.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(10));
    let mut rest = Vec::new();
    let _ = asked.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}
