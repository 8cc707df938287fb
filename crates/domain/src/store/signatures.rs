//! Signatures: one record for each who signs, under the assessment's key and their role's word.

use super::{Store, one, only};
use crate::{
    draft::Phase,
    id::AssessmentId,
    ports::{
        Pending, StoreError,
        tables::{
            Content, Get, Key,
            Table::{Heads as HEADS, Signatures as SIGNATURES},
            Which, Write,
        },
    },
    signature::{Role, Signature},
    wire::{record, signature},
};

fn key(assessment: AssessmentId, role: Role) -> Key {
    Key { first: assessment.to_string(), second: Some(role.word().to_owned()) }
}

impl Store {
    /// The signatures of an assessment, in the order of their roles.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where one cannot be read, else what the tables said.
    pub fn signatures(&self, assessment: AssessmentId) -> Pending<Result<Vec<Signature>, StoreError>> {
        let reading = self.tables.read(vec![Get(SIGNATURES, Which::Of(assessment.to_string()))]);
        Box::pin(async move {
            let records = reading.await?.into_iter().flatten();
            let read = records.map(|record| record.content.text().and_then(|text| signature::read(&text)));
            let mut signatures = read.collect::<Option<Vec<_>>>().ok_or(StoreError::Corrupt)?;
            signatures.sort_by_key(|signature| signature.role);
            Ok(signatures)
        })
    }

    /// Puts a signature in the place of the one of that role, or takes it away. On disk when the future ends.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the assessment is finished or not there, else what the tables said.
    pub fn sign(
        &self,
        assessment: AssessmentId,
        role: Role,
        signed: Option<&Signature>,
    ) -> Pending<Result<(), StoreError>> {
        let key = key(assessment, role);
        let write = match signed {
            Some(signed) => Write::Put(SIGNATURES, key, Content::Text(signature::write(signed))),
            None => Write::Delete(SIGNATURES, Which::One(key)),
        };
        let decide = move |stored| {
            let head = only(stored, record::read_head)?;
            if head.as_ref().is_some_and(|head| head.phase == Phase::Draft) {
                return Ok(vec![write]);
            }
            Err(StoreError::Conflict { stored: head.map(|head| head.revision) })
        };
        self.tables.write(&[HEADS, SIGNATURES], Some(one(HEADS, assessment)), Box::new(decide))
    }
}
