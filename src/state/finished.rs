//! A finished assessment, read back from what was sent.

use crate::{services::Services, state::rubrics};
use bintang_domain::{
    answers::Answers,
    draft::{Head, Phase},
    edit::Notes,
    id::AssessmentId,
    rubric::Rubric,
    score::{Score, Scorer},
    wire::read_back::read_back,
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
    let (answers, notes) = (sent.answers, sent.notes);
    Reading::Ready(Box::new(Finished { head: draft.head, rubric, scorer, score, answers, notes }))
}
