//! Bundles (`.bintang`): a ZIP with stored entries, whose first file says what is in it (docs/adr/0009, upload contract,
//! section 4.7). This module knows the container and its lock; what stands in the files is known to who fills it.

mod directory;
mod error;
mod lock;
mod reader;
mod writer;
mod zip;

pub use crate::wire::bundle::{File, Kind};
pub use error::BundleError;
pub use lock::{Lock, MOST_ROUNDS, ROUNDS};
pub use reader::{Bundle, Locked, Opened};
pub use writer::{Ends, Piece, Writer};

/// Name of the first file.
pub const MANIFEST: &str = "manifest.json";

/// Largest bundle in bytes: the largest size that a ZIP without ZIP64 can say is 2³² − 2 (APPNOTE, section 4.4.1.4).
pub const LARGEST_BUNDLE: u64 = 0xffff_fffe;

/// Most files: 65,535 would mean ZIP64 (APPNOTE, section 4.4.1.4).
pub const MOST_ENTRIES: usize = 65_534;

/// Largest file in bytes: it is held in memory whole. The largest photos that phones make are a third of it.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Largest manifest or directory in bytes; more than [`MOST_ENTRIES`] files need.
const LARGEST_LIST: u64 = 16 << 20;

/// Whether a path is one that bundles have: names of plain characters between slashes, none of them only dots.
fn plain(path: &str) -> bool {
    let character = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let name = |name: &str| name.bytes().all(character) && name.bytes().any(|byte| byte != b'.');
    path.len() <= 128 && path.split('/').all(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_their_folder() {
        for path in ["a", "manifest.json", "evidence/0f", "a/b/c.json", "..a"] {
            assert!(plain(path), "{path}");
        }
        let long = "a".repeat(129);
        for path in ["", ".", "..", "../a", "a/../b", "/a", "a/", "a//b", "a\\b", "c:a", "a b", "é", "a\0", &long] {
            assert!(!plain(path), "{path}");
        }
    }
}
