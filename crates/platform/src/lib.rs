//! The browser, behind the ports of `bintang-domain`. The only crate that names web-sys, js-sys, rexie and gloo-storage.
//!
//! Every adapter turns the browser's errors into the ports' errors once, here.

pub mod camera;
pub mod cipher;
pub mod clock;
pub mod connectivity;
pub mod embedding;
pub mod fetch;
pub mod files;
pub mod formats;
mod host;
pub mod http;
pub mod idb;
pub mod install;
pub mod large_files;
pub mod location;
pub mod lock;
pub mod offers;
pub mod page;
pub mod paper;
pub mod phone;
pub mod pictures;
pub mod preferences;
pub mod sealer;
pub mod shell;
pub mod signer;
pub mod storage_care;
pub mod tabs;
mod web_crypto;
mod window;
