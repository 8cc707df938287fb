//! What one answer says, without looking at any other criterion.

use crate::{
    answers::Answer,
    id::ChoiceId,
    points::Points,
    rubric::{ChoiceOption, Criterion, CriterionKind, Item, Step},
};

/// An answer translated into points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mark {
    /// No answer, or one that does not fit the criterion.
    #[default]
    Unanswered,
    /// "Not applicable", where that is allowed.
    Excluded,
    /// Looked: so many points, and the case chosen.
    Judged { points: Points, case: Option<usize> },
}

impl Mark {
    pub(crate) fn of(criterion: &Criterion, answer: Option<&Answer>) -> Self {
        answer.and_then(|answer| Self::fitting(criterion, answer)).unwrap_or_default()
    }

    fn fitting(criterion: &Criterion, answer: &Answer) -> Option<Self> {
        match (answer, &criterion.kind) {
            (Answer::None, _) => Some(Self::Judged { points: Points::ZERO, case: None }),
            (Answer::NotApplicable, _) => criterion.may_exclude.then_some(Self::Excluded),
            (Answer::Option(option), CriterionKind::Options(options)) => {
                Some(Self::Judged { points: points_of(options, option)?, case: None })
            }
            (Answer::Case(case, option), CriterionKind::Cases(cases)) => {
                let (place, case) = cases.iter().enumerate().find(|(_, candidate)| candidate.id == *case)?;
                Some(Self::Judged { points: points_of(&case.options, option)?, case: Some(place) })
            }
            (Answer::Ticked(ticked), CriterionKind::Checklist { items, scale }) => {
                Some(Self::Judged { points: step_points(scale, count(items, ticked)?), case: None })
            }
            _ => None,
        }
    }

    /// Points before any condition is looked at.
    pub(crate) fn points(self) -> Points {
        match self {
            Self::Judged { points, .. } => points,
            Self::Unanswered | Self::Excluded => Points::ZERO,
        }
    }

    pub(crate) fn case(self) -> Option<usize> {
        match self {
            Self::Judged { case, .. } => case,
            Self::Unanswered | Self::Excluded => None,
        }
    }
}

fn points_of(options: &[ChoiceOption], id: &ChoiceId) -> Option<Points> {
    options.iter().find(|option| option.id == *id).map(|option| option.points)
}

/// Points of the highest step reached; the steps fall.
pub(crate) fn step_points(scale: &[Step], ticked: usize) -> Points {
    scale
        .iter()
        .find(|step| usize::try_from(step.at_least).is_ok_and(|at_least| at_least <= ticked))
        .map_or(Points::ZERO, |step| step.points)
}

/// Number of ticked items; nothing when one is unknown or ticked twice.
fn count(items: &[Item], ticked: &[ChoiceId]) -> Option<usize> {
    let mut sorted: Vec<&ChoiceId> = ticked.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let known = items.iter().filter(|item| sorted.binary_search(&&item.id).is_ok()).count();
    (known == ticked.len()).then_some(known)
}
