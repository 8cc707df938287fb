//! What every [`RubricStore`] promises.

use bintang_domain::{digest::Digest, ports::RubricStore};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<S: RubricStore, F: Future<Output = S>>(open: impl Fn() -> F) {
    files_come_back_byte_by_byte(&open().await).await;
}

async fn files_come_back_byte_by_byte(store: &impl RubricStore) {
    let every_byte: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for file in [Vec::new(), b"{\"format\":\"x\"}".to_vec(), every_byte] {
        let sha256 = Digest::of(&file);
        assert_eq!(store.get(sha256).await, Ok(None));
        assert_eq!(store.keep(file.clone()).await, Ok(sha256));
        assert_eq!(store.keep(file.clone()).await, Ok(sha256));
        assert_eq!(store.get(sha256).await, Ok(Some(file)));
    }
}
