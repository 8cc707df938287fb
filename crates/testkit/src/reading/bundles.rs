//! What must hold of any bytes read as a bundle.

use bintang_domain::{
    bundle::{Bundle, BundleError, LARGEST_FILE, Opened},
    digest::Digest,
};
use futures::FutureExt as _;
use std::rc::Rc;

/// Reads the bytes as a bundle, and every file that it lists.
///
/// # Errors
/// Why they are no bundle.
///
/// # Panics
/// Where a promise of reading is broken.
pub fn bundle(bytes: &[u8]) -> Result<(), BundleError> {
    match now(Opened::of(Rc::new(bytes.to_vec()))).inspect_err(told)? {
        Opened::Open(bundle) => files(&bundle),
        Opened::Locked(_) => {}
    }
    Ok(())
}

fn told(error: &BundleError) {
    let words = error.to_string();
    assert!(!words.is_empty() && !words.contains('\n'), "an error is one line: {words:?}");
}

/// Nothing waits here.
fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("bytes in memory are read at once")
}

fn files(bundle: &Bundle) {
    let files: Vec<_> = bundle.files().cloned().collect();
    assert!(files.is_sorted_by(|one, other| one.path < other.path), "each file stands once");
    for file in files {
        assert!(!file.path.starts_with('/') && !file.path.split('/').any(|name| name == ".."), "{}", file.path);
        assert!(file.bytes <= LARGEST_FILE);
        match now(bundle.read(&file.path)) {
            Ok(content) => {
                assert_eq!(content.len() as u64, file.bytes);
                assert_eq!(Digest::of(&content), file.sha256);
            }
            Err(error) => assert_eq!(error, BundleError::Sum { path: file.path }, "all else is known at the door"),
        }
    }
}
