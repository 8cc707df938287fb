//! Backups: what a phone holds, or one assessment of it, as a bundle, and back (docs/adr/0009).
//!
//! In the bundle: `assessments/<key>.json`, everything stored of one assessment ([`crate::wire::export`]);
//! `evidence/<sha256>`, a photo's bytes; `rubrics/<sha256>.json`, a rubric's file; `installed.json`, which rubrics are
//! offered for new assessments. The device's keys never leave.

mod delivery;
mod restore;
mod standing;
mod take;

use crate::{
    bundle::BundleError,
    digest::Digest,
    id::AssessmentId,
    ports::{
        StoreError,
        cipher::CipherError,
        tables::{Key, Table},
    },
};
pub use restore::{Choice, Item, Lost, Restore, RestoreError};
pub use standing::Standing;
pub use take::{Backup, Scope};

/// The folder of assessments.
const ASSESSMENTS: &str = "assessments/";
/// The folder of photos.
const EVIDENCE: &str = "evidence/";
/// The folder of rubrics.
const RUBRICS: &str = "rubrics/";
/// How the names of texts end.
const JSON: &str = ".json";
/// The list of installed rubrics.
const INSTALLED: &str = "installed.json";

/// The path of an assessment: its key, where that is an id; else a number, and the key stands inside alone.
fn assessment_path(key: &str, number: usize) -> String {
    let name =
        if AssessmentId::parse(key).is_ok() { key.to_owned() } else { ["damaged-", &number.to_string()].concat() };
    [ASSESSMENTS, &name, JSON].concat()
}

fn evidence_path(sha256: Digest) -> String {
    [EVIDENCE, &sha256.to_string()].concat()
}

fn rubric_path(sha256: Digest) -> String {
    [RUBRICS, &sha256.to_string(), JSON].concat()
}

/// The sum in a path of a photo or a rubric.
fn sum_in(path: &str) -> Option<(Table, Digest)> {
    if let Some(sum) = path.strip_prefix(EVIDENCE) {
        return Some((Table::EvidenceBytes, Digest::parse(sum)?));
    }
    Some((Table::Rubrics, Digest::parse(path.strip_prefix(RUBRICS)?.strip_suffix(JSON)?)?))
}

/// Why there is no backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeError {
    /// What the store said.
    Store(StoreError),
    /// The lock could not be made.
    Cipher(CipherError),
    /// The bundle could not be ended.
    Bundle(BundleError),
    /// The browser makes no file of it.
    NoFile,
}

/// What could not be taken along; it stays where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands.
    pub table: Table,
    /// Its key; for [`Table::Heads`] the key of a whole assessment.
    pub key: Key,
    /// Why.
    pub why: Why,
}

/// Why something could not be taken along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A record names it, but it is not there.
    Missing,
    /// It is not what its sum says.
    Damaged,
    /// Its key or content is of a kind that this app never writes.
    Strange,
    /// The store did not give it.
    Store(StoreError),
    /// The bundle did not take it.
    Bundle(BundleError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_id_never_makes_a_path() {
        let id = "019aafb7-5c00-7707-8707-070707070707";
        assert_eq!(assessment_path(id, 3), format!("assessments/{id}.json"));
        for key in ["", "../x", "a/b", "damaged-1", "\u{0}", &id.to_uppercase()] {
            assert_eq!(assessment_path(key, 3), "assessments/damaged-3.json");
        }
    }

    #[test]
    fn paths_say_their_sums() {
        let sum = Digest::of(b"");
        assert_eq!(sum_in(&evidence_path(sum)), Some((Table::EvidenceBytes, sum)));
        assert_eq!(sum_in(&rubric_path(sum)), Some((Table::Rubrics, sum)));
        for path in ["evidence/0", "rubrics/x.json", &rubric_path(sum).replace(".json", ""), "installed.json"] {
            assert_eq!(sum_in(path), None);
        }
    }
}
