//! The lock: everything above sealed tables is as it was, nothing below them can be read, and a sweep that is stopped
//! anywhere loses nothing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/cases.rs"]
mod cases;

use bintang_domain::{
    draft::Revision,
    lock::{LockError, Sealed, StoreKey, StoreLock, Sweep, sweep},
    ports::{
        StoreError,
        cipher::Cipher,
        seal::Sealers as _,
        tables::{Content, Get, Key, Record, Table, Tables, Which},
    },
    store::{Memory, Store},
};
use bintang_testkit::{
    backup_store, build,
    cipher::{TestCipher, TestSealers},
    draft_store, endpoint_store,
    failing::Failing,
    held, outbox_store, photo_store, rubric_store, signature_store,
};
use cases::case;
use futures::executor::block_on;
use proptest::{collection::vec, prelude::*};
use std::rc::Rc;

const KEY: StoreKey = StoreKey([7; 32]);

fn sealed(inner: &Rc<dyn Tables>) -> Sealed {
    Sealed::new(inner.clone(), TestSealers.of(&KEY), Rc::new(TestCipher::default()))
}

fn memory() -> Rc<dyn Tables> {
    Rc::new(Memory::default())
}

async fn open() -> Store {
    Store::new(Rc::new(sealed(&memory())))
}

#[test]
fn a_store_on_sealed_tables_keeps_all_promises() {
    block_on(draft_store::suite(open));
    block_on(outbox_store::suite(open));
    block_on(photo_store::suite(open));
    block_on(rubric_store::suite(open));
    block_on(signature_store::suite(open));
    block_on(endpoint_store::suite(open));
    block_on(backup_store::suite(open));
}

/// Whether it is sealed, as whoever has the disk sees it.
fn is_sealed(content: &Content) -> bool {
    matches!(content, Content::Bytes(bytes) if bytes.starts_with(b"\0bintang-sealed\x01"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_a_sweep_seals_is_read_as_it_was_and_opened_byte_for_byte(cases in vec(case(), 0..6)) {
        let inner = memory();
        cases.iter().for_each(|case| case.put(&inner));
        let before = held::all(&inner);
        let locked = sealed(&inner);
        let mut told = Vec::new();
        block_on(sweep(&locked, true, |done, of| told.push((done, of)))).unwrap();
        prop_assert_eq!(told.last().copied(), Some((before.len(), before.len())));
        let through: Rc<dyn Tables> = Rc::new(locked.clone());
        prop_assert_eq!(&held::all(&through), &before);
        for (table, record) in held::all(&inner) {
            prop_assert!(is_sealed(&record.content), "{table:?} {:?}", record.key);
        }
        // A second one finds nothing to do.
        let sealed_once = held::all(&inner);
        block_on(sweep(&locked, true, |_, _| {})).unwrap();
        prop_assert_eq!(held::all(&inner), sealed_once);
        block_on(sweep(&locked, false, |_, _| {})).unwrap();
        prop_assert_eq!(held::all(&inner), before);
    }

    #[test]
    fn a_sweep_that_is_stopped_anywhere_loses_nothing(cases in vec(case(), 1..4), seal: bool) {
        let begin = || {
            let inner = memory();
            cases.iter().for_each(|case| case.put(&inner));
            let before = held::all(&inner);
            if !seal {
                block_on(sweep(&sealed(&inner), true, |_, _| {})).unwrap();
            }
            (inner, before)
        };
        for k in 0.. {
            let (inner, before) = begin();
            let failing = Rc::new(Failing::new(inner.clone(), k));
            let tables: Rc<dyn Tables> = failing.clone();
            let outcome = block_on(sweep(&sealed(&tables), seal, |_, _| {}));
            // Whatever is turned by then, all of it is read.
            let through: Rc<dyn Tables> = Rc::new(sealed(&inner));
            prop_assert_eq!(&held::all(&through), &before, "stopped at {}", k);
            if !failing.failed() {
                prop_assert_eq!(outcome, Ok(0));
                break;
            }
            prop_assert_eq!(outcome, Err(StoreError::Full));
            block_on(sweep(&sealed(&inner), seal, |_, _| {})).unwrap();
            let all = held::all(&inner);
            prop_assert_eq!(&held::all(&through), &before);
            prop_assert!(all.iter().all(|(_, record)| is_sealed(&record.content) == seal));
        }
    }
}

#[test]
fn what_is_saved_under_the_lock_cannot_be_read_without_it() {
    let inner = memory();
    let store = Store::new(Rc::new(sealed(&inner)));
    block_on(store.save(Revision(0), build::head(1, 1), build::changes())).unwrap();
    let (photo, bytes) = build::photo(1);
    block_on(store.keep_photo(build::assessment(1), photo, bytes.clone())).unwrap();
    let all = held::all(&inner);
    assert!(all.len() > 10);
    let head = build::head(1, 1);
    for (table, Record { key, content }) in all {
        let Content::Bytes(found) = &content else { panic!("{table:?} {key:?} stands open") };
        for word in [head.subject.product.as_bytes(), head.subject.business.as_bytes(), b"option", &bytes] {
            assert!(!found.windows(word.len()).any(|part| part == word), "{table:?} {key:?}");
        }
    }
    // Without the key the records are there and say nothing.
    let without = Store::new(inner.clone());
    assert_eq!(block_on(without.open(build::assessment(1))), Err(StoreError::Corrupt));
    // With another key likewise.
    let other = Sealed::new(inner, TestSealers.of(&StoreKey([8; 32])), Rc::new(TestCipher::default()));
    assert_eq!(block_on(Store::new(Rc::new(other)).open(build::assessment(1))), Err(StoreError::Corrupt));
}

#[test]
fn a_sealed_record_stands_in_its_own_place_alone() {
    let inner = memory();
    let through: Rc<dyn Tables> = Rc::new(sealed(&inner));
    held::put(&through, Table::Heads, Key::one("a"), Content::Text("head".to_owned()));
    let (_, Record { content, .. }) = held::all(&inner).remove(0);
    held::put(&inner, Table::Heads, Key::one("b"), content.clone());
    held::put(&inner, Table::Rubrics, Key::one("a"), content.clone());
    held::put(&inner, Table::Notes, held::two("a", ""), content.clone());
    let Content::Bytes(bytes) = content else { panic!() };
    for cut in [16, 20, 28, bytes.len() - 1] {
        held::put(&inner, Table::Outbox, Key::one(cut), Content::Bytes(bytes[..cut].to_vec()));
    }
    for (table, Record { key, content }) in held::all(&through) {
        let own = table == Table::Heads && key == Key::one("a");
        assert_eq!(content, if own { Content::Text("head".to_owned()) } else { Content::Strange }, "{table:?} {key:?}");
    }
}

#[test]
fn what_another_key_has_sealed_is_counted_and_stays() {
    let inner = memory();
    let other = Sealed::new(inner.clone(), TestSealers.of(&StoreKey([8; 32])), Rc::new(TestCipher::default()));
    let (theirs, own): (Rc<dyn Tables>, Rc<dyn Tables>) = (Rc::new(other), Rc::new(sealed(&inner)));
    held::put(&theirs, Table::Heads, Key::one("a"), Content::Text("theirs".to_owned()));
    held::put(&own, Table::Heads, Key::one("b"), Content::Text("own".to_owned()));
    assert_eq!(block_on(sweep(&sealed(&inner), false, |_, _| {})), Ok(1));
    assert_eq!(held::all(&theirs)[0].1.content, Content::Text("theirs".to_owned()));
    assert_eq!(held::all(&inner)[1].1.content, Content::Text("own".to_owned()));
}

#[test]
fn the_lock_opens_with_its_passphrase_alone() {
    let cipher = TestCipher::quick();
    let lock = |passphrase| block_on(StoreLock::new(&cipher, &KEY, passphrase, 600_000, Sweep::Whole)).unwrap();
    let (own, again) = (lock("tiga kata sandi"), lock("tiga kata sandi"));
    assert_ne!((&own.salt, &own.sealed), (&again.salt, &again.sealed), "each lock by chance of its own");
    assert_eq!(block_on(own.open(&cipher, "tiga kata sandi")).unwrap().0, KEY.0);
    for wrong in ["", "tiga kata sandi ", "Tiga kata sandi"] {
        assert!(matches!(block_on(own.open(&cipher, wrong)), Err(LockError::Passphrase)), "{wrong}");
    }
    let cut = StoreLock { sealed: own.sealed[..11].to_vec(), ..own.clone() };
    assert!(matches!(block_on(cut.open(&cipher, "x")), Err(LockError::Store(StoreError::Corrupt))));
    // A new key is 32 bytes by chance.
    assert_ne!(StoreKey::new(&cipher).unwrap().0, StoreKey::new(&cipher).unwrap().0);
    assert_eq!(cipher.random(5).len(), 5);
}

#[test]
fn the_lock_is_kept_beside_what_it_locks_and_read_without_it() {
    let store = Store::new(memory());
    assert_eq!(block_on(store.lock()), Ok(None));
    let cipher = TestCipher::quick();
    let lock = block_on(StoreLock::new(&cipher, &KEY, "tiga kata sandi", 600_000, Sweep::Sealing)).unwrap();
    block_on(store.keep_lock(None, Some(&lock))).unwrap();
    // Every clone of the store seals from now on, and reads the lock all the same.
    let clone = store.clone();
    store.seal_with(Some(&sealed(&store.bottom())));
    assert_eq!(block_on(clone.lock()), Ok(Some(lock.clone())));
    assert_eq!(block_on(clone.is_locked()), Ok(true));
    block_on(clone.save(Revision(0), build::head(1, 1), build::changes())).unwrap();
    assert!(block_on(store.open(build::assessment(1))).unwrap().is_some());
    // Nothing writes over a lock that it does not know: its record has the only copy of the key.
    let other =
        block_on(StoreLock::new(&cipher, &StoreKey([8; 32]), "tiga kata sandi", 600_000, Sweep::Whole)).unwrap();
    for known in [None, Some(&other)] {
        let refused = Err(StoreError::Conflict { stored: None });
        assert_eq!(block_on(clone.keep_lock(known, Some(&other))), refused);
        assert_eq!(block_on(clone.keep_lock(known, None)), refused);
    }
    // Put around once more it seals once, and taken away it is gone.
    let again = sealed(&store.bottom());
    store.seal_with(Some(&again));
    block_on(sweep(&again, false, |_, _| {})).unwrap();
    store.seal_with(None);
    assert!(block_on(store.open(build::assessment(1))).unwrap().is_some());
    assert!(held::all(&store.bottom()).iter().all(|(_, record)| !is_sealed(&record.content)));
    block_on(clone.keep_lock(Some(&lock), None)).unwrap();
    assert_eq!(block_on(store.is_locked()), Ok(false));
}

/// What stands in the table of keys, as whoever has the disk sees it.
fn keys(inner: &Rc<dyn Tables>) -> Vec<Record> {
    block_on(inner.read(vec![Get(Table::Keys, Which::All)])).unwrap().concat()
}

#[test]
fn secrets_of_endpoints_are_sealed_and_the_lock_itself_is_not() {
    let inner = memory();
    let below = Store::new(inner.clone());
    block_on(endpoint_store::keep(&below, endpoint_store::endpoint(1, "rahasia-1"))).unwrap();
    let lock = StoreLock { rounds: 1, salt: vec![1; 16], sealed: vec![2; 60], sweep: Sweep::Whole };
    block_on(below.keep_lock(None, Some(&lock))).unwrap();
    let locked = sealed(&inner);
    block_on(sweep(&locked, true, |_, _| {})).unwrap();
    let kept = keys(&inner);
    assert_eq!(kept.len(), 2);
    for record in kept {
        assert_eq!(is_sealed(&record.content), record.key.first != "lock", "{:?}", record.key);
    }
    assert_eq!(block_on(below.lock()), Ok(Some(lock)));
    assert_eq!(block_on(below.endpoints()), Err(StoreError::Corrupt));
    let through = Store::new(Rc::new(locked));
    let endpoints = block_on(through.endpoints()).unwrap();
    assert_eq!(endpoints.chosen(), Some(&endpoint_store::endpoint(1, "rahasia-1")));
}

#[test]
fn endpoints_that_cannot_be_read_stay_and_new_ones_are_begun() {
    let inner = memory();
    let store = Store::new(inner.clone());
    let mut damaged = Vec::new();
    for round in 0..2 {
        let content = match round {
            0 => Content::Text("{".to_owned()),
            // What a lock sealed and its key does not open reads so.
            _ => Content::Strange,
        };
        let key = Key::one(format!("endpoints.{round:02}"));
        held::put(&inner, Table::Keys, key, content.clone());
        damaged.push(content);
        assert_eq!(block_on(store.endpoints()), Err(StoreError::Corrupt));
        block_on(endpoint_store::keep(&store, endpoint_store::endpoint(1, "rahasia-1"))).unwrap();
        assert_eq!(block_on(store.endpoints()).map(|endpoints| endpoints.all().len()), Ok(1));
        let kept = keys(&inner);
        assert!(damaged.iter().all(|content| kept.iter().any(|record| record.content == *content)));
    }
    // Sealed by a lock whose key is not there, they are no list that a new one takes the place of.
    let locked = sealed(&inner);
    block_on(sweep(&locked, true, |_, _| {})).unwrap();
    let change = store.change_endpoints(Box::new(|_| Ok(())));
    assert_eq!(block_on(change), Err(StoreError::Corrupt));
}
