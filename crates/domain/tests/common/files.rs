//! Where the test data is, shared by the integration tests.
#![allow(dead_code)]

use serde_json::Value;
use std::{fs, io::Write as _, path::PathBuf};

/// The folder of test data that is no part of the product, if it is there.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("BINTANG_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    folder.join("rubrics").is_dir().then_some(folder)
}

/// Says on the terminal, past the capture of output, that a test did not look at its data.
pub fn skipped(what: &str) {
    let line = "set BINTANG_SHARED to the folder that has rubrics/, or put it at ../shared";
    let _ = writeln!(std::io::stderr(), "skipped: {what} ({line})");
}

/// The files of a folder that end in `.json`, in order.
pub fn json_files(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

/// A file's bytes.
pub fn bytes(path: &PathBuf) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file's JSON.
pub fn json(path: &PathBuf) -> Value {
    serde_json::from_slice(&bytes(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The samples of single sheets for those rubrics, which come with the source.
pub fn samples() -> Vec<PathBuf> {
    json_files(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/ovop"))
}

/// The rubrics that ship with the product.
pub fn shipped() -> Vec<PathBuf> {
    json_files(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/rubrics"))
}
