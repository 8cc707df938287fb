//! The suites on the store in memory.

use bintang_domain::store::Store;
use bintang_testkit::{
    backup_store, draft_store, endpoint_store, outbox_store, photo_store, rubric_store, signature_store,
};
use futures::executor::block_on;

async fn open() -> Store {
    Store::temporary()
}

#[test]
fn drafts() {
    block_on(draft_store::suite(open));
}

#[test]
fn outbox() {
    block_on(outbox_store::suite(open));
}

#[test]
fn photos() {
    block_on(photo_store::suite(open));
}

#[test]
fn signatures() {
    block_on(signature_store::suite(open));
    block_on(endpoint_store::suite(open));
}

#[test]
fn rubrics() {
    block_on(rubric_store::suite(open));
}

#[test]
fn backups() {
    block_on(backup_store::suite(open));
}
