//! What a result page needs of a document that was sent, read without asking again what was asked when it was sealed.

use super::{
    canonical,
    form::{Form as _, Members},
    json,
    record::{CRITERION, KNOCKOUT, REQUIREMENT, entry_of, read_place},
};
use crate::{
    answers::Answers,
    digest::Digest,
    draft::{Changes, Entry},
    edit::{Notes, Place},
    signature::Signature,
    wire::envelope::RubricRef,
};
use serde_json::Value;

/// The content of a sealed document.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The rubric it was scored with.
    pub rubric: RubricRef,
    /// The answers.
    pub answers: Answers,
    /// The notes.
    pub notes: Notes,
    /// Who signed; documents that were sealed before there were signatures have none.
    pub signatures: Vec<Signature>,
    /// The digest of its envelope as it stands there.
    pub digest: Digest,
}

/// Kinds of places as the document names them, and as records do (section 1 of the upload contract; [`super::record`]).
const KINDS: [(&str, &str); 3] = [("criteria", CRITERION), ("requirements", REQUIREMENT), ("knockouts", KNOCKOUT)];

/// Reads the document of an outbox entry back. `None`: it is not what this app seals.
#[must_use]
pub fn read_back(document: &str) -> Option<Sent> {
    let document = json::read(document.as_bytes()).ok()?;
    let envelope = document.get("envelope")?;
    let (sheet, notes) = (envelope.get("sheet")?, envelope.get("notes")?.as_object()?);
    let mut changes = Changes::default();
    for ((kind, prefix), member) in KINDS.into_iter().zip(["answers", "requirements", "flags"]) {
        match sheet.get(member)? {
            Value::Object(entries) => {
                for (key, value) in entries {
                    let place = place(prefix, key)?;
                    let entry = entry_of(&place, value)?;
                    changes.answers.push((place, Some(entry)));
                }
            }
            Value::Array(flags) => {
                for flag in flags {
                    changes.answers.push((place(prefix, flag.as_str()?)?, Some(Entry::Raised)));
                }
            }
            _ => return None,
        }
        for (key, note) in of(notes, kind)? {
            changes.notes.push((place(prefix, key)?, Some(note.as_str()?.to_owned())));
        }
    }
    let (mut answers, mut notes) = (Answers::default(), Notes::new());
    changes.put_into(&mut answers, &mut notes);
    let rubric = RubricRef::read(envelope.get("rubric")?).ok()?;
    let digest = Digest::of(canonical::write(envelope).as_bytes());
    let signatures = envelope.get("signatures").and_then(|signatures| Vec::read(signatures).ok()).unwrap_or_default();
    Some(Sent { rubric, answers, notes, signatures, digest })
}

/// The sums of the files that a sealed document names, each once; none where it is not what this app seals.
#[must_use]
pub fn evidence_of(document: &str) -> Vec<Digest> {
    let document = json::read(document.as_bytes()).ok();
    let evidence = document.as_ref().and_then(|document| document.get("envelope")?.get("evidence")?.as_array());
    let sums = evidence.into_iter().flatten().filter_map(|file| Digest::parse(file.get("sha256")?.as_str()?));
    let mut once = Vec::new();
    for sum in sums {
        if !once.contains(&sum) {
            once.push(sum);
        }
    }
    once
}

fn of<'v>(members: &'v Members, name: &str) -> Option<&'v Members> {
    members.get(name)?.as_object()
}

fn place(prefix: &str, key: &str) -> Option<Place> {
    read_place(&[prefix, key].concat())
}
