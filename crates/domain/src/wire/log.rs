//! An entry of the change log as a text: canonical JSON, whose SHA-256 the next entry names.

use super::{
    canonical,
    form::{Faults, Form, Members, Name as _, Object, inside, put, text, unknown_word},
    json,
};
use crate::{
    edit::Place,
    id::{AssessmentId, NodeId, PhotoId, SubmissionId},
    log::{Change, Logged, What},
    signature::Role,
};
use serde_json::Value;

const ANSWER: &str = "answer";
const NOTE: &str = "note";
const PHOTO: &str = "photo";
const SIGNATURE: &str = "signature";
const POSITION: &str = "position";
const SUBJECT: &str = "subject";
const CARRIED: &str = "carried";
const FINISHED: &str = "finished";
const REOPENED: &str = "reopened";

/// `what` and `of`.
fn named(what: &What) -> (&'static str, Value) {
    match what {
        What::Answer(place) => (ANSWER, place.write()),
        What::Note(place) => (NOTE, place.write()),
        What::Photo(photo) => (PHOTO, photo.write()),
        What::Signature(role) => (SIGNATURE, role.write()),
        What::Position => (POSITION, Value::Null),
        What::Subject => (SUBJECT, Value::Null),
        What::Carried(from) => (CARRIED, from.write()),
        What::Finished(submission) => (FINISHED, submission.write()),
        What::Reopened(submission) => (REOPENED, submission.write()),
    }
}

fn read_what(word: &str, of: &Value, faults: &mut Faults) -> What {
    match word {
        ANSWER => What::Answer(Place::take(of, faults)),
        NOTE => What::Note(Place::take(of, faults)),
        PHOTO => What::Photo(PhotoId::named(text(of, faults), faults)),
        SIGNATURE => What::Signature(Role::take(of, faults)),
        POSITION => What::Position,
        SUBJECT => What::Subject,
        CARRIED => What::Carried(AssessmentId::take(of, faults)),
        FINISHED => What::Finished(SubmissionId::take(of, faults)),
        REOPENED => What::Reopened(SubmissionId::take(of, faults)),
        _ => {
            unknown_word(faults);
            What::Answer(Place::Criterion(NodeId::placeholder()))
        }
    }
}

impl Form for Logged {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let members = Object::of(value, faults);
        let (word, of): (String, Value) = (members.member("what", faults), members.member("of", faults));
        Self {
            number: members.member("number", faults),
            change: Change {
                at: members.member("at", faults),
                what: inside("what", faults, |faults| read_what(&word, &of, faults)),
                from: members.member("from", faults),
                to: members.member("to", faults),
            },
            before: members.member("before", faults),
        }
    }

    fn write(&self) -> Value {
        let Self { number, change: Change { at, what, from, to }, before } = self;
        let (what, of) = named(what);
        let mut members = Members::new();
        put(&mut members, "number", number);
        put(&mut members, "at", at);
        put(&mut members, "what", &what.to_owned());
        put(&mut members, "of", &of);
        put(&mut members, "from", from);
        put(&mut members, "to", to);
        put(&mut members, "before", before);
        Value::Object(members)
    }
}

/// The entry as it is stored.
#[must_use]
pub fn write(entry: &Logged) -> String {
    canonical::write(&entry.write())
}

/// Reads an entry; `None` when it is damaged.
#[must_use]
pub fn read(text: &str) -> Option<Logged> {
    Logged::read(&json::read(text.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{KnockoutId, RequirementId},
        log,
        time::Millis,
    };
    use serde_json::json;

    #[test]
    fn every_kind_reads_back() {
        let (photo, submission) = (PhotoId::new(Millis(1), &[1; 10]), SubmissionId::new(Millis(2), &[2; 10]));
        let kinds = [
            What::Answer(Place::Criterion(NodeId::parse("A.1").unwrap())),
            What::Answer(Place::Knockout(KnockoutId::parse("k").unwrap())),
            What::Note(Place::Requirement(RequirementId::parse("nib").unwrap())),
            What::Photo(photo),
            What::Signature(Role::Maker),
            What::Position,
            What::Subject,
            What::Carried(AssessmentId::new(Millis(3), &[3; 10])),
            What::Finished(submission),
            What::Reopened(submission),
        ];
        let mut tail = None;
        let change = |what: &What| Change {
            at: Millis(-5),
            what: what.clone(),
            from: json!(null),
            to: json!({"b": [1, "\u{1}é"]}),
        };
        let lines: Vec<_> = kinds.iter().map(|what| log::append(&mut tail, change(what))).collect();
        let entries = log::verify(&lines, tail).unwrap();
        assert_eq!(entries.into_iter().map(|entry| entry.change.what).collect::<Vec<_>>(), kinds);
    }

    #[test]
    fn an_unknown_kind_is_no_entry() {
        assert!(read(r#"{"number":1,"at":1,"what":"x","of":null,"from":null,"to":null,"before":null}"#).is_none());
    }
}
