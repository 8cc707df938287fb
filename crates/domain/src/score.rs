//! The score of a sheet: exact points, stars, and what holds them back.
//!
//! Owns the result's types. How an answer becomes points stands in `mark`, what the stars ask of a criterion in
//! `gates`, what follows from one changed answer in `state`, the sum of it all in `reckon`.

pub(crate) mod gates;
pub(crate) mod mark;
pub(crate) mod reckon;
mod scorer;
pub(crate) mod state;

pub(crate) use gates::lowest;
pub use scorer::{Scorer, Standing};

use crate::{
    answers::Answers,
    id::{NodeId, RequirementId},
    points::{Fraction, Points},
    rubric::{CriterionIndex, Rubric},
};

/// Result of scoring one sheet. Provisional unless [`Score::complete`].
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Nothing asked is unanswered and no paper is unknown, or a stop fired.
    pub complete: bool,
    /// Sum of the parts, exact.
    pub total: Fraction,
    /// The rubric's most points.
    pub max: Points,
    /// The parts that count, in order.
    pub parts: Vec<PartScore>,
    /// By the bands alone.
    pub stars_by_points: u8,
    /// By the gates alone.
    pub stars_by_gates: u8,
    /// By the lowest cap of a requirement not met.
    pub cap: Option<u8>,
    /// Why there are no stars at all.
    pub withheld: Option<Withheld>,
    /// The stars.
    pub stars: u8,
    /// Complete, nothing withheld, and enough stars for a certificate.
    pub awarded: bool,
    /// Asked criteria without an answer.
    pub unanswered: Vec<CriterionIndex>,
    /// Criteria whose condition is false.
    pub not_asked: Vec<CriterionIndex>,
    /// Asked requirements without an entry.
    pub unknown_requirements: Vec<RequirementId>,
    /// For every star above [`Score::stars`], by star, then in the rubric's order.
    pub missed_gates: Vec<MissedGate>,
}

/// Points of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartScore {
    /// The part.
    pub id: NodeId,
    /// Its points, scaled when criteria were left out.
    pub points: Fraction,
    /// Its most points.
    pub max: Points,
}

/// Why no star is given, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// A knockout that disqualifies.
    Disqualify,
    /// A knockout that stops the assessment.
    Stop,
    /// A requirement without which the product is not assessed.
    Reject,
    /// A requirement without which no star is given.
    NoAward,
}

/// A gate that is not met.
#[derive(Debug, Clone, PartialEq)]
pub struct MissedGate {
    /// The star it guards.
    pub star: u8,
    /// The criterion.
    pub criterion: CriterionIndex,
    /// Points needed.
    pub needs: Points,
    /// Points there are.
    pub has: Points,
}

/// Scores a sheet. Answers that do not fit the rubric count as unanswered; whether they fit is said by
/// [`Answers::check`].
#[must_use]
pub fn score(rubric: &Rubric, answers: &Answers) -> Score {
    let state = state::State::new(rubric, answers);
    reckon::score(rubric, &state)
}
