//! Backups of tables.

use bintang_domain::{
    backup::{Backup, Choice, LeftOut, Lost, Restore, RestoreError, Scope},
    bundle::{Bundle, BundleError, Lock, Opened},
    digest::Digest,
    ports::{
        StoreError,
        cipher::Cipher,
        tables::{Content, Table, Tables},
    },
    store::Store,
    wire::export::evidence_sum,
};
use bintang_testkit::{build, held};
use futures::executor::block_on;
use std::rc::Rc;

/// The keys of the assessments that cases have.
pub fn keys() -> Vec<String> {
    (1..5).map(|n| build::assessment(n).to_string()).collect()
}

/// A backup of the tables.
pub fn try_take(
    tables: &Rc<dyn Tables>,
    scope: Scope,
    lock: Option<Lock>,
) -> Result<(Vec<u8>, Vec<LeftOut>), StoreError> {
    let mut backup = block_on(Backup::begin(Store::new(tables.clone()), scope, lock))?;
    let mut bytes = Vec::new();
    while let Some(piece) = block_on(backup.next()) {
        bytes.extend(piece.head);
        bytes.extend(piece.content);
    }
    assert_eq!(backup.remaining(), 0);
    let (ends, left_out) = block_on(backup.finish()).unwrap();
    Ok(([ends.front, bytes, ends.back].concat(), left_out))
}

/// A backup of tables that do not fail.
pub fn take(tables: &Rc<dyn Tables>, scope: Scope) -> (Vec<u8>, Vec<LeftOut>) {
    try_take(tables, scope, None).unwrap()
}

/// The bundle of these bytes.
pub fn opened(bytes: &[u8]) -> Result<Bundle, BundleError> {
    match block_on(Opened::of(Rc::new(bytes.to_vec())))? {
        Opened::Open(bundle) => Ok(bundle),
        Opened::Locked(_) => panic!("it is locked"),
    }
}

/// The bundle of bytes that are one.
pub fn open(bytes: &[u8]) -> Bundle {
    opened(bytes).unwrap()
}

/// The bundle under a lock.
pub fn unlocked(bytes: &[u8], cipher: &dyn Cipher, passphrase: &str) -> Bundle {
    match block_on(Opened::of(Rc::new(bytes.to_vec()))).unwrap() {
        Opened::Open(_) => panic!("it is not locked"),
        Opened::Locked(locked) => block_on(locked.unlock(cipher, passphrase)).unwrap(),
    }
}

/// A look at a bundle.
pub fn looked(tables: &Rc<dyn Tables>, bytes: &[u8]) -> Restore {
    block_on(Restore::preview(Store::new(tables.clone()), open(bytes))).unwrap()
}

/// Brings everything back; goes on past what fails and gives the first error.
pub fn bring(restore: &Restore, choice: Choice) -> Result<Vec<Lost>, RestoreError> {
    let mut ended = Ok(Vec::new());
    let items = restore.items().iter().map(|item| block_on(restore.restore(item, choice)));
    for one in items.chain([block_on(restore.rest())]) {
        match (one, &mut ended) {
            (Ok(lost), Ok(all)) => all.extend(lost),
            (Err(error), Ok(_)) => ended = Err(error),
            (_, Err(_)) => {}
        }
    }
    ended
}

/// The photos that the assessment's records name.
pub fn named(tables: &Rc<dyn Tables>, key: &str) -> Vec<Digest> {
    let records = held::of(tables, key).into_iter();
    records
        .filter(|(table, _)| *table == Table::EvidenceMeta)
        .filter_map(|(_, record)| evidence_sum(&record.content))
        .collect()
}

/// What belongs to an assessment, but for bytes that no record names: photos come before their records.
pub fn named_only(tables: &Rc<dyn Tables>, key: &str) -> Vec<(Table, bintang_domain::ports::tables::Record)> {
    let all = held::of(tables, key);
    let named = |photo: &Option<String>| {
        all.iter().any(|(table, record)| *table == Table::EvidenceMeta && record.key.second == *photo)
    };
    let keep = |(table, record): &&(Table, bintang_domain::ports::tables::Record)| {
        *table != Table::EvidenceBytes || named(&record.key.second)
    };
    all.iter().filter(keep).cloned().collect()
}

/// Whether the bytes of every photo that a record names are there, and are those.
pub fn photos_are_whole(tables: &Rc<dyn Tables>, key: &str) -> bool {
    let all = held::of(tables, key);
    let bytes = |photo: &Option<String>| {
        all.iter().find(|(table, record)| *table == Table::EvidenceBytes && record.key.second == *photo)
    };
    let whole = |(_, record): &(Table, bintang_domain::ports::tables::Record)| {
        let Some(sum) = evidence_sum(&record.content) else { return true };
        matches!(bytes(&record.key.second), Some((_, bytes)) if matches!(&bytes.content, Content::Bytes(bytes) if Digest::of(bytes) == sum))
    };
    all.iter().filter(|(table, _)| *table == Table::EvidenceMeta).all(whole)
}
