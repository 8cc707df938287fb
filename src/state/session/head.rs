//! The head of a sheet: as a new one has it, and the score in short.

use crate::services::Services;
use bintang_domain::{
    draft::{Head, Phase, Revision, Summary},
    id::AssessmentId,
    outlook::outlook,
    progress::{self, Progress},
    rubric::Rubric,
    score::{Score, Scorer},
    subject::{Assessor, Stage, Subject},
    wire::envelope::RubricRef,
};
use std::sync::Arc;

/// The score in short, as the list shows it.
pub(super) fn summary(scorer: &Scorer, score: &Score) -> Summary {
    let Progress { answered, asked } = progress::of(scorer, 0..scorer.rubric().criteria.len());
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Summary {
        answered: count(answered),
        asked: count(asked),
        unknown_requirements: count(score.unknown_requirements.len()),
        stars: score.stars,
        highest: scorer.rubric().highest_star(),
        total: score.total,
        max: score.max,
        complete: score.complete,
        withheld: score.withheld,
    }
}

/// The head of a new assessment, not stored yet.
pub(super) fn new_head(
    services: Services,
    rubric: Arc<Rubric>,
    reference: RubricRef,
    stage: Stage,
    subject: Subject,
) -> Head {
    let clock = services.ports().clock.clone();
    let (now, random) = (clock.now(), clock.random());
    let commodity = rubric.commodity.clone();
    let scorer = Scorer::new(rubric);
    Head {
        assessment: AssessmentId::new(now, &random),
        revision: Revision::default(),
        stage,
        subject: Subject { commodity, ..subject },
        assessor: Assessor::default(),
        rubric: reference,
        return_to: None,
        again: Vec::new(),
        log: None,
        replaces: None,
        doubt: None,
        sample: false,
        summary: summary(&scorer, &outlook(&scorer)),
        started: now,
        changed: now,
        phase: Phase::Draft,
    }
}
