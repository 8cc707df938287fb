//! Stores that live as long as the page: what the app runs on where the browser gives none. Nothing in it is ever
//! called saved.

use crate::{
    digest::Digest,
    draft::{Changes, Delivery, Draft, Head, Phase, Revision},
    edit::Place,
    id::{AssessmentId, SubmissionId},
    map::Map,
    outbox::Entry,
    ports::{DraftStore, Listed, OutboxStore, Pending, RubricStore, StoreError},
    wire::{receipt::Receipt, record},
};
use std::{cell::RefCell, rc::Rc};

/// A store in memory. Clones share their content.
#[derive(Debug, Clone, Default)]
pub struct TemporaryStore(Rc<RefCell<Content>>);

#[derive(Debug, Default)]
struct Content {
    drafts: Map<AssessmentId, Draft>,
    outbox: Map<SubmissionId, Entry>,
    receipts: Map<SubmissionId, Receipt>,
    rubrics: Map<Digest, Vec<u8>>,
}

impl Content {
    fn expect(&self, assessment: AssessmentId, expected: Revision) -> Result<(), StoreError> {
        let stored = self.drafts.get(&assessment).map(|draft| draft.head.revision);
        if stored.unwrap_or_default() == expected { Ok(()) } else { Err(StoreError::Conflict { stored }) }
    }
}

fn ready<T: 'static>(value: T) -> Pending<T> {
    Box::pin(std::future::ready(value))
}

impl DraftStore for TemporaryStore {
    fn heads(&self) -> Pending<Result<Vec<Listed>, StoreError>> {
        ready(Ok(self.0.borrow().drafts.values().map(|draft| Listed::Whole(Box::new(draft.head.clone()))).collect()))
    }

    fn open(&self, assessment: AssessmentId) -> Pending<Result<Option<Draft>, StoreError>> {
        ready(Ok(self.0.borrow().drafts.get(&assessment).cloned()))
    }

    fn save(&self, expected: Revision, head: Head, changes: Changes) -> Pending<Result<(), StoreError>> {
        let mut content = self.0.borrow_mut();
        if let Err(error) = content.expect(head.assessment, expected) {
            return ready(Err(error));
        }
        let before = content.drafts.remove(&head.assessment);
        let (mut answers, mut notes) = before.map_or_else(Default::default, |draft| (draft.answers, draft.notes));
        changes.put_into(&mut answers, &mut notes);
        content.drafts.insert(head.assessment, Draft { head, answers, notes });
        ready(Ok(()))
    }

    fn finish(&self, expected: Revision, head: Head, entry: Entry) -> Pending<Result<(), StoreError>> {
        let mut content = self.0.borrow_mut();
        if let Err(error) = content.expect(head.assessment, expected) {
            return ready(Err(error));
        }
        let empty = Draft { head, answers: crate::answers::Answers::default(), notes: crate::edit::Notes::new() };
        content.drafts.insert(empty.head.assessment, empty);
        content.outbox.insert(entry.id, entry);
        ready(Ok(()))
    }

    fn export(&self, key: &str) -> Pending<Result<String, StoreError>> {
        let content = self.0.borrow();
        let draft = AssessmentId::parse(key).ok().and_then(|id| content.drafts.get(&id));
        ready(draft.map(|draft| export(key, draft)).ok_or(StoreError::Corrupt))
    }
}

fn export(key: &str, draft: &Draft) -> String {
    let (answers, notes) = (&draft.answers, &draft.notes);
    let criteria = answers.criteria.keys().cloned().map(Place::Criterion);
    let requirements = answers.requirements.keys().cloned().map(Place::Requirement);
    let flags = answers.flags.iter().cloned().map(Place::Knockout);
    let places: Vec<Place> = criteria.chain(requirements).chain(flags).collect();
    let answers = Changes::of(&places, answers, notes).answers.into_iter();
    let answers = answers.map(|(place, entry)| (record::write_place(&place), entry.as_ref().map(record::write_entry)));
    let notes = notes.iter().map(|(place, note)| (record::write_place(place), Some(note.clone())));
    record::write_export(key, Some(record::write_head(&draft.head)), answers.collect(), notes.collect())
}

impl OutboxStore for TemporaryStore {
    fn entries(&self) -> Pending<Result<Vec<Entry>, StoreError>> {
        let mut entries: Vec<Entry> = self.0.borrow().outbox.values().cloned().collect();
        entries.sort_by_key(|entry| (entry.finished, entry.id));
        ready(Ok(entries))
    }

    fn entry(&self, id: SubmissionId) -> Pending<Result<Option<Entry>, StoreError>> {
        ready(Ok(self.0.borrow().outbox.get(&id).cloned()))
    }

    fn put(&self, entry: Entry, receipt: Option<Receipt>) -> Pending<Result<(), StoreError>> {
        let mut content = self.0.borrow_mut();
        if let Some(Phase::Finished { submission, delivery, .. }) =
            content.drafts.get_mut(&entry.assessment).map(|draft| &mut draft.head.phase)
            && *submission == entry.id
        {
            *delivery = Delivery::from(&entry.state);
        }
        if let Some(receipt) = receipt {
            content.receipts.insert(entry.id, receipt);
        }
        content.outbox.insert(entry.id, entry);
        ready(Ok(()))
    }

    fn receipt(&self, id: SubmissionId) -> Pending<Result<Option<Receipt>, StoreError>> {
        ready(Ok(self.0.borrow().receipts.get(&id).cloned()))
    }
}

impl RubricStore for TemporaryStore {
    fn keep(&self, bytes: Vec<u8>) -> Pending<Result<Digest, StoreError>> {
        let sha256 = Digest::of(&bytes);
        self.0.borrow_mut().rubrics.insert(sha256, bytes);
        ready(Ok(sha256))
    }

    fn get(&self, sha256: Digest) -> Pending<Result<Option<Vec<u8>>, StoreError>> {
        ready(Ok(self.0.borrow().rubrics.get(&sha256).cloned()))
    }
}
