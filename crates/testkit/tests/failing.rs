//! A store of which one call fails, whichever it is: what was there stays, and the same call goes through afterwards.
#![allow(clippy::unwrap_used, clippy::panic)]

use bintang_domain::{
    digest::Digest,
    draft::{Changes, Revision},
    evidence::Photo,
    ports::{
        Pending, StoreError,
        tables::{Get, Record, Table, Tables, Which},
    },
    signature::{Role, Signature},
    store::{Memory, Store},
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
            let scaling = store.scale_photo(id, &build::photo(1).0, scaled, Some(bytes));
            Box::pin(async move { scaling.await.map(drop) })
        }),
        call(move |store| {
            let caption = Box::new(|photo: &mut Photo| photo.caption = "Dapur".to_owned());
            let describing = store.describe_photo(id, build::photo_id(1), caption);
            Box::pin(async move { describing.await.map(drop) })
        }),
        call(move |store| {
            let remove = Box::new(|photo: &mut Photo| photo.removed = Some(Millis(9)));
            let removing = store.describe_photo(id, build::photo_id(2), remove);
            Box::pin(async move { removing.await.map(drop) })
        }),
        call(move |store| {
            let signature = Signature {
                role: Role::Maker,
                name: "Ibu Sri".to_owned(),
                at: build::START,
                sheet: Digest::of(b"sheet"),
                strokes: Vec::new(),
            };
            store.sign(id, Role::Maker, Some(&signature))
        }),
        call(move |store| store.sign(id, Role::Maker, None)),
        call(move |store| store.try_photo(id, build::photo_id(2), true)),
        call(|store| {
            let scaled = Photo { caption: "Dapur".to_owned(), ..build::scaled(1).0 };
            let photos = vec![scaled, Photo { removed: Some(Millis(9)), tries: 1, ..build::photo(2).0 }];
            store.finish(Revision(2), Finished { photos, ..build::finishing(1, 3) })
        }),
        call(|store| store.put(build::entry(1), Some(build::receipt(&build::entry(1))))),
        // Opened again.
        call(|store| store.save(Revision(3), build::head(1, 4), build::changes())),
        call(|store| store.remove_rubric(Digest::of(b"rubric"))),
    ]
}

/// Everything that is read of it.
fn reads() -> Vec<Call> {
    fn read<T: 'static>(read: impl Fn(&Store) -> Pending<Result<T, StoreError>> + 'static) -> Call {
        call(move |store| {
            let reading = read(store);
            Box::pin(async move { reading.await.map(drop) })
        })
    }
    let (id, entry) = (build::assessment(1), build::entry(1).id);
    vec![
        read(|store| store.heads()),
        read(|store| store.head_keys()),
        read(|store| store.some_heads(Which::All)),
        read(move |store| store.open(id)),
        read(move |store| store.log(id)),
        read(move |store| store.photos(id)),
        read(move |store| store.photo_bytes(id, build::photo_id(1))),
        read(move |store| store.signatures(id)),
        read(|store| store.entries()),
        read(move |store| store.entry(entry)),
        read(move |store| store.receipt(entry)),
        read(|store| store.installed_rubrics()),
        read(|store| store.rubric(Digest::of(b"file"))),
        read(|store| store.lock()),
        read(|store| store.is_locked()),
        read(move |store| store.export(&id.to_string())),
    ]
}

/// A read that fails says so, and takes nothing for missing; the same read goes through afterwards.
#[test]
fn whichever_read_fails_is_told() {
    let tables: Rc<dyn Tables> = Rc::new(Memory::default());
    let whole = Store::new(tables.clone());
    for call in life() {
        block_on(call(&whole)).unwrap();
    }
    let expected = everything(&tables);
    for error in [StoreError::Closed, StoreError::Other("UnknownError".to_owned())] {
        for (number, read) in reads().into_iter().enumerate() {
            let mut k = 0;
            loop {
                let failing = Rc::new(Failing::with(tables.clone(), k, error.clone()));
                let store = Store::new(failing.clone());
                let told = block_on(read(&store));
                if !failing.failed() {
                    assert!(k > 0, "read {number} reads nothing");
                    assert_eq!(told, Ok(()));
                    break;
                }
                assert_eq!(told, Err(error.clone()), "read {number}, call {k}");
                assert_eq!(block_on(read(&store)), Ok(()));
                k += 1;
            }
        }
    }
    assert_eq!(everything(&tables), expected);
}

/// Every record of every table.
fn everything(tables: &Rc<dyn Tables>) -> Vec<Vec<Record>> {
    block_on(tables.read(Table::ALL.map(|table| Get(table, Which::All)).to_vec())).unwrap()
}

#[test]
fn whichever_call_fails_nothing_is_half_done() {
    let never: Rc<dyn Tables> = Rc::new(Memory::default());
    let whole = Store::new(never.clone());
    for call in life() {
        block_on(call(&whole)).unwrap();
    }
    let expected = everything(&never);

    let calls = life().len();
    for k in 0..calls {
        for error in [StoreError::Full, StoreError::Closed, StoreError::Other("AbortError".to_owned())] {
            let tables: Rc<dyn Tables> = Rc::new(Memory::default());
            let store = Store::new(Rc::new(Failing::with(tables.clone(), k, error.clone())));
            let mut failures = 0;
            for call in life() {
                let before = everything(&tables);
                if let Err(told) = block_on(call(&store)) {
                    assert_eq!(told, error);
                    assert_eq!(everything(&tables), before, "call {k} left something behind");
                    failures += 1;
                    block_on(call(&store)).unwrap();
                }
            }
            assert_eq!(failures, 1, "call {k} of {calls}");
            assert_eq!(everything(&tables), expected);
        }
    }
}
