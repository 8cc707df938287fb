//! What holds on SQLite holds on PostgreSQL: the very same tests, each with a server of its own. Which database it is, they
//! know by the name of this program (`common/server.rs`).

#![allow(clippy::duplicate_mod)]

#[path = "delivery.rs"]
mod delivery;
#[path = "evidence.rs"]
mod evidence;
#[path = "hostile.rs"]
mod hostile;
#[path = "lists.rs"]
mod lists;
#[path = "receipts.rs"]
mod receipts;
#[path = "refusals.rs"]
mod refusals;
#[path = "results.rs"]
mod results;
#[path = "signatures.rs"]
mod signatures;
#[path = "tokens.rs"]
mod tokens;
