//! A finished assessment, read back from what was sent.

use crate::{services::Services, state::rubrics};
use bintang_domain::{
    answers::Answers,
    draft::{Head, Phase},
    edit::Notes,
    id::AssessmentId,
    rubric::Rubric,
    score::{Score, Scorer},
    wire::{self, envelope::Envelope},
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
    let opening = services.with(|ports| ports.drafts.open(id));
    let Ok(Some(draft)) = opening.await else { return Reading::Unavailable };
    let Phase::Finished { submission, .. } = draft.head.phase else { return Reading::Draft };
    let getting = services.with(|ports| ports.outbox.entry(submission));
    let Ok(Some(entry)) = getting.await else { return Reading::Unavailable };
    let Ok((envelope, digest)) = Envelope::open(entry.document.as_bytes()) else { return Reading::Unavailable };
    // What is stored must still be what was sealed.
    if digest != entry.digest {
        return Reading::Unavailable;
    }
    let Ok(sheet) = wire::answers::read(&envelope.sheet) else { return Reading::Unavailable };
    let Some(rubric) = rubrics::find(services, &envelope.rubric).await else { return Reading::Unavailable };
    let scorer = Scorer::with_answers(rubric.clone(), &sheet.answers);
    let score = Arc::new(scorer.score());
    let notes = envelope.notes.notes();
    Reading::Ready(Box::new(Finished { head: draft.head, rubric, scorer, score, answers: sheet.answers, notes }))
}
