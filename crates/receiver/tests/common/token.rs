//! Tokens as `bintang token` makes them.

use bintang_receiver::{
    store::Store,
    tokens::{Grant, Label, Scope, Token},
};
use std::path::Path;

/// Makes one in the receiver's database in `folder`; gives what stands in `Authorization`.
pub async fn made(folder: &Path, team: &str, scopes: &[Scope]) -> String {
    let token = Token::make().unwrap();
    let label = |text: &str| Label::parse(text).unwrap();
    let (team, name) = (label(team), label("tablet"));
    let grant = Grant { sum: token.sum(), team, name, scopes: scopes.to_vec(), made_at_ms: 1, revoked_at_ms: None };
    let store = Store::open(&folder.join("receiver.sqlite")).await.unwrap();
    store.add_token(&grant).await.unwrap();
    store.close().await;
    format!("Bearer {}", token.reveal())
}
