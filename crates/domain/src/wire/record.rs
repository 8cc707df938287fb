//! Records as they stand in the browser's store: JSON texts, so that any tool can read them and a damaged one can be
//! told from a whole one.

use super::{
    canonical,
    envelope::{Ratio, withheld_of, withheld_word},
    form::{Faults, Form, Members, Object, inside, object, put, text, unknown_word, words},
    json,
};
use crate::{
    clock::Doubt,
    draft::{Delivery, Entry, Head, Phase, Revision, Summary},
    edit::Place,
    id::{KnockoutId, NodeId, RequirementId},
    log::Tail,
    outbox,
    points::{Fraction, Points},
    score::Withheld,
    wire::receipt::Receipt,
};
use serde_json::Value;

object! { Summary { answered, asked, unknown_requirements, stars, highest, total, max, complete, withheld } }
object! { Tail { number, sha256 } }
words! { Delivery { Queued "queued", Attention "attention", Accepted "accepted", Proved "proved" } }

/// The word for why times are doubted, as the envelope carries it.
#[must_use]
pub fn doubt_word(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::SetBack => "set_back",
        Doubt::Jumped => "jumped",
        Doubt::OffPosition => "off_position",
    }
}

impl Form for Doubt {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let word = text(value, faults);
        let found =
            [Self::SetBack, Self::Jumped, Self::OffPosition].into_iter().find(|doubt| doubt_word(*doubt) == word);
        found.unwrap_or_else(|| {
            unknown_word(faults);
            Self::SetBack
        })
    }

    fn write(&self) -> Value {
        doubt_word(*self).into()
    }
}

impl Form for Head {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        Self {
            assessment: of.member("assessment", faults),
            revision: Revision(of.member("revision", faults)),
            stage: of.member("stage", faults),
            subject: of.member("subject", faults),
            assessor: of.member("assessor", faults),
            rubric: of.member("rubric", faults),
            return_to: of.member("return_to", faults),
            // Most heads have none, and those of earlier versions lack the member.
            again: of.member::<Option<Vec<Place>>>("again", faults).unwrap_or_default(),
            log: of.member("log", faults),
            replaces: of.member("replaces", faults),
            doubt: of.member("doubt", faults),
            summary: of.member("summary", faults),
            started: of.member("started", faults),
            changed: of.member("changed", faults),
            sample: of.member::<Option<bool>>("sample", faults).unwrap_or_default(),
            phase: of.member("finished", faults),
        }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "assessment", &self.assessment);
        put(&mut of, "revision", &self.revision.0);
        put(&mut of, "stage", &self.stage);
        put(&mut of, "subject", &self.subject);
        put(&mut of, "assessor", &self.assessor);
        put(&mut of, "rubric", &self.rubric);
        put(&mut of, "return_to", &self.return_to);
        if !self.again.is_empty() {
            put(&mut of, "again", &self.again);
        }
        put(&mut of, "log", &self.log);
        put(&mut of, "replaces", &self.replaces);
        put(&mut of, "doubt", &self.doubt);
        put(&mut of, "summary", &self.summary);
        put(&mut of, "started", &self.started);
        put(&mut of, "changed", &self.changed);
        if self.sample {
            put(&mut of, "sample", &self.sample);
        }
        put(&mut of, "finished", &self.phase);
        Value::Object(of)
    }
}

impl Form for Phase {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        if value.is_null() {
            return Self::Draft;
        }
        let of = Object::of(value, faults);
        Self::Finished {
            submission: of.member("submission", faults),
            at: of.member("at", faults),
            delivery: of.member("delivery", faults),
        }
    }

    fn write(&self) -> Value {
        let Self::Finished { submission, at, delivery } = self else { return Value::Null };
        let mut of = Members::new();
        put(&mut of, "submission", submission);
        put(&mut of, "at", at);
        put(&mut of, "delivery", delivery);
        Value::Object(of)
    }
}

impl Form for Place {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        read_place(text(value, faults)).unwrap_or_else(|| {
            unknown_word(faults);
            Self::Criterion(NodeId::placeholder())
        })
    }

    fn write(&self) -> Value {
        write_place(self).into()
    }
}

impl Form for Points {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        Self(i32::take(value, faults))
    }

    fn write(&self) -> Value {
        self.0.write()
    }
}

impl Form for Fraction {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let Ratio { num, den } = Ratio::take(value, faults);
        let fraction = Self::new(num.into(), den.into()).filter(|fraction| Ratio::from(*fraction).den != 0);
        fraction.unwrap_or_else(|| {
            inside("den", faults, |faults| faults.note("the denominator is 0, or out of range"));
            Self::ZERO
        })
    }

    /// A number too long for a record is kept as it is shown: a draft must not be lost for what its list says of it.
    fn write(&self) -> Value {
        match Ratio::from(*self) {
            Ratio { den: 0, .. } => Ratio { num: self.nearest_hundredth(), den: 100 },
            exact => exact,
        }
        .write()
    }
}

impl Form for Withheld {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        withheld_of(text(value, faults)).unwrap_or_else(|| {
            unknown_word(faults);
            Self::NoAward
        })
    }

    fn write(&self) -> Value {
        withheld_word(*self).into()
    }
}

fn write<T: Form>(record: &T) -> String {
    canonical::write(&record.write())
}

fn read<T: Form>(text: &str) -> Option<T> {
    T::read(&json::read(text.as_bytes()).ok()?).ok()
}

/// The head as text.
#[must_use]
pub fn write_head(head: &Head) -> String {
    write(head)
}

/// Reads a head; `None` when it is damaged.
#[must_use]
pub fn read_head(text: &str) -> Option<Head> {
    read(text)
}

pub(crate) const CRITERION: &str = "criterion/";
pub(crate) const REQUIREMENT: &str = "requirement/";
pub(crate) const KNOCKOUT: &str = "knockout/";

/// A place as the second half of a record's key.
#[must_use]
pub fn write_place(place: &Place) -> String {
    match place {
        Place::Criterion(id) => [CRITERION, id.as_str()].concat(),
        Place::Requirement(id) => [REQUIREMENT, id.as_str()].concat(),
        Place::Knockout(id) => [KNOCKOUT, id.as_str()].concat(),
    }
}

/// Reads [`write_place`] back; `None` when it is damaged.
#[must_use]
pub fn read_place(key: &str) -> Option<Place> {
    if let Some(id) = key.strip_prefix(CRITERION) {
        NodeId::parse(id).ok().map(Place::Criterion)
    } else if let Some(id) = key.strip_prefix(REQUIREMENT) {
        RequirementId::parse(id).ok().map(Place::Requirement)
    } else {
        KnockoutId::parse(key.strip_prefix(KNOCKOUT)?).ok().map(Place::Knockout)
    }
}

/// An answer record as text.
#[must_use]
pub fn write_entry(entry: &Entry) -> String {
    canonical::write(&entry_value(entry))
}

/// The content of an answer record as a value, for the change log.
#[must_use]
pub fn entry_value(entry: &Entry) -> Value {
    match entry {
        Entry::Answer(answer) => super::answers::write_answer(answer),
        Entry::Met(met) => Value::Bool(*met),
        Entry::Raised => Value::Bool(true),
    }
}

/// Reads the answer record of `place`; `None` when it is damaged.
#[must_use]
pub fn read_entry(place: &Place, text: &str) -> Option<Entry> {
    entry_of(place, &json::read(text.as_bytes()).ok()?)
}

/// The answer at `place` as a value; `None` when it is none.
pub(crate) fn entry_of(place: &Place, value: &Value) -> Option<Entry> {
    match place {
        Place::Criterion(_) => super::answers::read_answer(value).ok().map(Entry::Answer),
        Place::Requirement(_) => value.as_bool().map(Entry::Met),
        Place::Knockout(_) => (*value == true).then_some(Entry::Raised),
    }
}

/// An outbox entry as text.
#[must_use]
pub fn write_outbox(entry: &outbox::Entry) -> String {
    write(entry)
}

/// Reads an outbox entry; `None` when it is damaged.
#[must_use]
pub fn read_outbox(text: &str) -> Option<outbox::Entry> {
    read(text)
}

/// A receipt as text.
#[must_use]
pub fn write_receipt(receipt: &Receipt) -> String {
    write(receipt)
}

/// Reads a receipt; `None` when it is damaged.
#[must_use]
pub fn read_receipt(text: &str) -> Option<Receipt> {
    read(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_fraction_comes_back_in_lowest_terms() {
        let fraction = Fraction::new(167, 2).unwrap();
        assert_eq!(fraction.write(), json!({"num": 167, "den": 2}));
        assert_eq!(Fraction::read(&json!({"num": -4, "den": -8})), Ok(Fraction::new(1, 2).unwrap()));
        assert_eq!(Fraction::read(&json!({"num": 1, "den": 0})).unwrap_err().at, "/den");
        assert_eq!(Fraction::read(&json!({"num": 1})).unwrap_err().at, "/den");
    }
}
