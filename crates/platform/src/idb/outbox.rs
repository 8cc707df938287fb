//! The outbox in IndexedDB.

use super::{
    connection::Connection,
    schema::{HEADS, OUTBOX, RECEIPTS},
    transaction::result,
};
use bintang_domain::{
    draft::{Delivery, Phase},
    id::SubmissionId,
    outbox::Entry,
    ports::{OutboxStore, Pending, StoreError},
    wire::{receipt::Receipt, record},
};
use js_sys::Array;
use web_sys::IdbTransactionMode::{Readonly, Readwrite};

impl OutboxStore for Connection {
    fn entries(&self) -> Pending<Result<Vec<Entry>, StoreError>> {
        self.run(&[OUTBOX], Readonly, |transaction| async move {
            let values = result(transaction.store(OUTBOX)?.get_all())?.await?;
            let texts = Array::from(&values);
            let mut entries: Vec<Entry> =
                texts.iter().filter_map(|value| record::read_outbox(&value.as_string()?)).collect();
            entries.sort_by_key(|entry| (entry.finished, entry.id));
            Ok(entries)
        })
    }

    fn entry(&self, id: SubmissionId) -> Pending<Result<Option<Entry>, StoreError>> {
        self.run(&[OUTBOX], Readonly, move |transaction| async move {
            let value = result(transaction.store(OUTBOX)?.get(&id.to_string().into()))?.await?;
            match value.as_string() {
                None => Ok(None),
                Some(text) => record::read_outbox(&text).map(Some).ok_or(StoreError::Corrupt),
            }
        })
    }

    fn put(&self, entry: Entry, receipt: Option<Receipt>) -> Pending<Result<(), StoreError>> {
        self.run(&[HEADS, OUTBOX, RECEIPTS], Readwrite, move |transaction| async move {
            let assessment = entry.assessment.to_string();
            let head = result(transaction.store(HEADS)?.get(&assessment.as_str().into()))?.await?;
            if let Some(mut head) = head.as_string().and_then(|text| record::read_head(&text))
                && let Phase::Finished { submission, delivery, .. } = &mut head.phase
                && *submission == entry.id
            {
                *delivery = Delivery::from(&entry.state);
                transaction.put(HEADS, &assessment.into(), &record::write_head(&head).into())?;
            }
            let id = entry.id.to_string();
            if let Some(receipt) = receipt {
                transaction.put(RECEIPTS, &id.as_str().into(), &record::write_receipt(&receipt).into())?;
            }
            transaction.put(OUTBOX, &id.into(), &record::write_outbox(&entry).into())?;
            transaction.end().await
        })
    }

    fn receipt(&self, id: SubmissionId) -> Pending<Result<Option<Receipt>, StoreError>> {
        self.run(&[RECEIPTS], Readonly, move |transaction| async move {
            let value = result(transaction.store(RECEIPTS)?.get(&id.to_string().into()))?.await?;
            match value.as_string() {
                None => Ok(None),
                Some(text) => record::read_receipt(&text).map(Some).ok_or(StoreError::Corrupt),
            }
        })
    }
}
