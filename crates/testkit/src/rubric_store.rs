//! What the [`Store`] promises of rubric files, on any tables.

use crate::build;
use bintang_domain::{
    digest::Digest,
    draft::{Changes, Revision},
    store::Store,
};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    files_come_back_byte_by_byte(&open().await).await;
    what_is_installed_is_listed_until_it_is_removed(&open().await).await;
    a_file_that_an_assessment_was_begun_with_outlives_its_removal(&open().await).await;
}

async fn files_come_back_byte_by_byte(store: &Store) {
    let every_byte: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for file in [Vec::new(), b"{\"format\":\"x\"}".to_vec(), every_byte] {
        let sha256 = Digest::of(&file);
        assert_eq!(store.rubric(sha256).await, Ok(None));
        assert_eq!(store.install_rubric(file.clone()).await, Ok(()));
        assert_eq!(store.install_rubric(file.clone()).await, Ok(()));
        assert_eq!(store.rubric(sha256).await, Ok(Some(file)));
    }
}

async fn what_is_installed_is_listed_until_it_is_removed(store: &Store) {
    let (one, two) = (b"one".to_vec(), b"two".to_vec());
    let mut sums = [Digest::of(&one), Digest::of(&two)];
    assert_eq!(store.installed_rubrics().await, Ok(Vec::new()));
    for file in [&one, &two, &one] {
        assert_eq!(store.install_rubric(file.clone()).await, Ok(()));
    }
    sums.sort_by_key(ToString::to_string);
    assert_eq!(store.installed_rubrics().await, Ok(sums.to_vec()));
    assert_eq!(store.remove_rubric(Digest::of(&one)).await, Ok(()));
    assert_eq!(store.installed_rubrics().await, Ok(vec![Digest::of(&two)]));
    assert_eq!(store.rubric(Digest::of(&one)).await, Ok(None));
    assert_eq!(store.rubric(Digest::of(&two)).await, Ok(Some(two)));
    assert_eq!(store.remove_rubric(Digest::of(&one)).await, Ok(()));
}

async fn a_file_that_an_assessment_was_begun_with_outlives_its_removal(store: &Store) {
    // What the head that is built names.
    let file = b"rubric".to_vec();
    let head = build::head(3, 1);
    assert_eq!(head.rubric.sha256, Digest::of(&file));
    let first = Changes { rubric: Some(file.clone()), ..build::changes() };
    assert_eq!(store.save(Revision::default(), head, first).await, Ok(()));
    assert_eq!(store.installed_rubrics().await, Ok(Vec::new()), "a draft installs nothing");
    assert_eq!(store.install_rubric(file.clone()).await, Ok(()));
    assert_eq!(store.remove_rubric(Digest::of(&file)).await, Ok(()));
    assert_eq!(store.installed_rubrics().await, Ok(Vec::new()));
    assert_eq!(store.rubric(Digest::of(&file)).await, Ok(Some(file)));
}
