//! What must hold of any bytes read as one of the documents that come from outside or from a store.

use bintang_domain::{
    digest::Digest,
    edit::Place,
    id::{KnockoutId, NodeId, RequirementId, SubmissionId},
    wire::{
        answers, canonical,
        envelope::Envelope,
        json, panel,
        problem::ProblemDocument,
        read_back::read_back,
        receipt::{self, NotAReceipt},
        record,
    },
};
use serde_json::Value;

/// Reads the bytes with every reader there is. What one of them takes comes back from what is written of it.
///
/// # Panics
/// Where a promise of reading or writing is broken.
pub fn documents(bytes: &[u8]) {
    let any = json::read(bytes);
    let exact = json::read_exact(bytes);
    if let Ok(exact) = &exact {
        assert_eq!(any.as_ref(), Ok(exact), "what may travel is read the same by both readers");
        assert_eq!(json::read_exact(canonical::write(exact).as_bytes()).as_ref(), Ok(exact), "and comes back");
    }
    if let Ok(value) = &any {
        sheet(value);
        if let Err(faults) = panel::read(value) {
            assert!(!faults.is_empty(), "what is refused has a reason");
        }
    }
    let _ = ProblemDocument::read(bytes);
    envelope(bytes);
    received(bytes, any.ok());
    if let Ok(text) = str::from_utf8(bytes) {
        records(text);
    }
}

fn sheet(value: &Value) {
    match answers::read(value) {
        Ok(sheet) => assert_eq!(answers::read(&answers::write(&sheet)), Ok(sheet), "a sheet comes back"),
        Err(faults) => assert!(!faults.is_empty(), "what is refused has a reason"),
    }
    if let Ok(answer) = answers::read_answer(value) {
        assert_eq!(answers::read_answer(&answers::write_answer(&answer)), Ok(answer), "an answer comes back");
    }
}

fn envelope(bytes: &[u8]) {
    let Ok((envelope, _)) = Envelope::open(bytes) else { return };
    let sealed = envelope.seal().expect("what travelled may travel again");
    let opened = Envelope::open(sealed.document.as_bytes());
    assert_eq!(opened, Ok((envelope, sealed.digest)), "an envelope comes back");
    if let Some(sent) = read_back(&sealed.document) {
        assert_eq!(sent.digest, sealed.digest, "a document is read back with its own digest");
    }
}

/// A receipt as the answer to just what it names.
fn received(bytes: &[u8], value: Option<Value>) {
    let text = |name: &str| value.as_ref().and_then(|value| value.get(name)).and_then(Value::as_str);
    let id = text("id").and_then(|id| SubmissionId::parse(id).ok());
    let digest = text("digest").and_then(Digest::parse);
    let Some((id, digest)) = id.zip(digest) else { return };
    let checked = receipt::check(bytes, id, digest);
    assert!(matches!(checked, Ok(_) | Err(NotAReceipt::OtherBody)), "a receipt names what it is for: {checked:?}");
    if checked.is_ok() {
        assert_eq!(receipt::check(bytes, id, Digest::of(bytes)), Err(NotAReceipt::OtherDigest));
    }
}

/// Records of the store: what was read once is read for ever, and does not change on the way.
fn records(text: &str) {
    same(text, record::read_head, record::write_head);
    same(text, record::read_outbox, record::write_outbox);
    same(text, record::read_receipt, record::write_receipt);
    if let Some(place) = record::read_place(text) {
        assert_eq!(record::read_place(&record::write_place(&place)), Some(place), "a place comes back");
    }
    let criterion = NodeId::parse("A.1").map(Place::Criterion);
    let requirement = RequirementId::parse("A.1").map(Place::Requirement);
    let knockout = KnockoutId::parse("A.1").map(Place::Knockout);
    for place in [criterion, requirement, knockout].into_iter().flatten() {
        same(text, |text| record::read_entry(&place, text), record::write_entry);
    }
    let _ = read_back(text);
}

/// What is not of a record's own form, such as a signature's numbers, may be written in its canonical form; from then on
/// nothing changes.
fn same<T: PartialEq + std::fmt::Debug>(text: &str, read: impl Fn(&str) -> Option<T>, write: impl Fn(&T) -> String) {
    let Some(first) = read(text) else { return };
    let written = write(&first);
    let again = read(&written).unwrap_or_else(|| panic!("what was read cannot be read again: {written}"));
    assert_eq!(write(&again), written, "a record comes back");
}
