//! The tables in IndexedDB.
//!
//! rexie creates and upgrades the schema and is closed; the one running connection is web-sys' own, because strict
//! durability, `versionchange` and `close` cannot be had through rexie 0.6 (docs/adr/0001).

mod connection;
mod error;
mod leaving;
pub mod schema;
mod tables;
mod torn;
mod transaction;

pub use connection::Connection;
