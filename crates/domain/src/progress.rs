//! How far a sheet is, and what its groups add up to.

use crate::{
    points::Points,
    rubric::CriterionIndex,
    score::{Scorer, Standing},
};
use std::ops::Range;

/// Answered criteria out of those asked. A criterion whose condition is false is in neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Asked and answered.
    pub answered: usize,
    /// Asked.
    pub asked: usize,
}

impl Progress {
    /// Nothing asked is open.
    #[must_use]
    pub const fn done(self) -> bool {
        self.answered == self.asked
    }
}

/// Own points out of the most there could be, without the criteria left out as not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PointsOf {
    /// Sum of the criteria's own points, not scaled.
    pub points: Points,
    /// Sum of their maxima.
    pub max: Points,
}

/// Progress in a part, a group or the whole: a range of [`crate::rubric::Rubric::criteria`].
#[must_use]
pub fn of(scorer: &Scorer, range: Range<usize>) -> Progress {
    let mut progress = Progress::default();
    for index in range {
        match scorer.standing(CriterionIndex(index)) {
            Standing::NotAsked => {}
            Standing::Unanswered => progress.asked += 1,
            Standing::Excluded | Standing::Judged => {
                progress.asked += 1;
                progress.answered += 1;
            }
        }
    }
    progress
}

/// Points of a part, a group or the whole, as they stand before any scaling.
#[must_use]
pub fn points_of(scorer: &Scorer, range: Range<usize>) -> PointsOf {
    let (mut points, mut max) = (0i64, 0i64);
    for (index, criterion) in scorer.rubric().criteria.iter().enumerate().take(range.end).skip(range.start) {
        let index = CriterionIndex(index);
        if scorer.standing(index) != Standing::Excluded {
            points += i64::from(scorer.points(index).hundredths());
            max += i64::from(criterion.max.hundredths());
        }
    }
    PointsOf { points: Points::from_sum(points), max: Points::from_sum(max) }
}
