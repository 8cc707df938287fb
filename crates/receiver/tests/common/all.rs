//! What the receiver's tests share.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "client.rs"]
pub mod client;
#[path = "envelope.rs"]
pub mod envelope;
#[path = "http.rs"]
pub mod http;
#[path = "server.rs"]
pub mod server;
#[path = "token.rs"]
pub mod token;
