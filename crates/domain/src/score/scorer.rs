//! The score of an open sheet, renewed answer by answer.

use super::{Score, mark::Mark, reckon, state::State};
use crate::{
    answers::{Answer, Answers},
    id::{KnockoutId, RequirementId},
    points::Points,
    rubric::{CriterionIndex, Knockout, Rubric},
};
use std::sync::Arc;

/// A rubric with one sheet's answers to it. A change costs what depends on it, not what the rubric is long.
#[derive(Debug, Clone)]
pub struct Scorer {
    rubric: Arc<Rubric>,
    state: State,
}

/// How an asked criterion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its condition is false.
    NotAsked,
    /// Nothing is answered yet, or nothing that fits.
    Unanswered,
    /// Answered "not applicable".
    Excluded,
    /// Judged.
    Judged,
}

impl Scorer {
    /// An empty sheet.
    #[must_use]
    pub fn new(rubric: Arc<Rubric>) -> Self {
        Self::with_answers(rubric, &Answers::default())
    }

    /// A sheet with answers.
    #[must_use]
    pub fn with_answers(rubric: Arc<Rubric>, answers: &Answers) -> Self {
        let state = State::new(&rubric, answers);
        Self { rubric, state }
    }

    /// The rubric.
    #[must_use]
    pub fn rubric(&self) -> &Arc<Rubric> {
        &self.rubric
    }

    /// Answers a criterion, or takes the answer back. An answer that does not fit counts as none.
    pub fn set(&mut self, criterion: CriterionIndex, answer: Option<&Answer>) {
        self.state.set(&self.rubric, criterion, answer);
    }

    /// Says whether a paper is there; `None` is unknown.
    pub fn set_requirement(&mut self, requirement: &RequirementId, met: Option<bool>) {
        self.state.set_requirement(&self.rubric, requirement, met);
    }

    /// Raises or lowers a `flag` knockout.
    pub fn set_flag(&mut self, knockout: &KnockoutId, raised: bool) {
        self.state.set_flag(&self.rubric, knockout, raised);
    }

    /// The score now.
    #[must_use]
    pub fn score(&self) -> Score {
        reckon::score(&self.rubric, &self.state)
    }

    /// A criterion's own points: 0 where it is unanswered, not asked or not applicable.
    #[must_use]
    pub fn points(&self, criterion: CriterionIndex) -> Points {
        self.state.points(criterion)
    }

    /// How a criterion stands.
    #[must_use]
    pub fn standing(&self, criterion: CriterionIndex) -> Standing {
        match self.state.cells.get(criterion.0) {
            Some(cell) if cell.asked => match cell.mark {
                Mark::Unanswered => Standing::Unanswered,
                Mark::Excluded => Standing::Excluded,
                Mark::Judged { .. } => Standing::Judged,
            },
            _ => Standing::NotAsked,
        }
    }

    /// Whether a requirement's condition holds.
    #[must_use]
    pub fn asked_requirement(&self, requirement: &RequirementId) -> bool {
        self.rubric.requirement(requirement.as_str()).is_some_and(|found| self.state.holds(found.applies_when))
    }

    /// Knockouts that are raised or have fired, in the rubric's order.
    pub fn fired_knockouts(&self) -> impl Iterator<Item = &Knockout> {
        self.state.fired(&self.rubric)
    }
}
