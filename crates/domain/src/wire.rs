//! The only place that spells JSON field names: what is read from and written to files, stores and the network.
//!
//! Every document is checked at this door: unknown kinds, wrong ids and bad numbers are errors with a place, never a
//! panic.

pub mod answers;
pub mod arrival;
pub mod bundle;
pub mod canonical;
pub mod embedding;
pub mod endpoint;
pub mod envelope;
mod es256;
pub mod evidence;
pub mod export;
pub(crate) mod form;
pub mod json;
pub mod lock;
pub mod log;
mod outbox;
pub mod panel;
pub mod problem;
pub mod read_back;
pub mod receipt;
pub mod record;
pub mod rubric;
#[cfg(feature = "schema")]
pub mod schema;
pub mod score;
pub mod signature;
pub mod subject;
pub mod tree;
