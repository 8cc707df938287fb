//! A store of which one call fails, whichever it is: what was there stays, and the same call goes through afterwards.
#![allow(clippy::unwrap_used, clippy::panic)]

use bintang_domain::{
    draft::{Changes, Revision},
    evidence::Photo,
    ports::{Pending, StoreError},
    store::Store,
    submission::Finished,
    time::Millis,
};
use bintang_testkit::{build, failing::Failing};
use futures::executor::block_on;
use std::rc::Rc;

type Call = Box<dyn Fn(&Store) -> Pending<Result<(), StoreError>>>;

fn call(call: impl Fn(&Store) -> Pending<Result<(), StoreError>> + 'static) -> Call {
    Box::new(call)
}

/// The life of an assessment: begun, answered, photographed, finished, sent.
fn life() -> Vec<Call> {
    let id = build::assessment(1);
    let photo = move |n: u8| {
        call(move |store| {
            let (photo, bytes) = build::photo(n);
            store.keep_photo(id, photo, bytes)
        })
    };
    vec![
        call(|store| store.install_rubric(b"rubric".to_vec())),
        call(|store| {
            let changes = Changes { rubric: Some(b"file".to_vec()), ..build::changes() };
            store.save(Revision(0), build::head(1, 1), changes)
        }),
        photo(1),
        photo(2),
        call(|store| store.save(Revision(1), build::head(1, 2), build::chosen("A.I.1", "a"))),
        call(move |store| {
            let (scaled, bytes) = build::scaled(1);
            store.scale_photo(id, &build::photo(1).0, scaled, Some(bytes))
        }),
        call(move |store| store.describe_photo(id, Photo { caption: "Dapur".to_owned(), ..build::scaled(1).0 })),
        call(|store| {
            let photos = vec![build::scaled(1).0, Photo { removed: Some(Millis(9)), ..build::photo(2).0 }];
            store.finish(Revision(2), Finished { photos, ..build::finishing(1, 3) })
        }),
        call(|store| store.put(build::entry(1), Some(build::receipt(&build::entry(1))))),
        call(|store| store.remove_rubric(bintang_domain::digest::Digest::of(b"rubric"))),
    ]
}

#[test]
fn whichever_call_fails_nothing_is_half_done() {
    let never = Rc::new(Failing::at(usize::MAX, StoreError::Full));
    let whole = Store::new(never.clone());
    for call in life() {
        block_on(call(&whole)).unwrap();
    }
    let expected = block_on(never.everything());
    assert!(!never.failed());

    let calls = life().len();
    for k in 0..calls {
        for error in [StoreError::Full, StoreError::Closed, StoreError::Other("AbortError".to_owned())] {
            let tables = Rc::new(Failing::at(k, error.clone()));
            let store = Store::new(tables.clone());
            let mut failures = 0;
            for call in life() {
                let before = block_on(tables.everything());
                if let Err(told) = block_on(call(&store)) {
                    assert_eq!(told, error);
                    assert_eq!(block_on(tables.everything()), before, "call {k} left something behind");
                    failures += 1;
                    block_on(call(&store)).unwrap();
                }
            }
            assert_eq!(failures, 1, "call {k} of {calls}");
            assert_eq!(block_on(tables.everything()), expected);
        }
    }
}
