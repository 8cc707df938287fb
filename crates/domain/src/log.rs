//! The change log of a sheet: what, from, to, when; each entry chained to the one before by its SHA-256.

use crate::{
    answers::Answers,
    digest::Digest,
    draft::Entry,
    edit::{Edit, Notes, Place},
    evidence::Photo,
    id::{AssessmentId, PhotoId, SubmissionId},
    signature::{Role, Signature},
    subject::{Coordinates, Subject},
    time::Millis,
    wire::{self, record},
};
use serde_json::Value;

/// What a change is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An answer; from and to are answers as they are stored.
    Answer(Place),
    /// A note; from and to are texts.
    Note(Place),
    /// A photo; from and to say what is known of it.
    Photo(PhotoId),
    /// A signature; from and to are names and sums of the records.
    Signature(Role),
    /// Where the visit is; from and to are coordinates.
    Position,
    /// Who and what is assessed; from and to are that, without coordinates.
    Subject,
    /// The sheet began as a copy of another assessment, named by from.
    Carried(AssessmentId),
    /// The sheet was finished.
    Finished(SubmissionId),
    /// A finished sheet was opened again; to is the reason.
    Reopened(SubmissionId),
}

/// A change that has no place in the chain yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When, by the phone's clock.
    pub at: Millis,
    /// Of what.
    pub what: What,
    /// What was there; `null` for nothing.
    pub from: Value,
    /// What is there now; `null` for nothing.
    pub to: Value,
}

impl Change {
    /// What an edit of these answers and notes changes, before it is done; `None` where it changes nothing.
    #[must_use]
    pub fn of_edit(at: Millis, edit: &Edit, answers: &Answers, notes: &Notes) -> Option<Self> {
        let entry = |entry: Option<Entry>| entry.map_or(Value::Null, |entry| record::entry_value(&entry));
        let note = |text: &str| if text.trim().is_empty() { Value::Null } else { Value::from(text) };
        let raised = |raised: bool| entry(raised.then_some(Entry::Raised));
        let place = edit.place();
        let (from, to) = match edit {
            Edit::Choose(id, answer) => {
                let from = answers.criteria.get(id).cloned();
                (entry(from.map(Entry::Answer)), entry(answer.clone().map(Entry::Answer)))
            }
            Edit::Require(id, met) => {
                let from = answers.requirements.get(id).copied();
                (entry(from.map(Entry::Met)), entry(met.map(Entry::Met)))
            }
            Edit::Flag(id, now) => (raised(answers.flags.contains(id)), raised(*now)),
            Edit::Note(place, text) => (notes.get(place).map_or(Value::Null, |text| note(text)), note(text)),
        };
        let what = if matches!(edit, Edit::Note(..)) { What::Note(place) } else { What::Answer(place) };
        (from != to).then_some(Self { at, what, from, to })
    }

    /// Something that happened to the sheet as a whole.
    #[must_use]
    pub fn of_event(at: Millis, what: What) -> Self {
        Self { at, what, from: Value::Null, to: Value::Null }
    }

    /// What became of a signature; `None` for nothing there.
    #[must_use]
    pub fn of_signature(at: Millis, from: Option<&Signature>, to: Option<&Signature>) -> Option<Self> {
        let role = from.or(to)?.role;
        let value = |signed: Option<&Signature>| signed.map_or(Value::Null, wire::signature::logged);
        Some(Self { at, what: What::Signature(role), from: value(from), to: value(to) })
    }

    /// Where the visit is, before and now; `None` where that is the same.
    #[must_use]
    pub fn of_position(at: Millis, from: Option<Coordinates>, to: Option<Coordinates>) -> Option<Self> {
        let value = |place: Option<Coordinates>| place.map_or(Value::Null, |place| wire::envelope::coordinates(&place));
        (from != to).then(|| Self { at, what: What::Position, from: value(from), to: value(to) })
    }

    /// Who and what is assessed, before and now; `None` where that is the same. Where the visit is, is a change of its own.
    #[must_use]
    pub fn of_subject(at: Millis, from: &Subject, to: &Subject) -> Option<Self> {
        let (from, to) = (wire::subject::said(from), wire::subject::said(to));
        (from != to).then_some(Self { at, what: What::Subject, from, to })
    }

    /// What became of a photo; `None` for nothing there.
    #[must_use]
    pub fn of_photo(at: Millis, from: Option<&Photo>, to: Option<&Photo>) -> Option<Self> {
        let id = from.or(to)?.id;
        let value = |photo: Option<&Photo>| photo.map_or(Value::Null, wire::evidence::value);
        let (from, to) = (value(from), value(to));
        (from != to).then_some(Self { at, what: What::Photo(id), from, to })
    }
}

/// What is on disk and not in the log, which comes after it: the page was killed in between. How often scaling a photo was
/// tried is nobody's doing and counts for nothing. `signatures` are `None` where one of them cannot be read, so that nobody
/// knows which are there.
#[must_use]
pub fn missing(at: Millis, log: &[Logged], photos: &[Photo], signatures: Option<&[Signature]>) -> Vec<Change> {
    let last = |what: &What| {
        let of = log.iter().rev().find(|entry| entry.change.what == *what);
        of.map_or(Value::Null, |entry| entry.change.to.clone())
    };
    let said = |value: &Value| {
        let mut said = value.clone();
        if let Some(members) = said.as_object_mut() {
            members.remove("tries");
        }
        said
    };
    let change = |what: What, to: Value| {
        let from = last(&what);
        (said(&from) != said(&to)).then_some(Change { at, what, from, to })
    };
    let photos = photos.iter().filter_map(|photo| change(What::Photo(photo.id), wire::evidence::value(photo)));
    let signed = signatures.into_iter().flat_map(|signatures| {
        Role::ALL.into_iter().filter_map(move |role| {
            let signature = signatures.iter().find(|signature| signature.role == role);
            change(What::Signature(role), signature.map_or(Value::Null, wire::signature::logged))
        })
    });
    photos.chain(signed).collect()
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Its place in the chain, from 1.
    pub number: u64,
    /// The change.
    pub change: Change,
    /// SHA-256 of the text of the entry before; `None` for the first.
    pub before: Option<Digest>,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tail {
    /// Number of the last entry.
    pub number: u64,
    /// SHA-256 of its text.
    pub sha256: Digest,
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub number: u64,
    /// Its text, canonical JSON.
    pub text: String,
}

/// Chains a change to what is there, and moves the end.
pub fn append(tail: &mut Option<Tail>, change: Change) -> Line {
    let number = tail.map_or(0, |tail| tail.number) + 1;
    let text = wire::log::write(&Logged { number, change, before: tail.map(|tail| tail.sha256) });
    *tail = Some(Tail { number, sha256: Digest::of(text.as_bytes()) });
    Line { number, text }
}

/// Where a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The entry of this number cannot be read.
    Unreadable(u64),
    /// An entry of this number is expected and another one stands there, or none.
    Missing(u64),
    /// The entry of this number names another sum than that of the one before.
    Altered(u64),
    /// The chain is whole, but does not end as it is said to.
    End,
}

/// Checks a whole chain, in its order, against its end, and reads it.
///
/// # Errors
/// The first place where it is broken.
pub fn verify(lines: &[Line], end: Option<Tail>) -> Result<Vec<Logged>, Broken> {
    let mut tail: Option<Tail> = None;
    let mut entries = Vec::with_capacity(lines.len());
    for line in lines {
        let expected = tail.map_or(0, |tail| tail.number) + 1;
        let entry = wire::log::read(&line.text).ok_or(Broken::Unreadable(expected))?;
        if entry.number != expected || line.number != expected {
            return Err(Broken::Missing(expected));
        }
        if entry.before != tail.map(|tail| tail.sha256) {
            return Err(Broken::Altered(expected));
        }
        tail = Some(Tail { number: expected, sha256: Digest::of(line.text.as_bytes()) });
        entries.push(entry);
    }
    if tail == end { Ok(entries) } else { Err(Broken::End) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answers::Answer,
        id::{NodeId, RequirementId},
    };
    use proptest::prelude::*;

    fn change(n: i64) -> Change {
        let place = Place::Criterion(NodeId::parse("A.1").unwrap());
        Change { at: Millis(n), what: What::Answer(place), from: Value::Null, to: Value::from(n) }
    }

    fn chain(length: i64) -> (Vec<Line>, Option<Tail>) {
        let mut tail = None;
        let lines = (0..length).map(|n| append(&mut tail, change(n))).collect();
        (lines, tail)
    }

    #[test]
    fn an_edit_that_changes_nothing_is_no_change() {
        let (mut answers, mut notes) = (Answers::default(), Notes::new());
        let place = Place::Criterion(NodeId::parse("A.1").unwrap());
        let edits = [
            Edit::Note(place.clone(), "Dua rak".to_owned()),
            Edit::Choose(NodeId::parse("A.1").unwrap(), Some(Answer::None)),
        ];
        for edit in edits {
            let change = Change::of_edit(Millis(1), &edit, &answers, &notes).unwrap();
            assert_eq!((change.from.is_null(), change.to.is_null()), (true, false));
            let back = answers.apply(&mut notes, edit.clone());
            assert_eq!(Change::of_edit(Millis(2), &edit, &answers, &notes), None);
            let change = Change::of_edit(Millis(2), &back, &answers, &notes).unwrap();
            assert_eq!((change.from.is_null(), change.to.is_null()), (false, true));
        }
        assert_eq!(
            Change::of_edit(Millis(3), &Edit::Require(RequirementId::parse("nib").unwrap(), None), &answers, &notes),
            None
        );
    }

    #[test]
    fn what_a_kill_kept_out_of_the_log_is_found_and_goes_in_once() {
        let tried = |caption: &str, tries: u8| Photo {
            id: PhotoId::parse("019f4a2f-f1a8-7a56-a9b6-82ca1b9c0030").unwrap(),
            sha256: Digest::of(b"x"),
            media_type: "image/jpeg".to_owned(),
            bytes: 1,
            form: crate::evidence::Form::Scaled,
            tries,
            proves: Vec::new(),
            taken_at: None,
            coordinates: None,
            caption: caption.to_owned(),
            added: Millis(1),
            removed: None,
        };
        let photo = |caption: &str| tried(caption, 0);
        let signature = |name: &str| Signature {
            role: Role::Maker,
            name: name.to_owned(),
            at: Millis(2),
            sheet: Digest::of(b"y"),
            strokes: Vec::new(),
        };
        let (mut tail, mut log) = (None, Vec::new());
        let mut find = |photos: &[Photo], signatures: Option<&[Signature]>| {
            let changes = missing(Millis(3), &log, photos, signatures);
            let lines = changes.iter().map(|change| append(&mut tail, change.clone()));
            log.extend(lines.map(|line| wire::log::read(&line.text).unwrap()));
            changes.into_iter().map(|change| (change.from.is_null(), change.to.is_null())).collect::<Vec<_>>()
        };
        // New; known; described and signed; one that nobody can read; signed away.
        assert_eq!(find(&[photo("")], Some(&[])), [(true, false)]);
        assert_eq!(find(&[photo("")], Some(&[])), []);
        assert_eq!(find(&[tried("", 2)], Some(&[])), []);
        assert_eq!(find(&[photo("Dapur")], Some(&[signature("Sari")])), [(false, false), (true, false)]);
        assert_eq!(find(&[photo("Dapur")], None), []);
        assert_eq!(find(&[photo("Dapur")], Some(&[])), [(false, true)]);
        assert_eq!(find(&[photo("Dapur")], Some(&[])), []);
    }

    #[test]
    fn an_empty_chain_is_whole() {
        assert_eq!(verify(&[], None), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn a_chain_reads_back_and_shows_every_alteration(length in 1_i64..8, at in any::<prop::sample::Index>(),
                                                         byte in any::<prop::sample::Index>(), new in b' '..b'~') {
            let (lines, tail) = chain(length);
            let read = verify(&lines, tail).unwrap();
            prop_assert_eq!(read.iter().map(|entry| entry.change.clone()).collect::<Vec<_>>(),
                            (0..length).map(change).collect::<Vec<_>>());
            let index = at.index(lines.len());
            let mut without = lines.clone();
            without.remove(index);
            prop_assert!(verify(&without, tail).is_err());
            let mut altered = lines;
            let mut bytes = std::mem::take(&mut altered[index].text).into_bytes();
            let place = byte.index(bytes.len());
            let same = bytes[place] == new;
            bytes[place] = new;
            altered[index].text = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(verify(&altered, tail).is_ok(), same);
        }
    }
}
