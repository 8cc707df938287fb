//! What the [`Store`] promises of rubric files, on any tables.

use bintang_domain::{digest::Digest, store::Store};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    files_come_back_byte_by_byte(&open().await).await;
}

async fn files_come_back_byte_by_byte(store: &Store) {
    let every_byte: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for file in [Vec::new(), b"{\"format\":\"x\"}".to_vec(), every_byte] {
        let sha256 = Digest::of(&file);
        assert_eq!(store.rubric(sha256).await, Ok(None));
        assert_eq!(store.keep_rubric(file.clone()).await, Ok(()));
        assert_eq!(store.keep_rubric(file.clone()).await, Ok(()));
        assert_eq!(store.rubric(sha256).await, Ok(Some(file)));
    }
}
