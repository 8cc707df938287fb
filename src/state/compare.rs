//! Two assessments to be compared, as they stand in the store.

use crate::{
    services::Services,
    state::{
        finished::{self, Reading},
        rubrics,
    },
};
use bintang_domain::{
    answers::Answers,
    draft::Head,
    id::AssessmentId,
    ports::Pending,
    rubric::Rubric,
    score::{Score, Scorer},
    text::folded,
};
use std::sync::Arc;

/// One of the two, finished or a draft.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its head.
    pub head: Head,
    /// The rubric it is scored with.
    pub rubric: Arc<Rubric>,
    /// Its points by criterion.
    pub scorer: Scorer,
    /// Its score.
    pub score: Arc<Score>,
    /// Its answers.
    pub answers: Answers,
}

/// Reads both, the one that was begun earlier first; `None` where one of them cannot be read.
pub async fn both(services: Services, one: AssessmentId, other: AssessmentId) -> Option<[Side; 2]> {
    let (one, other) = (side(services, one).await?, side(services, other).await?);
    let turned = one.head.started > other.head.started;
    Some(if turned { [other, one] } else { [one, other] })
}

/// Reads one; `None` where it cannot be read. Behind a pointer: the reading of each in its place would weigh twice.
pub fn side(services: Services, id: AssessmentId) -> Pending<Option<Side>> {
    Box::pin(async move {
        match finished::read(services, id).await {
            Reading::Ready(finished) => {
                let finished::Finished { head, rubric, scorer, score, answers, .. } = *finished;
                Some(Side { head, rubric, scorer, score, answers })
            }
            Reading::Draft => {
                let opening = services.ports().store.open(id);
                let draft = opening.await.ok().flatten()?;
                let rubric = rubrics::find(services, &draft.head.rubric).await.ok().flatten()?;
                let scorer = Scorer::with_answers(rubric.clone(), &draft.answers);
                let score = Arc::new(scorer.score());
                Some(Side { head: draft.head, rubric, scorer, score, answers: draft.answers })
            }
            Reading::Loading | Reading::Unavailable => None,
        }
    })
}

/// Whether both are of the same product of the same business.
#[must_use]
pub fn same_product(one: &Head, other: &Head) -> bool {
    let of = |head: &Head| [folded(&head.subject.product), folded(&head.subject.business)];
    let [product, _] = of(one);
    !product.is_empty() && of(one) == of(other)
}
