//! `bintang new`: a starter that is a good rubric.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::bintang;
use std::{ffi::OsString, fs};
use tempfile::tempdir;

#[test]
fn the_starter_is_clean_and_never_written_over_a_file() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("rubric.json");
    let write = || bintang([OsString::from("new"), "--id".into(), "ovop-madu".into(), (&file).into()]);
    assert_eq!(write().code, 0);
    let check = bintang([OsString::from("check"), (&file).into()]);
    assert_eq!((check.code, check.out.as_str()), (0, "0 errors, 0 warnings\n"));
    assert_eq!(common::json(&file)["id"], "ovop-madu");
    fs::write(&file, "mine").unwrap();
    assert_eq!((write().code, fs::read_to_string(&file).unwrap().as_str()), (1, "mine"));
    assert_eq!(bintang(["new", "--id", "Not a slug"]).code, 1);
    assert_eq!(bintang(["new"]).json()["id"], "contoh");
}
