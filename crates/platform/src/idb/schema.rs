//! Names and versions of the object stores. The one place that spells them.

use super::error::store_error;
use bintang_domain::ports::StoreError;
use rexie::{ObjectStore, Rexie};

/// Name of the database.
pub const DATABASE: &str = "bintang";
/// Version of the schema. Raising it needs an upgrade step and a test that opens a database of every earlier version.
pub const VERSION: u32 = 1;

/// What the list shows: key is the assessment's id.
pub const HEADS: &str = "heads";
/// Answers: key is `[assessment, place]`.
pub const ANSWERS: &str = "answers";
/// Notes: key is `[assessment, place]`.
pub const NOTES: &str = "notes";
/// Change log: key is `[assessment, number]`.
pub const LOG: &str = "log";
/// What is known of a photo: key is `[assessment, sha256]`.
pub const EVIDENCE_META: &str = "evidence_meta";
/// A photo's bytes: key is the sha256.
pub const EVIDENCE_BYTES: &str = "evidence_bytes";
/// Finished assessments on their way: key is the finishing's id.
pub const OUTBOX: &str = "outbox";
/// Receipts: key is the finishing's id.
pub const RECEIPTS: &str = "receipts";
/// Rubric files as used: key is the sha256 of the bytes.
pub const RUBRICS: &str = "rubrics";
/// The device's keys: key is what they are for.
pub const KEYS: &str = "keys";

/// Every store. rexie deletes what is not listed when the version rises, so nothing may ever leave this list.
pub const ALL: [&str; 10] =
    [HEADS, ANSWERS, NOTES, LOG, EVIDENCE_META, EVIDENCE_BYTES, OUTBOX, RECEIPTS, RUBRICS, KEYS];

/// Creates the stores or brings them to [`VERSION`], and closes again.
///
/// # Errors
/// [`StoreError::Denied`] where the browser gives no IndexedDB, else what it said.
pub async fn prepare(database: &str) -> Result<(), StoreError> {
    let builder = ALL.into_iter().fold(Rexie::builder(database).version(VERSION), |builder, name| {
        builder.add_object_store(ObjectStore::new(name))
    });
    builder.build().await.map(Rexie::close).map_err(|error| store_error(&error))
}
