//! Drafts in IndexedDB.

use super::{
    connection::Connection,
    schema::{ANSWERS, HEADS, NOTES, OUTBOX},
    transaction::{Transaction, key, range, result},
};
use bintang_domain::{
    answers::Answers,
    draft::{Changes, Draft, Head, Revision},
    edit::Notes,
    id::AssessmentId,
    outbox::Entry,
    ports::{DraftStore, Listed, Pending, StoreError},
    wire::record,
};
use js_sys::Array;
use std::future::Future;
use wasm_bindgen::JsValue;
use web_sys::IdbTransactionMode::{Readonly, Readwrite};

type Read = Result<JsValue, StoreError>;

/// Begins reading the stored head; the request is made in this call.
fn stored_head(
    transaction: &Transaction,
    assessment: AssessmentId,
) -> Result<impl Future<Output = Read> + use<>, StoreError> {
    result(transaction.store(HEADS)?.get(&assessment.to_string().into()))
}

/// Goes on only if the stored revision is `expected`; else takes the transaction back.
fn agree(transaction: &Transaction, stored: &JsValue, expected: Revision) -> Result<(), StoreError> {
    let stored = match stored.as_string() {
        None => None,
        Some(text) => match record::read_head(&text) {
            Some(head) => Some(head.revision),
            None => {
                transaction.abort();
                return Err(StoreError::Corrupt);
            }
        },
    };
    if stored.unwrap_or_default() == expected {
        Ok(())
    } else {
        transaction.abort();
        Err(StoreError::Conflict { stored })
    }
}

fn put_or_delete(
    transaction: &Transaction,
    store: &str,
    key: &JsValue,
    text: Option<String>,
) -> Result<(), StoreError> {
    match text {
        Some(text) => transaction.put(store, key, &text.into()),
        None => transaction.delete(store, key),
    }
}

impl DraftStore for Connection {
    fn heads(&self) -> Pending<Result<Vec<Listed>, StoreError>> {
        self.run(&[HEADS], Readonly, |transaction| async move {
            let store = transaction.store(HEADS)?;
            let (keys, values) = (result(store.get_all_keys())?, result(store.get_all())?);
            let (keys, values) = (Array::from(&keys.await?), Array::from(&values.await?));
            let listed = keys.iter().zip(values.iter()).map(|(key, value)| {
                let key = key.as_string().unwrap_or_default();
                let head = value.as_string().and_then(|text| record::read_head(&text));
                match head {
                    Some(head) if head.assessment.to_string() == key => Listed::Whole(Box::new(head)),
                    _ => Listed::Damaged { key },
                }
            });
            Ok(listed.collect())
        })
    }

    fn open(&self, assessment: AssessmentId) -> Pending<Result<Option<Draft>, StoreError>> {
        self.run(&[HEADS, ANSWERS, NOTES], Readonly, move |transaction| async move {
            let id = assessment.to_string();
            let head = stored_head(&transaction, assessment)?;
            let answers = all(&transaction, ANSWERS, &id)?;
            let notes = all(&transaction, NOTES, &id)?;
            let Some(head) = head.await?.as_string() else { return Ok(None) };
            let head = record::read_head(&head).ok_or(StoreError::Corrupt)?;
            let mut changes = Changes::default();
            for (place, text) in answers.await? {
                let place = record::read_place(&place).ok_or(StoreError::Corrupt)?;
                let entry = record::read_entry(&place, &text.ok_or(StoreError::Corrupt)?).ok_or(StoreError::Corrupt)?;
                changes.answers.push((place, Some(entry)));
            }
            for (place, text) in notes.await? {
                let place = record::read_place(&place).ok_or(StoreError::Corrupt)?;
                changes.notes.push((place, Some(text.ok_or(StoreError::Corrupt)?)));
            }
            let mut draft = Draft { head, answers: Answers::default(), notes: Notes::new() };
            changes.put_into(&mut draft.answers, &mut draft.notes);
            Ok(Some(draft))
        })
    }

    fn save(&self, expected: Revision, head: Head, changes: Changes) -> Pending<Result<(), StoreError>> {
        self.run(&[HEADS, ANSWERS, NOTES], Readwrite, move |transaction| {
            // The request is made before this closure returns, so the order of calls is the order of transactions.
            let stored = stored_head(&transaction, head.assessment);
            async move {
                agree(&transaction, &stored?.await?, expected)?;
                let id = head.assessment.to_string();
                transaction.put(HEADS, &id.as_str().into(), &record::write_head(&head).into())?;
                for (place, entry) in changes.answers {
                    let key = key(&id, &record::write_place(&place));
                    put_or_delete(&transaction, ANSWERS, &key, entry.map(|entry| record::write_entry(&entry)))?;
                }
                for (place, note) in changes.notes {
                    put_or_delete(&transaction, NOTES, &key(&id, &record::write_place(&place)), note)?;
                }
                transaction.end().await
            }
        })
    }

    fn finish(&self, expected: Revision, head: Head, entry: Entry) -> Pending<Result<(), StoreError>> {
        self.run(&[HEADS, ANSWERS, NOTES, OUTBOX], Readwrite, move |transaction| {
            let stored = stored_head(&transaction, head.assessment);
            async move {
                agree(&transaction, &stored?.await?, expected)?;
                let id = head.assessment.to_string();
                transaction.put(HEADS, &id.as_str().into(), &record::write_head(&head).into())?;
                transaction.put(OUTBOX, &entry.id.to_string().into(), &record::write_outbox(&entry).into())?;
                transaction.delete(ANSWERS, &range(&id)?.into())?;
                transaction.delete(NOTES, &range(&id)?.into())?;
                transaction.end().await
            }
        })
    }

    fn export(&self, key: &str) -> Pending<Result<String, StoreError>> {
        let id = key.to_owned();
        self.run(&[HEADS, ANSWERS, NOTES], Readonly, |transaction| async move {
            let head = result(transaction.store(HEADS)?.get(&id.as_str().into()))?;
            let answers = all(&transaction, ANSWERS, &id)?;
            let notes = all(&transaction, NOTES, &id)?;
            let head = head.await?.as_string();
            Ok(record::write_export(&id, head, answers.await?, notes.await?))
        })
    }
}

type Records = Vec<(String, Option<String>)>;

/// Begins reading all records `[id, place]` of a store: place and text, `None` where what is stored is no text.
fn all(
    transaction: &Transaction,
    store: &str,
    id: &str,
) -> Result<impl Future<Output = Result<Records, StoreError>> + use<>, StoreError> {
    let store = transaction.store(store)?;
    let range = range(id)?;
    let keys = result(store.get_all_keys_with_key(&range))?;
    let values = result(store.get_all_with_key(&range))?;
    Ok(async move {
        let (keys, values) = (Array::from(&keys.await?), Array::from(&values.await?));
        let place = |key: JsValue| Array::from(&key).get(1).as_string().unwrap_or_default();
        Ok(keys.iter().zip(values.iter()).map(|(key, value)| (place(key), value.as_string())).collect())
    })
}
