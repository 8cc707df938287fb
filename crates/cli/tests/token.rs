//! `bintang token`: made, listed and taken back; what is kept is not the token.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::{Ran, bintang};
use std::{ffi::OsString, fs, path::Path};
use tempfile::tempdir;

fn token(database: &Path, words: &[&str]) -> Ran {
    let words = ["token"].iter().chain(words).map(OsString::from);
    bintang(words.chain(["--database".into(), database.into()]))
}

#[test]
fn a_token_is_shown_once_and_can_be_taken_back() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("receiver.sqlite");
    // Nothing is made by asking.
    assert!(token(&file, &["list"]).err.contains("there is no database at"));
    assert!(!file.exists());
    let made = token(&file, &["add", "--team", "Tim Dinas", "--name", "tablet 3", "--scopes", "read,upload,read"]);
    let (secret, one) = (made.out.trim(), token(&file, &["list"]).out);
    assert_eq!((made.code, secret.starts_with("bintang_")), (0, true), "{}", made.err);
    let fields: Vec<&str> = one.trim_end().split('\t').collect();
    assert_eq!(fields[1..], ["valid", "upload,read", "Tim Dinas", "tablet 3"]);
    // Neither the list nor the file has it.
    assert!(!one.contains(secret) && !made.err.contains(secret));
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
    assert_eq!(token(&file, &["revoke", fields[0]]).code, 0);
    assert!(token(&file, &["list"]).out.contains("taken back"));
    for (words, said) in [
        (vec!["revoke", fields[0]], "taken back before"),
        (vec!["revoke", "zzz"], "say eight digits"),
        (vec!["revoke", "zzzzzzzz"], "no token begins with"),
        (vec!["add", "--team", "", "--name", "x"], "1 to 64 characters"),
        (vec!["add", "--team", "x", "--name", "x", "--scopes", "all"], "upload, read or read-all"),
    ] {
        let refused = token(&file, &words);
        assert!(refused.code != 0 && refused.err.contains(said), "{words:?}: {}", refused.err);
    }
}
