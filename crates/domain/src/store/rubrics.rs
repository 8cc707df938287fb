//! Rubric files by the SHA-256 of their bytes: those that drafts were begun with, and those that are installed, which a
//! mark beside them says.

use super::{Store, one, record};
use crate::{
    digest::Digest,
    draft::Head,
    ports::{
        Pending, StoreError,
        tables::{
            Content, Get, Key,
            Table::{Heads as HEADS, Rubrics as RUBRICS},
            Which, Write,
        },
    },
};

/// First text of the key of a mark; the second is the file's sum.
pub(crate) const INSTALLED: &str = "installed";

/// The write that keeps a file.
pub(super) fn kept(bytes: Vec<u8>) -> Write {
    Write::Put(RUBRICS, Key::one(Digest::of(&bytes)), Content::Bytes(bytes))
}

/// The key of the mark of a file.
pub(crate) fn mark(sha256: Digest) -> Key {
    Key { first: INSTALLED.to_owned(), second: Some(sha256.to_string()) }
}

impl Store {
    /// Installs these bytes, checked before: they are offered for new assessments from now on.
    ///
    /// # Errors
    /// What the tables said.
    pub fn install_rubric(&self, bytes: Vec<u8>) -> Pending<Result<(), StoreError>> {
        let marked = Write::Put(RUBRICS, mark(Digest::of(&bytes)), Content::Text(String::new()));
        self.tables.write(&[RUBRICS], None, Box::new(|_| Ok(vec![kept(bytes), marked])))
    }

    /// The sums of the installed files, in their order.
    ///
    /// # Errors
    /// What the tables said.
    pub fn installed_rubrics(&self) -> Pending<Result<Vec<Digest>, StoreError>> {
        let reading = self.tables.read(vec![Get(RUBRICS, Which::Of(INSTALLED.to_owned()))]);
        Box::pin(async move {
            let marks = reading.await?.into_iter().flatten();
            Ok(marks.filter_map(|record| Digest::parse(&record.key.second?)).collect())
        })
    }

    /// Offers this file no longer. It is deleted where no assessment was begun with it; one that cannot be read may have
    /// been.
    ///
    /// # Errors
    /// What the tables said.
    pub fn remove_rubric(&self, sha256: Digest) -> Pending<Result<(), StoreError>> {
        let decide = move |heads: Vec<super::Record>| {
            let mut heads = heads.into_iter().map(|head| head.content.text().and_then(|text| record::read_head(&text)));
            let needs = |head: Option<Head>| head.is_none_or(|head| head.rubric.sha256 == sha256);
            let mut writes = vec![Write::Delete(RUBRICS, Which::One(mark(sha256)))];
            if !heads.any(needs) {
                writes.push(Write::Delete(RUBRICS, Which::One(Key::one(sha256))));
            }
            Ok(writes)
        };
        self.tables.write(&[RUBRICS, HEADS], Some(Get(HEADS, Which::All)), Box::new(decide))
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
