//! What the [`Store`] promises of drafts, on any tables.

use crate::build;
use bintang_domain::{
    answers::Answers,
    digest::Digest,
    draft::{Changes, Draft, Head, Revision},
    edit::Notes,
    id::AssessmentId,
    log::Line,
    outbox::Entry,
    ports::{
        StoreError,
        tables::{Key, Which},
    },
    store::{Listed, Store},
    submission::Finished,
};
use futures::future::join_all;
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    a_draft_comes_back_as_it_was_saved(&open().await).await;
    what_was_taken_back_is_gone(&open().await).await;
    only_the_latest_revision_may_be_built_on(&open().await).await;
    calls_are_done_in_their_order(&open().await).await;
    drafts_do_not_mix(&open().await).await;
    finishing_moves_everything_or_nothing(&open().await).await;
    the_first_save_takes_its_rubric_along(&open().await).await;
    an_export_holds_everything(&open().await).await;
    the_log_comes_back_in_its_order(&open().await).await;
}

fn draft(head: Head, changes: Changes) -> Draft {
    let mut draft = Draft { head, answers: Answers::default(), notes: Notes::new() };
    changes.put_into(&mut draft.answers, &mut draft.notes);
    draft
}

async fn stored(store: &Store, assessment: AssessmentId) -> Option<Draft> {
    store.open(assessment).await.expect("a draft opens")
}

async fn a_draft_comes_back_as_it_was_saved(store: &Store) {
    assert_eq!(store.heads().await, Ok(Vec::new()));
    assert_eq!(stored(store, build::assessment(1)).await, None);
    let head = build::head(1, 1);
    assert_eq!(store.save(Revision(0), head.clone(), build::changes()).await, Ok(()));
    assert_eq!(stored(store, head.assessment).await, Some(draft(head.clone(), build::changes())));
    assert_eq!(store.heads().await, Ok(vec![Listed::Whole(Box::new(head))]));
}

async fn what_was_taken_back_is_gone(store: &Store) {
    assert_eq!(store.save(Revision(0), build::head(1, 1), build::changes()).await, Ok(()));
    let mut empty = build::changes();
    empty.answers.iter_mut().for_each(|(_, entry)| *entry = None);
    empty.notes.iter_mut().for_each(|(_, note)| *note = None);
    let head = Head { return_to: None, ..build::head(1, 2) };
    assert_eq!(store.save(Revision(1), head.clone(), empty).await, Ok(()));
    assert_eq!(stored(store, head.assessment).await, Some(draft(head, Changes::default())));
}

async fn only_the_latest_revision_may_be_built_on(store: &Store) {
    let conflict = |stored| Err(StoreError::Conflict { stored });
    assert_eq!(store.save(Revision(3), build::head(1, 4), build::changes()).await, conflict(None));
    assert_eq!(stored(store, build::assessment(1)).await, None);
    assert_eq!(store.save(Revision(0), build::head(1, 1), build::changes()).await, Ok(()));
    for expected in [0, 2] {
        let late = store.save(Revision(expected), build::head(1, expected + 1), build::chosen("A.I.1", "a")).await;
        assert_eq!(late, conflict(Some(Revision(1))));
    }
    assert_eq!(stored(store, build::assessment(1)).await, Some(draft(build::head(1, 1), build::changes())));
}

async fn calls_are_done_in_their_order(store: &Store) {
    // No future is polled before all calls are made; each builds on the one before all the same.
    let saves: Vec<_> = (0..5)
        .map(|n| {
            let option = ["a", "b", "c", "d", "e"][n as usize];
            store.save(Revision(n), build::head(1, n + 1), build::chosen("A.I.1", option))
        })
        .collect();
    assert!(join_all(saves).await.iter().all(Result::is_ok));
    assert_eq!(stored(store, build::assessment(1)).await, Some(draft(build::head(1, 5), build::chosen("A.I.1", "e"))));
}

async fn drafts_do_not_mix(store: &Store) {
    for n in [1, 2, 3] {
        let option = ["a", "b", "c"][usize::from(n) - 1];
        assert_eq!(store.save(Revision(0), build::head(n, 1), build::chosen("A.I.1", option)).await, Ok(()));
    }
    let expected = draft(build::head(2, 1), build::chosen("A.I.1", "b"));
    assert_eq!(stored(store, build::assessment(2)).await, Some(expected));
    assert_eq!(store.heads().await.map(|heads| heads.len()), Ok(3));
    let keys = store.head_keys().await.expect("keys are read");
    assert_eq!(keys, [1, 2, 3].map(|n| Key::one(build::assessment(n).to_string())));
    let [_, second, third] = <[Key; 3]>::try_from(keys).expect("three");
    let heads = [2, 3].map(|n| Listed::Whole(Box::new(build::head(n, 1))));
    assert_eq!(store.some_heads(Which::Between(second, third)).await, Ok(heads.to_vec()));
}

async fn finishing_moves_everything_or_nothing(store: &Store) {
    assert_eq!(store.save(Revision(0), build::head(1, 1), build::changes()).await, Ok(()));
    assert_eq!(store.save(Revision(0), build::head(2, 1), build::changes()).await, Ok(()));
    let entry = build::entry(1);
    let late = store.finish(Revision(0), build::finishing(1, 1)).await;
    assert_eq!(late, Err(StoreError::Conflict { stored: Some(Revision(1)) }));
    assert_eq!(store.entries().await.map(|entries| entries.whole), Ok(Vec::new()));
    assert_eq!(stored(store, build::assessment(1)).await, Some(draft(build::head(1, 1), build::changes())));

    assert_eq!(store.finish(Revision(1), build::finishing(1, 2)).await, Ok(()));
    assert_eq!(store.entries().await.map(|entries| entries.whole), Ok(vec![entry]));
    assert_eq!(stored(store, build::assessment(1)).await, Some(draft(build::finished(1, 2), Changes::default())));
    assert_eq!(stored(store, build::assessment(2)).await, Some(draft(build::head(2, 1), build::changes())));
    let again = store.finish(Revision(1), Finished { entry: build::entry(9), ..build::finishing(1, 2) }).await;
    assert_eq!(again, Err(StoreError::Conflict { stored: Some(Revision(2)) }));
    assert_eq!(store.entries().await.map(|entries| entries.whole.len()), Ok(1));
}

async fn the_first_save_takes_its_rubric_along(store: &Store) {
    let file = b"{\"a\": \"rubric\"}".to_vec();
    let with_file = || Changes { rubric: Some(file.clone()), ..build::changes() };
    assert!(store.save(Revision(3), build::head(1, 4), with_file()).await.is_err());
    assert_eq!(store.rubric(Digest::of(&file)).await, Ok(None));
    assert_eq!(store.save(Revision(0), build::head(1, 1), with_file()).await, Ok(()));
    assert_eq!(store.rubric(Digest::of(&file)).await, Ok(Some(file)));
}

async fn an_export_holds_everything(store: &Store) {
    assert_eq!(store.save(Revision(0), build::head(1, 1), build::changes()).await, Ok(()));
    let export = store.export(&build::assessment(1).to_string()).await.expect("an export");
    for word in ["bintang-export/1", "Keripik 1", "criterion/B.I.3", "jobs", "requirement/halal", "NIB dilihat"] {
        assert!(export.contains(word), "{word} is not in {export}");
    }
    // Once finished, what the draft held stands in the outbox; nothing of another assessment comes along.
    let entry = Entry { assessment: build::assessment(1), document: "isi lembar 1".to_owned(), ..build::entry(1) };
    assert_eq!(store.finish(Revision(1), Finished { entry: entry.clone(), ..build::finishing(1, 2) }).await, Ok(()));
    let other = Entry { assessment: build::assessment(2), document: "isi lembar 2".to_owned(), ..build::entry(2) };
    assert_eq!(store.put(other, None).await, Ok(()));
    for key in [build::assessment(1).to_string(), entry.id.to_string()] {
        let export = store.export(&key).await.expect("an export");
        assert!(export.contains("isi lembar 1") && !export.contains("isi lembar 2"), "{export}");
    }
}

async fn the_log_comes_back_in_its_order(store: &Store) {
    let id = build::assessment(1);
    let line = |number: u64| Line { number, text: format!("baris {number}") };
    let save = |revision, lines: &[u64]| {
        let changes = Changes { log: lines.iter().copied().map(line).collect(), ..Changes::default() };
        store.save(Revision(revision), build::head(1, revision + 1), changes)
    };
    assert_eq!(store.log(id).await, Ok(Vec::new()));
    assert_eq!(save(0, &[1, 2]).await, Ok(()));
    // As texts 10 would stand before 2.
    assert_eq!(save(1, &[10, 3]).await, Ok(()));
    assert!(save(0, &[4]).await.is_err());
    assert_eq!(store.log(id).await, Ok([1, 2, 3, 10].map(line).to_vec()));
    assert_eq!(store.log(build::assessment(2)).await, Ok(Vec::new()));
    let last = Finished { log: line(11), ..build::finishing(1, 3) };
    assert_eq!(store.finish(Revision(2), last).await, Ok(()));
    assert_eq!(store.log(id).await, Ok([1, 2, 3, 10, 11].map(line).to_vec()));
}
