//! The way up: the cheapest plan that brings a sheet to a higher star (rubric format, section 3, `next`).
//!
//! Exact, not greedy. What each criterion can reach stands in `climb`, criteria tied by conditions in `forest`, the
//! best sum for each number of steps and criteria in `table`, how points weigh in the total in `weights`, and the search
//! for the one plan that the format names in `search`. A search over hundreds of criteria takes longer than a page may
//! stand still, so it pauses between units of bounded work (`pace`).

mod climb;
mod forest;
mod pace;
mod search;
mod table;
mod weights;

use crate::{
    answers::Answers,
    id::{ChoiceId, RequirementId},
    points::Points,
    rubric::{CriterionIndex, RequirementEffect, Rubric, Trigger},
    score::{self, Score, state::State},
};
use pace::Pace;
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

/// The cheapest way up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The star it reaches.
    pub stars: u8,
    /// Rungs climbed and items ticked, together.
    pub steps: u32,
    /// Criteria raised.
    pub criteria: u32,
    /// What to raise, in the rubric's order.
    pub raise: Vec<Raise>,
    /// Papers still to bring, in the rubric's order.
    pub requirements: Vec<RequirementId>,
}

/// One criterion to raise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// Which.
    pub criterion: CriterionIndex,
    /// The case to choose, where none is chosen yet.
    pub case: Option<ChoiceId>,
    /// What it becomes.
    pub to: Goal,
    /// What that adds to the criterion's own points.
    pub gain: Points,
}

/// What a raised criterion becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// This option is chosen.
    Option(ChoiceId),
    /// None of the options: the rung of 0 points where no option has them.
    None,
    /// So many items are ticked.
    Ticked(u32),
}

/// The way up from a sheet; `None` while something asked is open, when a flag is raised, at the top, and where no plan
/// reaches a higher star.
#[must_use]
pub fn next(rubric: &Rubric, answers: &Answers) -> Option<Next> {
    next_of(rubric, answers, &score::score(rubric, answers))
}

/// The same for a sheet whose score is known.
#[must_use]
pub fn next_of(rubric: &Rubric, answers: &Answers, score: &Score) -> Option<Next> {
    without_waiting(find(rubric, answers, score, &mut async || ()))
}

/// The same in slices: `pause` is called after each unit of bounded work, and the search goes on when what it gave back
/// is done. Whoever wants the search no more drops it there.
pub async fn find(rubric: &Rubric, answers: &Answers, score: &Score, pause: &mut impl AsyncFnMut()) -> Option<Next> {
    let open = !score.unanswered.is_empty() || !score.unknown_requirements.is_empty();
    if open || !answers.flags.is_empty() || score.stars >= rubric.highest_star() {
        return None;
    }
    let state = State::new(rubric, answers);
    let fired = state.fired(rubric).any(|knockout| matches!(knockout.trigger, Trigger::AnyZero(_)));
    let with_papers = if fired { 0 } else { score.stars_by_points.min(score.stars_by_gates) };
    if with_papers > score.stars {
        let lacking = state.asked_requirements(rubric).filter(|(_, met)| *met != Some(true));
        let requirements = lacking.map(|(requirement, _)| requirement.id.clone()).collect();
        return Some(Next { stars: with_papers, steps: 0, criteria: 0, raise: Vec::new(), requirements });
    }
    let found = search::cheapest(rubric, answers, &state, with_papers, &mut Pace::new(pause)).await?;
    let raised = |index: CriterionIndex| found.points.get(index.0).copied().unwrap_or_default();
    let holds_back = |effect: RequirementEffect| match effect {
        RequirementEffect::NoAward | RequirementEffect::Reject => true,
        RequirementEffect::Cap(at) => at < found.stars,
    };
    let requirements = rubric.requirements.iter().filter(|requirement| {
        let asked = requirement.applies_when.is_none_or(|condition| raised(condition.criterion) >= condition.at_least);
        asked && holds_back(requirement.effect) && answers.requirements.get(&requirement.id) != Some(&true)
    });
    Some(Next {
        stars: found.stars,
        steps: found.steps,
        criteria: found.criteria,
        raise: found.raise,
        requirements: requirements.map(|requirement| requirement.id.clone()).collect(),
    })
}

/// What comes of work that never waits for anything.
fn without_waiting<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}
