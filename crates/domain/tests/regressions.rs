//! Every input that fuzzing kept is read again (docs/fuzzing.md).
#![allow(clippy::panic)]

use std::{fs, path::PathBuf};

fn replay(target: &str, read: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    assert!(!files.is_empty(), "nothing is kept in {}", folder.display());
    for file in files {
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        // Named before it is read: what fails says no more than how.
        println!("{}", file.display());
        read(&bytes);
    }
}

#[test]
fn what_was_read_as_a_rubric_is_read_again() {
    replay("rubric", bintang_testkit::reading::rubric);
}

#[test]
fn what_was_read_as_another_document_is_read_again() {
    replay("documents", bintang_testkit::reading::documents);
}

#[test]
fn what_was_read_as_a_bundle_is_read_again() {
    replay("bundle", |bytes| drop(bintang_testkit::reading::bundle(bytes)));
}
