//! A signature: as a record, in the envelope, and what of the sheet it signs.

use super::{
    canonical,
    form::{Faults, Form, Members, object, put, text, unknown_word},
    json,
};
use crate::{
    answers::Sheet,
    edit::Notes,
    signature::{HEIGHT, MOST_POINTS, Role, Signature, Stroke, WIDTH},
    submission::notes_document,
};
use serde_json::Value;

object! { Signature { role, name, at, sheet, strokes } }

impl Form for Role {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        Self::of_word(text(value, faults)).unwrap_or_else(|| {
            unknown_word(faults);
            Self::Assessor
        })
    }

    fn write(&self) -> Value {
        self.word().into()
    }
}

impl Form for Stroke {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let numbers = Vec::<u16>::take(value, faults);
        let points: Vec<(u16, u16)> =
            numbers.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        let outside = points.iter().any(|(x, y)| *x > WIDTH || *y > HEIGHT);
        if numbers.len() % 2 == 1 || outside || points.len() > MOST_POINTS {
            faults.note("points are pairs within 1000 by 400, at most 4000 of them");
        }
        Self(points)
    }

    fn write(&self) -> Value {
        self.0.iter().flat_map(|(x, y)| [*x, *y]).collect::<Vec<u16>>().write()
    }
}

/// What a signature of this sheet signs.
pub(crate) fn signed(sheet: &Sheet, notes: &Notes) -> String {
    let mut members = Members::new();
    put(&mut members, "notes", &notes_document(notes.clone()));
    put(&mut members, "sheet", &super::answers::write(sheet));
    canonical::write(&Value::Object(members))
}

/// The record as text.
#[must_use]
pub fn write(signature: &Signature) -> String {
    canonical::write(&signature.write())
}

/// Reads a record; `None` when it is damaged.
#[must_use]
pub fn read(text: &str) -> Option<Signature> {
    Signature::read(&json::read(text.as_bytes()).ok()?).ok()
}

/// As the change log has it: the drawing stands in by the SHA-256 of the record.
#[must_use]
pub fn logged(signature: &Signature) -> Value {
    let mut members = Members::new();
    put(&mut members, "name", &signature.name);
    put(&mut members, "record", &crate::digest::Digest::of(write(signature).as_bytes()));
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{digest::Digest, time::Millis};

    #[test]
    fn a_signature_reads_back() {
        let strokes = vec![Stroke(vec![(0, 0), (1000, 400)]), Stroke(vec![(5, 6)])];
        let signature = Signature {
            role: Role::Maker,
            name: "Ibu \"Sri\"".to_owned(),
            at: Millis(5),
            sheet: Digest::of(b"sheet"),
            strokes,
        };
        let text = write(&signature);
        assert!(text.contains("\"strokes\":[[0,0,1000,400],[5,6]]"), "{text}");
        assert_eq!(read(&text), Some(signature));
        for damaged in [
            text.replace("[5,6]", "[5]"),
            text.replace("[5,6]", "[1001,6]"),
            text.replace("[5,6]", "[5,-6]"),
            text.replace("[5,6]", "[5,0.5]"),
            text.replace("maker", "x"),
            text.replace("[5,6]", "null"),
        ] {
            assert_eq!(read(&damaged), None, "{damaged}");
        }
    }
}
