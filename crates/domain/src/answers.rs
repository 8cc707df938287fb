//! One assessor's answers to a rubric.

mod check;
mod error;

pub use error::{AnswerError, AnswerErrorCode};

use crate::{
    edit::Place,
    id::{ChoiceId, KnockoutId, NodeId, RequirementId, RubricId},
    map::{Map, Set},
};

/// What was answered to one criterion. No entry is *unanswered*, which differs from every answer here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// One option.
    Option(ChoiceId),
    /// A case and its option.
    Case(ChoiceId, ChoiceId),
    /// The items ticked, in the order given.
    Ticked(Vec<ChoiceId>),
    /// Looked, and nothing is met: 0 points.
    None,
    /// Not applicable: leaves the criterion out.
    NotApplicable,
}

/// A sheet's answers, papers and raised flags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// By criterion.
    pub criteria: Map<NodeId, Answer>,
    /// Met or not; no entry is unknown.
    pub requirements: Map<RequirementId, bool>,
    /// Raised `flag` knockouts.
    pub flags: Set<KnockoutId>,
}

impl Answers {
    /// Where something is answered.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let criteria = self.criteria.keys().cloned().map(Place::Criterion);
        let requirements = self.requirements.keys().cloned().map(Place::Requirement);
        criteria.chain(requirements).chain(self.flags.iter().cloned().map(Place::Knockout))
    }

    /// Whether something is answered there.
    #[must_use]
    pub fn has(&self, place: &Place) -> bool {
        match place {
            Place::Criterion(id) => self.criteria.contains_key(id),
            Place::Requirement(id) => self.requirements.contains_key(id),
            Place::Knockout(id) => self.flags.contains(id),
        }
    }
}

/// A sheet as it travels: the answers, and the rubric they were given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Id of the rubric.
    pub rubric: RubricId,
    /// Its version.
    pub version: String,
    /// The answers.
    pub answers: Answers,
}
