//! The reference endpoint of the upload contract, as a library: a store, the receiver's requests, the app's files.
//!
//! Nothing is kept in memory between two requests but the rubrics read at the start; any number of receivers may stand on
//! one database and one place for evidence.

pub mod api;
pub mod evidence;
pub mod rubrics;
mod run;
pub mod site;
pub mod store;
pub mod tokens;

pub use run::run;
