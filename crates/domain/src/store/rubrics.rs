//! Rubric files as they were used, by the SHA-256 of their bytes.

use super::{Store, one};
use crate::{
    digest::Digest,
    ports::{
        Pending, StoreError,
        tables::{Content, Key, Table::Rubrics as RUBRICS, Write},
    },
};

/// The write that keeps a file.
pub(super) fn kept(bytes: Vec<u8>) -> Write {
    Write::Put(RUBRICS, Key::one(Digest::of(&bytes)), Content::Bytes(bytes))
}

impl Store {
    /// Keeps these bytes.
    ///
    /// # Errors
    /// What the tables said.
    pub fn keep_rubric(&self, bytes: Vec<u8>) -> Pending<Result<(), StoreError>> {
        self.tables.write(&[RUBRICS], None, Box::new(|_| Ok(vec![kept(bytes)])))
    }

    /// The bytes of that sum; a file that is not what its name says is as good as none.
    ///
    /// # Errors
    /// What the tables said.
    pub fn rubric(&self, sha256: Digest) -> Pending<Result<Option<Vec<u8>>, StoreError>> {
        let reading = self.tables.read(vec![one(RUBRICS, sha256)]);
        Box::pin(async move {
            let bytes = reading.await?.into_iter().flatten().find_map(|record| match record.content {
                Content::Bytes(bytes) => Some(bytes),
                Content::Text(_) | Content::Strange => None,
            });
            Ok(bytes.filter(|bytes| Digest::of(bytes) == sha256))
        })
    }
}
