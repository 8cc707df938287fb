//! The outbox: what is on its way, and the receipts of what arrived.

use super::{Store, one, only, put};
use crate::{
    draft::{Delivery, Phase},
    id::SubmissionId,
    outbox::Entry,
    ports::{
        Pending, StoreError,
        tables::{
            Get, Record,
            Table::{Heads as HEADS, Outbox as OUTBOX, Receipts as RECEIPTS},
            Which,
        },
    },
    wire::{receipt::Receipt, record},
};

/// What the outbox holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entries {
    /// Entries that can be read, oldest finish first.
    pub whole: Vec<Entry>,
    /// Keys of those that cannot; they stay where they are and can be exported.
    pub damaged: Vec<String>,
}

impl Store {
    /// All entries.
    ///
    /// # Errors
    /// What the tables said.
    pub fn entries(&self) -> Pending<Result<Entries, StoreError>> {
        let reading = self.tables.read(vec![Get(OUTBOX, Which::All)]);
        Box::pin(async move {
            let mut entries = Entries::default();
            for Record { key, content } in reading.await?.into_iter().flatten() {
                match content.text().and_then(|text| record::read_outbox(&text)) {
                    Some(entry) => entries.whole.push(entry),
                    None => entries.damaged.push(key.first),
                }
            }
            entries.whole.sort_by_key(|entry| (entry.finished, entry.id));
            Ok(entries)
        })
    }

    /// One entry.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it cannot be read, else what the tables said.
    pub fn entry(&self, id: SubmissionId) -> Pending<Result<Option<Entry>, StoreError>> {
        let reading = self.tables.read(vec![one(OUTBOX, id)]);
        Box::pin(async move { only(reading.await?.into_iter().flatten().collect(), record::read_outbox) })
    }

    /// Writes the entry and the delivery word in the assessment's head; with a receipt, that too.
    ///
    /// # Errors
    /// What the tables said. Nothing was changed then.
    pub fn put(&self, entry: Entry, receipt: Option<Receipt>) -> Pending<Result<(), StoreError>> {
        let first = one(HEADS, entry.assessment);
        let decide = move |stored| {
            let mut writes = vec![put(OUTBOX, entry.id, record::write_outbox(&entry))];
            writes.extend(receipt.map(|receipt| put(RECEIPTS, entry.id, record::write_receipt(&receipt))));
            if let Ok(Some(mut head)) = only(stored, record::read_head)
                && let Phase::Finished { submission, delivery, .. } = &mut head.phase
                && *submission == entry.id
            {
                *delivery = Delivery::from(&entry.state);
                writes.push(put(HEADS, entry.assessment, record::write_head(&head)));
            }
            Ok(writes)
        };
        self.tables.write(&[HEADS, OUTBOX, RECEIPTS], Some(first), Box::new(decide))
    }

    /// The receipt that proved it.
    ///
    /// # Errors
    /// As [`Store::entry`].
    pub fn receipt(&self, id: SubmissionId) -> Pending<Result<Option<Receipt>, StoreError>> {
        let reading = self.tables.read(vec![one(RECEIPTS, id)]);
        Box::pin(async move { only(reading.await?.into_iter().flatten().collect(), record::read_receipt) })
    }
}
