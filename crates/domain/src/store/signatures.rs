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

/// The signatures of an assessment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signatures {
    /// Those that can be read, in the order of their roles.
    pub whole: Vec<Signature>,
    /// Words of the roles of those that cannot; they stay where they are.
    pub damaged: Vec<String>,
}

fn key(assessment: AssessmentId, role: Role) -> Key {
    Key { first: assessment.to_string(), second: Some(role.word().to_owned()) }
}

impl Store {
    /// The signatures of an assessment, in the order of their roles.
    ///
    /// # Errors
    /// What the tables said.
    pub fn signatures(&self, assessment: AssessmentId) -> Pending<Result<Signatures, StoreError>> {
        let reading = self.tables.read(vec![Get(SIGNATURES, Which::Of(assessment.to_string()))]);
        Box::pin(async move {
            let mut signatures = Signatures::default();
            for record in reading.await?.into_iter().flatten() {
                match record.content.text().and_then(|text| signature::read(&text)) {
                    Some(signature) => signatures.whole.push(signature),
                    None => signatures.damaged.extend(record.key.second),
                }
            }
            signatures.whole.sort_by_key(|signature| signature.role);
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
