//! Tokens as `bintang token` makes them.

use super::{
    client::{self, Answer},
    server::{Server, store},
};
use bintang_receiver::tokens::{Grant, Label, Scope, Token};
use hyper::Method;
use std::path::Path;

/// Makes one in the receiver's database in `folder`; gives what stands in `Authorization`.
pub async fn made(folder: &Path, team: &str, scopes: &[Scope]) -> String {
    let token = Token::make().unwrap();
    let label = |text: &str| Label::parse(text).unwrap();
    let (team, name) = (label(team), label("tablet"));
    let grant = Grant { sum: token.sum(), team, name, scopes: scopes.to_vec(), made_at_ms: 1, revoked_at_ms: None };
    let store = store(folder).await;
    store.add_token(&grant).await.unwrap();
    store.close().await;
    format!("Bearer {}", token.reveal())
}

/// One request with what stands in `Authorization`.
pub async fn ask(server: &Server, method: Method, path: &str, said: Option<&str>, body: &[u8]) -> Answer {
    let mut head = vec![("content-type", "application/json")];
    head.extend(said.map(|said| ("authorization", said)));
    client::send(server.address, method, path, &head, body).await
}
