//! Backups: what was taken comes back, whatever is damaged, whatever fails on the way.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/backups.rs"]
mod backups;
#[path = "common/cases.rs"]
mod cases;

use backups::{bring, looked, open, opened, take};
use bintang_domain::{
    backup::{Choice, LeftOut, Restore, RestoreError, Scope, Standing, Why},
    bundle::{BundleError, Kind, Lock, ROUNDS},
    digest::Digest,
    draft::{Changes, Delivery, Head, Phase, Revision},
    endpoint::Endpoint,
    outbox::{Entry, State},
    ports::{
        StoreError,
        cipher::Cipher,
        tables::{Content, Key, Table, Tables},
    },
    store::{Memory, Store},
    submission::Finished,
};
use bintang_testkit::{build, bundle::made, cipher::TestCipher, endpoint_store, failing::Failing, held};
use cases::{Case, photo};
use futures::executor::block_on;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::rc::Rc;

fn tables() -> Rc<dyn Tables> {
    let tables: Rc<dyn Tables> = Rc::new(Memory::default());
    // Where entries go is known on both phones: what is not would not travel.
    let endpoint = Endpoint::at(build::entry(1).endpoint.unwrap());
    block_on(endpoint_store::keep(&Store::new(tables.clone()), endpoint)).unwrap();
    tables
}

fn store(tables: &Rc<dyn Tables>) -> Store {
    Store::new(tables.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_taken_comes_back_and_once_more_changes_nothing(cases in vec(cases::case(), 0..6)) {
        let (from, to) = (tables(), tables());
        cases.iter().for_each(|case| case.put(&from));
        held::put(&from, Table::Keys, Key::one("device"), Content::Text("secret".to_owned()));
        let (bytes, left_out) = take(&from, Scope::Everything);
        prop_assert_eq!(left_out, Vec::new());
        prop_assert!(!bytes.windows(6).any(|part| part == b"secret"));
        let restore = looked(&to, &bytes);
        prop_assert!(restore.items().iter().all(|item| item.standing == Ok(Standing::New)));
        prop_assert_eq!(bring(&restore, Choice::Skip), Ok(Vec::new()));
        prop_assert_eq!(held::all(&to), held::all(&from));
        let again = looked(&to, &bytes);
        prop_assert!(again.items().iter().all(|item| item.standing == Ok(Standing::Same)));
        prop_assert_eq!(bring(&again, Choice::Replace), Ok(Vec::new()));
        prop_assert_eq!(held::all(&to), held::all(&from));
        prop_assert_eq!(take(&to, Scope::Everything).0, bytes, "the same tables make the same bytes");
    }
}

proptest! {
    // Each tries every call.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_call_that_fails_leaves_every_assessment_whole(
        stored in vec(cases::case(), 0..3),
        taken in vec(cases::case(), 1..4),
    ) {
        let from = tables();
        taken.iter().for_each(|case| case.put(&from));
        let (bytes, _) = take(&from, Scope::Everything);
        let before = || {
            let to = tables();
            stored.iter().for_each(|case| case.put(&to));
            to
        };
        let after = before();
        let _ = bring(&looked(&after, &bytes), Choice::Replace);
        for k in 0.. {
            let to = before();
            let failing = Rc::new(Failing::new(to.clone(), k));
            let ended = block_on(Restore::preview(Store::new(failing.clone()), open(&bytes)));
            if let Ok(restore) = ended {
                let _ = bring(&restore, Choice::Replace);
            }
            for key in backups::keys() {
                let now = backups::named_only(&to, &key);
                let either = [before(), after.clone()].map(|tables| backups::named_only(&tables, &key));
                prop_assert!(either.contains(&now), "{key} at call {k}");
                prop_assert!(backups::photos_are_whole(&to, &key), "a record names other bytes than are there");
            }
            if !failing.failed() {
                prop_assert_eq!(held::all(&to), held::all(&after));
                break;
            }
        }
    }

    #[test]
    fn a_read_that_fails_costs_one_file(cases in vec(cases::case(), 1..4)) {
        let from = tables();
        cases.iter().for_each(|case| case.put(&from));
        for k in 0.. {
            let failing = Rc::new(Failing::new(from.clone(), k));
            let tables: Rc<dyn Tables> = failing.clone();
            if let Ok((bytes, left_out)) = backups::try_take(&tables, Scope::Everything, None) {
                let missing = usize::from(failing.failed());
                prop_assert_eq!(left_out.len(), missing, "{:?}", left_out);
                prop_assert!(left_out.iter().all(|left| left.why == Why::Store(StoreError::Full)));
                let to = crate::tables();
                prop_assert_eq!(bring(&looked(&to, &bytes), Choice::Skip), Ok(Vec::new()));
            }
            if !failing.failed() {
                break;
            }
        }
    }

    /// Whatever happens to a bundle, nothing panics, and what is stored stays.
    #[test]
    fn a_damaged_bundle_gives_what_it_can(at in any::<Index>(), byte in any::<u8>(), case in cases::case()) {
        let (from, to) = (tables(), tables());
        case.put(&from);
        Case::Draft { n: 4, photos: 1 }.put(&from);
        Case::Draft { n: 9, photos: 1 }.put(&to);
        let kept = held::of(&to, &build::assessment(9).to_string());
        let (mut bytes, _) = take(&from, Scope::Everything);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(bundle) = opened(&bytes)
            && let Ok(restore) = block_on(Restore::preview(store(&to), bundle))
        {
            let _ = bring(&restore, Choice::Replace);
        }
        prop_assert_eq!(held::of(&to, &build::assessment(9).to_string()), kept);
    }
}

#[test]
fn one_assessment_takes_what_is_its_own() {
    let from = tables();
    Case::Finished { n: 1, proved: true }.put(&from);
    Case::Draft { n: 2, photos: 2 }.put(&from);
    Case::Draft { n: 3, photos: 1 }.put(&from);
    Case::Orphan.put(&from);
    let (bytes, left_out) = take(&from, Scope::One(build::assessment(2)));
    assert_eq!(left_out, Vec::new());
    let mut expected = vec![format!("assessments/{}.json", build::assessment(2))];
    expected.extend([0, 1].map(|p| format!("evidence/{}", Digest::of(&photo(2, p)))));
    expected.push(format!("rubrics/{}.json", Digest::of(b"rubric")));
    expected.sort();
    let paths: Vec<String> = open(&bytes).files().map(|file| file.path.clone()).collect();
    assert_eq!(paths, expected);
}

#[test]
fn what_cannot_be_taken_along_is_told_and_stops_nothing() {
    let from = tables();
    Case::Draft { n: 1, photos: 2 }.put(&from);
    let gone = Digest::of(b"gone");
    let key = build::assessment(1).to_string();
    held::put(&from, Table::EvidenceBytes, held::two(&key, "photo-0"), Content::Bytes(b"other".to_vec()));
    held::put(&from, Table::EvidenceBytes, Key::one("x"), Content::Bytes(Vec::new()));
    let meta = Content::Text(format!("{{\"sha256\":\"{gone}\"}}"));
    held::put(&from, Table::EvidenceMeta, held::two(&key, "gone"), meta);
    held::put(&from, Table::Heads, held::two("a", "b"), Content::Text(String::new()));
    held::put(&from, Table::Notes, held::two(&key, "strange"), Content::Strange);
    let (bytes, mut left_out) = take(&from, Scope::Everything);
    let left = |table, key, why| LeftOut { table, key, why };
    let mut expected = vec![
        left(Table::EvidenceBytes, held::two(&key, "photo-0"), Why::Damaged),
        left(Table::EvidenceBytes, held::two(&key, "gone"), Why::Missing),
        left(Table::EvidenceBytes, Key::one("x"), Why::Strange),
        left(Table::Heads, held::two("a", "b"), Why::Strange),
        left(Table::Notes, held::two(&key, "strange"), Why::Strange),
    ];
    left_out.sort_by(|one, other| (one.table, &one.key).cmp(&(other.table, &other.key)));
    expected.sort_by(|one, other| (one.table, &one.key).cmp(&(other.table, &other.key)));
    assert_eq!(left_out, expected);
    let to = tables();
    assert_eq!(bring(&looked(&to, &bytes), Choice::Skip), Ok(Vec::new()));
    let draft = block_on(store(&to).open(build::assessment(1))).unwrap().unwrap();
    assert_eq!(draft.head, build::head(1, 1));
}

#[test]
fn a_photo_damaged_in_the_bundle_takes_its_record_with_it_and_nothing_else() {
    let (from, to) = (tables(), tables());
    Case::Draft { n: 1, photos: 2 }.put(&from);
    let (mut bytes, _) = take(&from, Scope::Everything);
    let content = photo(1, 1);
    let at = bytes.windows(content.len()).position(|part| part == content).unwrap();
    bytes[at] ^= 1;
    let restore = looked(&to, &bytes);
    let lost = bring(&restore, Choice::Skip).unwrap();
    let path = format!("evidence/{}", Digest::of(&content));
    assert_eq!(lost.len(), 1);
    assert_eq!((&lost[0].path, &lost[0].why), (&path, &BundleError::Sum { path: path.clone() }));
    let key = build::assessment(1).to_string();
    assert_eq!(backups::named(&to, &key), [Digest::of(&photo(1, 0))]);
    assert!(block_on(store(&to).open(build::assessment(1))).unwrap().is_some());
    // With a whole bundle it comes whole.
    let (whole, _) = take(&from, Scope::Everything);
    let again = looked(&to, &whole);
    assert!(matches!(again.items()[0].standing, Ok(Standing::Differs { .. })));
    assert_eq!(bring(&again, Choice::Replace), Ok(Vec::new()));
    assert_eq!(held::all(&to), held::all(&from));
}

#[test]
fn a_photo_damaged_in_the_bundle_takes_no_other_one_of_this_phone() {
    let (from, to) = (tables(), tables());
    for tables in [&from, &to] {
        let (photo, bytes) = build::photo(1);
        block_on(store(tables).save(Revision(0), build::head(1, 1), build::changes())).unwrap();
        block_on(store(tables).keep_photo(build::assessment(1), photo, bytes)).unwrap();
    }
    let (mut bytes, _) = take(&from, Scope::Everything);
    // Here it was scaled since; in the backup it is as it came, and damaged.
    let (scaled, small) = build::scaled(1);
    let scaling = store(&to).scale_photo(build::assessment(1), &build::photo(1).0, scaled.clone(), Some(small.clone()));
    block_on(scaling).unwrap();
    let content = build::photo(1).1;
    let at = bytes.windows(content.len()).position(|part| part == content).unwrap();
    bytes[at] ^= 1;
    let restore = looked(&to, &bytes);
    assert_eq!(bring(&restore, Choice::Replace).unwrap().len(), 1);
    let photos = block_on(store(&to).photos(build::assessment(1))).unwrap();
    assert_eq!((photos.whole, photos.damaged), (vec![scaled], Vec::new()));
    let there = block_on(store(&to).photo_bytes(build::assessment(1), build::photo_id(1)));
    assert_eq!(there, Ok(Some(small)));
}

#[test]
fn an_export_has_the_damaged_entry_that_mentions_it_though_nothing_else_is_left() {
    let from = tables();
    Case::DamagedEntry { n: 2 }.put(&from);
    for key in [build::assessment(2).to_string(), "entry".to_owned()] {
        let export = block_on(store(&from).export(&key)).unwrap();
        assert!(export.contains("{\\\"assessment\\\":"), "{export}");
    }
    let other = block_on(store(&from).export(&build::assessment(1).to_string())).unwrap();
    assert!(!other.contains("{\\\"assessment\\\":"), "{other}");
}

#[test]
fn what_differs_stays_unless_it_is_replaced() {
    let (from, to) = (tables(), tables());
    Case::Draft { n: 1, photos: 0 }.put(&from);
    let newer = Head { revision: Revision(5), ..build::head(1, 5) };
    block_on(store(&to).save(Revision(0), build::head(1, 1), build::changes())).unwrap();
    for revision in 1..5 {
        block_on(store(&to).save(Revision(revision), build::head(1, revision + 1), build::chosen("A.I.1", "a")))
            .unwrap();
    }
    let kept = held::all(&to);
    let (bytes, _) = take(&from, Scope::Everything);
    let restore = looked(&to, &bytes);
    let item = &restore.items()[0];
    assert_eq!(item.standing, Ok(Standing::Differs { stored: Some(Box::new(newer)) }));
    assert_eq!(item.head.as_ref().map(|head| head.revision), Some(Revision(1)));
    assert_eq!(block_on(restore.restore(item, Choice::Skip)), Ok(Vec::new()));
    assert_eq!(held::all(&to), kept);
    // Somebody works on while the question stands on the screen.
    block_on(store(&to).save(Revision(5), build::head(1, 6), build::chosen("A.I.1", "b"))).unwrap();
    assert_eq!(block_on(restore.restore(item, Choice::Replace)), Err(RestoreError::Changed));
    let restore = looked(&to, &bytes);
    assert_eq!(bring(&restore, Choice::Replace), Ok(Vec::new()));
    assert_eq!(held::all(&to), held::all(&from));
}

#[test]
fn what_no_receipt_proves_keeps_its_place() {
    let (from, to) = (tables(), tables());
    Case::Draft { n: 1, photos: 0 }.put(&from);
    Case::Finished { n: 1, proved: false }.put(&to);
    let (draft, _) = take(&from, Scope::Everything);
    let kept = held::all(&to);
    let key = build::submission(1).to_string();
    assert_eq!(bring(&looked(&to, &draft), Choice::Replace), Err(RestoreError::Unproved(key.clone())));
    assert_eq!(held::all(&to), kept);
    // Nor where the receiver has it without its photos: they may be on this phone alone.
    let here = tables();
    Case::Finished { n: 1, proved: true }.put(&here);
    let entry = block_on(store(&here).entries()).unwrap().whole.remove(0);
    let State::Proved { at, receiver, received_at, .. } = entry.state.clone() else { panic!("it is proved") };
    let state = State::Proved { at, receiver, received_at, held: 3, read_back: false };
    block_on(store(&here).put(Entry { state, ..entry }, None)).unwrap();
    assert_eq!(bring(&looked(&here, &draft), Choice::Replace), Err(RestoreError::Unproved(key.clone())));
    // Once proved it may, and its entry and receipt stay.
    let proved = tables();
    Case::Finished { n: 1, proved: true }.put(&proved);
    assert_eq!(bring(&looked(&proved, &draft), Choice::Replace), Ok(Vec::new()));
    assert!(block_on(store(&proved).open(build::assessment(1))).unwrap().unwrap().head.phase == Phase::Draft);
    assert!(block_on(store(&proved).receipt(build::submission(1))).unwrap().is_some());
    // A bundle with that very finishing may replace a head that was damaged; the head says how far the entry is.
    let (finished, _) = take(&to, Scope::Everything);
    let stored = tables();
    Case::Finished { n: 1, proved: true }.put(&stored);
    held::put(&stored, Table::Heads, Key::one(build::assessment(1)), Content::Text("{".to_owned()));
    assert_eq!(bring(&looked(&stored, &finished), Choice::Replace), Ok(Vec::new()));
    let head = block_on(store(&stored).open(build::assessment(1))).unwrap().unwrap().head;
    assert!(matches!(head.phase, Phase::Finished { delivery: Delivery::Proved, .. }));
    // Something else under its name is refused.
    let other = tables();
    let entry = Entry { digest: Digest::of(b"other"), ..build::entry(1) };
    let late = Finished { entry, ..build::finishing(1, 2) };
    block_on(store(&other).save(Revision(0), build::head(1, 1), Changes::default())).unwrap();
    block_on(store(&other).finish(Revision(1), late)).unwrap();
    assert_eq!(bring(&looked(&other, &finished), Choice::Replace), Err(RestoreError::OtherEntry(key)));
}

#[test]
fn how_far_the_outbox_is_makes_no_difference() {
    let (from, to) = (tables(), tables());
    Case::Finished { n: 1, proved: false }.put(&from);
    Case::Finished { n: 1, proved: true }.put(&to);
    let (bytes, _) = take(&from, Scope::Everything);
    let (kept, restore) = (held::all(&to), looked(&to, &bytes));
    assert_eq!(restore.items()[0].standing, Ok(Standing::Same));
    assert_eq!(bring(&restore, Choice::Replace), Ok(Vec::new()));
    assert_eq!(held::all(&to), kept);
}

#[test]
fn what_only_says_that_it_is_proved_is_sent_again() {
    for receipt in [None, Some(build::receipt(&build::entry(2)))] {
        let from = tables();
        Case::Finished { n: 1, proved: true }.put(&from);
        // The receipt is gone, or of something else.
        let other = receipt.map(|receipt| bintang_domain::wire::record::write_receipt(&receipt));
        held::put(&from, Table::Receipts, Key::one(build::submission(1)), Content::Text(other.unwrap_or_default()));
        let to = tables();
        let (bytes, _) = take(&from, Scope::Everything);
        assert_eq!(bring(&looked(&to, &bytes), Choice::Skip), Ok(Vec::new()));
        let entry = block_on(store(&to).entry(build::submission(1))).unwrap().unwrap();
        assert_eq!(entry, build::entry(1));
        let head = block_on(store(&to).open(build::assessment(1))).unwrap().unwrap().head;
        assert_eq!(head, build::finished(1, 2));
    }
}

#[test]
fn only_backups_are_brought_back_and_only_what_they_can_say() {
    let to = tables();
    let other = block_on(made(Kind::Verdict, None, &[])).unwrap();
    let refused = block_on(Restore::preview(store(&to), open(&other))).err();
    assert_eq!(refused, Some(RestoreError::Kind(Kind::Verdict)));
    let key = build::assessment(2).to_string();
    let entry = bintang_domain::wire::record::write_outbox(&build::entry(1)).replace('\\', "\\\\").replace('"', "\\\"");
    let foreign =
        format!("{{\"format\":\"bintang-export/1\",\"key\":\"{key}\",\"head\":null,\"outbox\":{{\"x\":\"{entry}\"}}}}");
    let nothing =
        format!("{{\"format\":\"bintang-export/1\",\"key\":\"{key}\",\"head\":null,\"notes\":{{\"x\":null}}}}");
    let files: [(&str, &[u8]); 4] = [
        ("assessments/a.json", foreign.as_bytes()),
        ("assessments/b.json", nothing.as_bytes()),
        ("assessments/c.json", b"{}"),
        ("later/x", b""),
    ];
    let bytes = block_on(made(Kind::Backup, None, &files)).unwrap();
    let restore = looked(&to, &bytes);
    assert!(restore.items().iter().all(|item| item.standing == Err(RestoreError::Damaged)));
    assert_eq!(restore.items().len(), 3);
    assert_eq!(restore.unknown().collect::<Vec<_>>(), ["later/x"]);
    assert_eq!(bring(&restore, Choice::Replace), Err(RestoreError::Damaged));
    assert_eq!(held::all(&to), Vec::new());
}

#[test]
fn a_locked_backup_comes_back() {
    let (from, to) = (tables(), tables());
    Case::Draft { n: 1, photos: 2 }.put(&from);
    let cipher: Rc<dyn Cipher> = Rc::new(TestCipher::quick());
    let lock = block_on(Lock::new(cipher.clone(), "sandi")).unwrap();
    let (bytes, _) = backups::try_take(&from, Scope::Everything, Some(lock)).unwrap();
    assert!(!bytes.windows(7).any(|part| part == b"Keripik"), "{ROUNDS}");
    let bundle = backups::unlocked(&bytes, &*cipher, "sandi");
    let restore = block_on(Restore::preview(store(&to), bundle)).unwrap();
    assert_eq!(bring(&restore, Choice::Skip), Ok(Vec::new()));
    assert_eq!(held::all(&to), held::all(&from));
}
