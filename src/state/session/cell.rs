//! How one criterion of an open sheet stands.

use super::Content;
use bintang_domain::{
    answers::Answer,
    edit::Place,
    points::Points,
    rubric::CriterionIndex,
    score::{MissedGate, Standing},
};

/// How one criterion stands, as its card shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The answer, if there is one.
    pub answer: Option<Answer>,
    /// How it stands.
    pub standing: Standing,
    /// Its own points.
    pub points: Points,
    /// The lowest star that it holds back, though it is judged, and the points that star needs of it.
    pub gate: Option<(u8, Points)>,
    /// Its note, if there is one.
    pub note: Option<String>,
}

impl Cell {
    /// Its points, when it is judged.
    #[must_use]
    pub fn judged(&self) -> Option<Points> {
        (self.standing == Standing::Judged).then_some(self.points)
    }
}

impl Content {
    pub(super) fn cell(&self, index: CriterionIndex) -> Cell {
        let Self { draft, scorer, .. } = self;
        let criterion = scorer.rubric().criterion(index);
        let answer = criterion.and_then(|criterion| draft.answers.criteria.get(&criterion.id)).cloned();
        let note = criterion.and_then(|criterion| draft.notes.get(&Place::Criterion(criterion.id.clone()))).cloned();
        let (standing, points, gate) = self.reckoned(index);
        Cell { answer, standing, points, gate, note }
    }

    /// What follows from the whole sheet: how a criterion stands, its points, the star that it holds back.
    fn reckoned(&self, index: CriterionIndex) -> (Standing, Points, Option<(u8, Points)>) {
        let Self { scorer, score, .. } = self;
        let (standing, points) = (scorer.standing(index), scorer.points(index));
        let missed: &[MissedGate] = if standing == Standing::Judged { &score.missed_gates } else { &[] };
        let gate = missed.iter().find(|gate| gate.criterion == index).map(|gate| (gate.star, gate.needs));
        (standing, points, gate)
    }

    /// How a criterion stands now, where that differs from before. Answer and note of others than the `edited` one are
    /// as they were, and are not looked at: there may be a thousand.
    pub(super) fn changed(&self, index: CriterionIndex, before: &Cell, edited: bool) -> Option<Cell> {
        if !edited && self.reckoned(index) == (before.standing, before.points, before.gate) {
            return None;
        }
        Some(self.cell(index)).filter(|now| now != before)
    }
}
