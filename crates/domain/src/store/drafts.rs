//! Drafts: a head, and one record for each answer and note, so that a save costs what changed and not what there is.

use super::{
    Store, one, only,
    photos::{read_photos, settled, unproved},
    put,
    rubrics::kept,
};
use crate::{
    answers::Answers,
    draft::{Changes, Draft, Head, Revision},
    edit::{Notes, Place},
    id::AssessmentId,
    log::Line,
    ports::{
        Pending, StoreError,
        tables::{
            Content, Get, Key, Record,
            Table::{
                self, Answers as ANSWERS, EvidenceBytes as BYTES, EvidenceMeta as META, Heads as HEADS, Log as LOG,
                Notes as NOTES, Outbox as OUTBOX, Rubrics as RUBRICS,
            },
            Which, Write,
        },
    },
    submission::Finished,
    wire::record,
};

/// One row of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// A head that could be read.
    Whole(Box<Head>),
    /// One that could not; it stays where it is and can be exported.
    Damaged {
        /// Its key in the store.
        key: String,
    },
}

/// Goes on only if the stored revision is `expected`.
fn agree(stored: Vec<Record>, expected: Revision) -> Result<(), StoreError> {
    // Nothing writes over what cannot be read: a person may still want to have it mended.
    let stored = only(stored, record::read_head)?.map(|head| head.revision);
    if stored.unwrap_or_default() == expected { Ok(()) } else { Err(StoreError::Conflict { stored }) }
}

fn of(table: Table, first: &str) -> Get {
    Get(table, Which::Of(first.to_owned()))
}

/// Head, answers and notes.
fn draft(key: &str) -> Vec<Get> {
    vec![one(HEADS, key), of(ANSWERS, key), of(NOTES, key)]
}

fn put_or_delete(table: Table, id: &str, place: &Place, text: Option<String>) -> Write {
    let key = Key { first: id.to_owned(), second: Some(record::write_place(place)) };
    match text {
        Some(text) => Write::Put(table, key, Content::Text(text)),
        None => Write::Delete(table, Which::One(key)),
    }
}

fn whole(records: Vec<Vec<Record>>) -> Result<Option<Draft>, StoreError> {
    let mut lists = records.into_iter();
    let mut next = || lists.next().unwrap_or_default();
    let (head, answers, notes) = (next(), next(), next());
    let Some(head) = only(head, record::read_head)? else { return Ok(None) };
    let mut changes = Changes::default();
    for record in answers {
        let (place, text) = placed(record).ok_or(StoreError::Corrupt)?;
        let entry = record::read_entry(&place, &text).ok_or(StoreError::Corrupt)?;
        changes.answers.push((place, Some(entry)));
    }
    for record in notes {
        let (place, text) = placed(record).ok_or(StoreError::Corrupt)?;
        changes.notes.push((place, Some(text)));
    }
    let mut draft = Draft { head, answers: Answers::default(), notes: Notes::new() };
    changes.put_into(&mut draft.answers, &mut draft.notes);
    Ok(Some(draft))
}

/// So many digits that the numbers' texts are in the numbers' order.
const DIGITS: usize = 10;

fn put_line(id: &str, Line { number, text }: Line) -> Write {
    let number = number.to_string();
    let second = ["0".repeat(DIGITS.saturating_sub(number.len())), number].concat();
    Write::Put(LOG, Key { first: id.to_owned(), second: Some(second) }, Content::Text(text))
}

fn line(record: Record) -> Line {
    let number = record.key.second.and_then(|number| number.parse().ok()).unwrap_or_default();
    Line { number, text: record.content.text().unwrap_or_default() }
}

fn placed(record: Record) -> Option<(Place, String)> {
    Some((record::read_place(&record.key.second?)?, record.content.text()?))
}

impl Store {
    /// The keys of all heads, the oldest first: they are UUIDs of version 7, which begin with the moment they were made.
    ///
    /// # Errors
    /// What the tables said.
    pub fn head_keys(&self) -> Pending<Result<Vec<Key>, StoreError>> {
        self.tables.keys(HEADS)
    }

    /// All heads, in no order.
    ///
    /// # Errors
    /// What the tables said.
    pub fn heads(&self) -> Pending<Result<Vec<Listed>, StoreError>> {
        self.some_heads(Which::All)
    }

    /// These heads, in no order.
    ///
    /// # Errors
    /// What the tables said.
    pub fn some_heads(&self, which: Which) -> Pending<Result<Vec<Listed>, StoreError>> {
        let reading = self.tables.read(vec![Get(HEADS, which)]);
        Box::pin(async move {
            let listed = reading.await?.into_iter().flatten().map(|Record { key, content }| {
                match content.text().and_then(|text| record::read_head(&text)) {
                    Some(head) if head.assessment.to_string() == key.first => Listed::Whole(Box::new(head)),
                    _ => Listed::Damaged { key: key.first },
                }
            });
            Ok(listed.collect())
        })
    }

    /// One draft; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where a record of it cannot be read, else what the tables said.
    pub fn open(&self, assessment: AssessmentId) -> Pending<Result<Option<Draft>, StoreError>> {
        let reading = self.tables.read(draft(&assessment.to_string()));
        Box::pin(async move { whole(reading.await?) })
    }

    /// Writes the head (whose revision is `expected.next()`) and the changes if `expected` is what is stored; for a
    /// new draft `expected` is revision 0 and nothing may be stored. Begun in the very call, so that saves made one
    /// after the other are done in that order.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where another revision is stored, [`StoreError::Corrupt`] where the stored head cannot
    /// be read, else what the tables said. Nothing was changed then.
    pub fn save(&self, expected: Revision, head: Head, changes: Changes) -> Pending<Result<(), StoreError>> {
        let id = head.assessment.to_string();
        let mut writes = vec![put(HEADS, &id, record::write_head(&head))];
        for (place, entry) in changes.answers {
            writes.push(put_or_delete(ANSWERS, &id, &place, entry.as_ref().map(record::write_entry)));
        }
        for (place, note) in changes.notes {
            writes.push(put_or_delete(NOTES, &id, &place, note));
        }
        writes.extend(changes.log.into_iter().map(|line| put_line(&id, line)));
        writes.extend(changes.rubric.map(kept));
        let agree = Box::new(move |stored| agree(stored, expected));
        self.tables.write_if(&[HEADS, ANSWERS, NOTES, LOG, RUBRICS], one(HEADS, &id), agree, writes)
    }

    /// Puts the entry into the outbox and the finished head in the draft's place; its answers and notes go, and the
    /// photos that were removed. All or nothing; `expected` as in [`Store::save`]. What is sent names the photos as they
    /// were read: where one of them has changed since, nothing is finished.
    ///
    /// # Errors
    /// As [`Store::save`]; a conflict too where the photos are others.
    pub fn finish(&self, expected: Revision, finished: Finished) -> Pending<Result<(), StoreError>> {
        let Finished { head, entry, log, photos } = finished;
        let id = head.assessment.to_string();
        let mut first = vec![one(HEADS, &id), of(META, &id)];
        // A photo that goes may be one that an earlier finishing still has to send.
        let removes = photos.iter().any(|photo| photo.removed.is_some());
        first.extend(removes.then_some(Get(OUTBOX, Which::All)));
        let decide = move |lists: Vec<Vec<Record>>| {
            let mut lists = lists.into_iter();
            agree(lists.next().unwrap_or_default(), expected)?;
            let (now, _) = read_photos(lists.next().unwrap_or_default());
            if now != photos {
                return Err(StoreError::Conflict { stored: Some(expected) });
            }
            let mut writes = vec![
                put(HEADS, &id, record::write_head(&head)),
                put(OUTBOX, entry.id, record::write_outbox(&entry)),
                put_line(&id, log),
                Write::Delete(ANSWERS, Which::Of(id.clone())),
                Write::Delete(NOTES, Which::Of(id)),
            ];
            let waiting = unproved(head.assessment, lists.next().unwrap_or_default());
            photos.into_iter().for_each(|photo| writes.extend(settled(head.assessment, photo, &waiting)));
            Ok(writes)
        };
        self.tables.write_after(&[HEADS, ANSWERS, NOTES, LOG, META, BYTES, OUTBOX], first, Box::new(decide))
    }

    /// The change log, in its order; a record that cannot be read is a line that [`crate::log::verify`] refuses.
    ///
    /// # Errors
    /// What the tables said.
    pub fn log(&self, assessment: AssessmentId) -> Pending<Result<Vec<Line>, StoreError>> {
        let reading = self.tables.read(vec![of(LOG, &assessment.to_string())]);
        Box::pin(async move { Ok(reading.await?.into_iter().flatten().map(line).collect()) })
    }
}
