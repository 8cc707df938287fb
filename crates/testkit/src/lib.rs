//! Contract suites for the ports, the values they need, and what must hold of any bytes that are read. Tests only.
//!
//! A suite knows no browser and no async runtime, so the same one runs on memory natively and on IndexedDB in the
//! browser. It panics where a promise of the port is broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

pub mod backup_store;
pub mod build;
pub mod bundle;
pub mod cipher;
pub mod draft_store;
pub mod endpoint_store;
pub mod failing;
pub mod held;
pub mod outbox_store;
pub mod photo_store;
pub mod reading;
pub mod rubric_store;
pub mod signature_store;
