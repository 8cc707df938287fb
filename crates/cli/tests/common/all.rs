//! Running the command line as a person does, and where test data is.
#![allow(dead_code)]

use serde_json::Value;
use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

/// What came of a run.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }
}

/// Runs `bintang` with these words.
pub fn bintang<I: IntoIterator<Item: AsRef<OsStr>>>(words: I) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_bintang")).args(words).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A path below the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The folder of test data that is no part of the product; says so where it is not there.
pub fn shared(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BINTANG_SHARED").map_or_else(|| repository("../shared"), PathBuf::from);
    let there = folder.join("rubrics").is_dir();
    if !there {
        let line = "set BINTANG_SHARED to the folder that has rubrics/, or put it at ../shared";
        let _ = writeln!(std::io::stderr(), "skipped: {test} ({line})");
    }
    there.then_some(folder)
}

/// Files of a folder that end in `.json`, in order.
pub fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
}

/// A file's JSON.
pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The shipped rubric of this id.
pub fn shipped(id: &str) -> PathBuf {
    let files = json_files(&repository("public/rubrics"));
    files.into_iter().find(|file| json(file)["id"] == id).unwrap_or_else(|| panic!("no rubric {id}"))
}
