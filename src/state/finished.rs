//! A finished assessment, read back from what was sent.

use crate::{
    services::{LaterPorts, Services},
    state::rubrics,
};
use bintang_domain::{
    answers::Answers,
    digest::Digest,
    draft::{Head, Phase},
    edit::Notes,
    es256::{KeyName, Said},
    id::AssessmentId,
    ports::StoreError,
    reopen::{NotReopened, reopen},
    rubric::Rubric,
    score::{Score, Scorer},
    signature::Signature,
    wire::{
        envelope::signature_of,
        read_back::{Sent, read_back},
    },
};
use std::sync::Arc;

/// What the result page shows.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Its head.
    pub head: Head,
    /// The rubric it was scored with.
    pub rubric: Arc<Rubric>,
    /// Its points by criterion.
    pub scorer: Scorer,
    /// Its score.
    pub score: Arc<Score>,
    /// Its answers.
    pub answers: Answers,
    /// Its notes.
    pub notes: Notes,
    /// Who signed it.
    pub signatures: Vec<Signature>,
    /// The digest of what was sent.
    pub digest: Digest,
    /// What its signature by the phone came to.
    pub signed: Signed,
}

/// What a signature by the phone came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// There is none.
    Not,
    /// It holds, and is of this key.
    By(KeyName),
    /// It does not hold.
    Badly,
    /// This browser cannot say.
    Unchecked,
}

/// How far reading is.
#[derive(Debug, Clone)]
pub enum Reading {
    /// Being read.
    Loading,
    /// Read.
    Ready(Box<Finished>),
    /// Not finished yet: it has a sheet.
    Draft,
    /// There is none, or it cannot be read.
    Unavailable,
}

/// Reads the finished assessment back: its head, the document in the outbox, and the rubric named there.
pub async fn read(services: Services, id: AssessmentId) -> Reading {
    let opening = services.ports().store.open(id);
    let Ok(Some(draft)) = opening.await else { return Reading::Unavailable };
    let Phase::Finished { submission, .. } = draft.head.phase else { return Reading::Draft };
    let getting = services.ports().store.entry(submission);
    let Ok(Some(entry)) = getting.await else { return Reading::Unavailable };
    // What is stored must still be what was sealed.
    let Some(sent) = read_back(&entry.document).filter(|sent| sent.digest == entry.digest) else {
        return Reading::Unavailable;
    };
    let Ok(Some(rubric)) = rubrics::find(services, &sent.rubric).await else { return Reading::Unavailable };
    let scorer = Scorer::with_answers(rubric.clone(), &sent.answers);
    let score = Arc::new(scorer.score());
    let Sent { answers, notes, signatures, digest, .. } = sent;
    let (head, signed) = (draft.head, signed(services, &entry.document).await);
    Reading::Ready(Box::new(Finished { head, rubric, scorer, score, answers, notes, signatures, digest, signed }))
}

/// Checks the signature of a document.
async fn signed(services: Services, document: &str) -> Signed {
    let (said, content) = signature_of(document);
    match (said, services.later()) {
        (Said::Absent, _) => Signed::Not,
        (Said::Unreadable, _) => Signed::Badly,
        (Said::By(_), None) => Signed::Unchecked,
        (Said::By(signature), Some(LaterPorts { signer, .. })) => {
            match signer.holds(signature, content.into_bytes()).await {
                Some(true) => Signed::By(signature.key.name()),
                Some(false) => Signed::Badly,
                None => Signed::Unchecked,
            }
        }
    }
}

/// Makes it a draft again, for this reason.
///
/// # Errors
/// What the store said; a conflict where somebody else has changed it meanwhile.
pub async fn open_again(services: Services, finished: Finished, reason: &str) -> Result<(), StoreError> {
    let (ports, expected) = (services.ports(), finished.head.revision);
    let Finished { head, answers, notes, signatures, digest, .. } = finished;
    let sent = Sent { rubric: head.rubric.clone(), answers, notes, signatures, digest };
    match reopen(head, &sent, reason, ports.clock.now()) {
        Ok((head, changes)) => ports.store.save(expected, head, changes).await,
        // The page asks for a reason first, and shows only what is finished.
        Err(NotReopened::NoReason | NotReopened::NotFinished) => Err(StoreError::Conflict { stored: Some(expected) }),
    }
}
