//! The reference endpoint of the upload contract, as a library: a store, the receiver's requests, the app's files.
//!
//! Nothing that anybody was promised is kept in memory between two requests: only the rubrics read at the start, what was
//! counted, and how often each token asked in the last seconds. Any number of receivers may stand on
//! one database and one place for evidence.

pub mod api;
pub mod es256;
pub mod evidence;
pub mod metrics;
pub mod rubrics;
mod run;
pub mod sender;
pub mod site;
pub mod store;
pub mod tokens;

pub use run::run;
