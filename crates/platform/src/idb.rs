//! The stores in IndexedDB.
//!
//! rexie creates and upgrades the schema and is closed; the one running connection is web-sys' own, because strict
//! durability, `versionchange` and `close` cannot be had through rexie 0.6 (docs/adr/0001).

mod connection;
mod drafts;
mod error;
mod outbox;
mod rubrics;
pub mod schema;
mod transaction;

pub use connection::Connection;
