//! The version of the object stores, one for each table.

use super::error::store_error;
use bintang_domain::ports::{StoreError, tables::Table};
use rexie::{ObjectStore, Rexie};

/// Version of the schema. Raising it needs an upgrade step and a test that opens a database of every earlier version.
pub const VERSION: u32 = 2;

/// Creates the stores or brings them to [`VERSION`], and closes again.
///
/// # Errors
/// [`StoreError::Denied`] where the browser gives no IndexedDB, else what it said.
pub async fn prepare(database: &str) -> Result<(), StoreError> {
    // rexie deletes what is not listed when the version rises, so nothing may ever leave `Table::ALL`.
    let builder = Table::ALL.into_iter().fold(Rexie::builder(database).version(VERSION), |builder, table| {
        builder.add_object_store(ObjectStore::new(table.name()))
    });
    builder.build().await.map(Rexie::close).map_err(|error| store_error(&error))
}
