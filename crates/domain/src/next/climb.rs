//! What one criterion can become: its present answer, and every rung above it.

use super::Goal;
use crate::{
    answers::{Answer, Answers},
    id::ChoiceId,
    points::Points,
    rubric::{ChoiceOption, Criterion, CriterionKind, Rubric, Trigger, lookup::Tie},
    score::{
        gates::{Gate, Gates},
        mark::{Mark, step_points},
        state::{Cell, State},
    },
};

/// One thing a criterion can become.
#[derive(Debug, Clone)]
pub(super) struct Rung {
    /// Steps from the present answer; 0 is the present answer.
    pub(super) steps: usize,
    /// Its own points there, before any condition.
    pub(super) points: Points,
    /// The case that its gates are those of.
    case: Option<usize>,
    /// What it becomes; `None` is as it is.
    pub(super) goal: Option<Goal>,
    /// The case that the plan chooses.
    pub(super) chosen: Option<ChoiceId>,
}

/// A criterion with all it can become, by steps, then by case.
#[derive(Debug, Clone)]
pub(super) struct Climb<'r> {
    pub(super) rungs: Vec<Rung>,
    gates: &'r Gates,
    pub(super) mark: Mark,
    /// Whether points of 0 or less would fire a knockout.
    guarded: bool,
}

impl<'r> Climb<'r> {
    /// All criteria, in the rubric's order.
    pub(super) fn all(rubric: &'r Rubric, state: &State, answers: &Answers) -> Vec<Self> {
        let all = rubric.criteria.iter().zip(&rubric.lookup.ties).zip(&state.cells);
        let climb = |((criterion, tie), cell): ((&'r Criterion, &'r Tie), &Cell)| {
            // How many items are ticked is all that the mark does not say.
            let answer = match criterion.kind {
                CriterionKind::Checklist { .. } => answers.criteria.get(&criterion.id),
                _ => None,
            };
            Self::of(criterion, &tie.gates, cell.mark, answer)
        };
        let mut climbs: Vec<Self> = all.map(climb).collect();
        for knockout in &rubric.knockouts {
            if let Trigger::AnyZero(criteria) = &knockout.trigger {
                for index in criteria {
                    if let Some(climb) = climbs.get_mut(index.0) {
                        climb.guarded = true;
                    }
                }
            }
        }
        climbs
    }

    fn of(criterion: &Criterion, gates: &'r Gates, mark: Mark, answer: Option<&Answer>) -> Self {
        let here = Rung { steps: 0, points: mark.points(), case: mark.case(), goal: None, chosen: None };
        let mut rungs = vec![here];
        if criterion.raisable && mark != Mark::Excluded {
            match &criterion.kind {
                CriterionKind::Options(options) => rungs.extend(above(options, mark.points(), None)),
                CriterionKind::Cases(cases) => {
                    for (place, case) in cases.iter().enumerate() {
                        let chosen = match mark.case() {
                            Some(chosen) if chosen != place => continue,
                            Some(_) => None,
                            None => Some(case.id.clone()),
                        };
                        let rungs_of_case = above(&case.options, mark.points(), Some(place));
                        rungs.extend(rungs_of_case.map(|rung| Rung { chosen: chosen.clone(), ..rung }));
                    }
                }
                CriterionKind::Checklist { items, scale } => {
                    let ticked = match answer {
                        Some(Answer::Ticked(ticked)) => ticked.len(),
                        _ => 0,
                    };
                    rungs.extend((ticked + 1..=items.len()).map(|count| Rung {
                        steps: count - ticked,
                        points: step_points(scale, count),
                        case: None,
                        goal: Some(Goal::Ticked(u32::try_from(count).unwrap_or(u32::MAX))),
                        chosen: None,
                    }));
                }
            }
        }
        rungs.sort_by_key(|rung| rung.steps);
        Self { rungs, gates, mark, guarded: false }
    }

    /// Most steps there are here.
    pub(super) fn most_steps(&self) -> usize {
        self.rungs.last().map_or(0, |rung| rung.steps)
    }

    /// Whether this rung, on a criterion that is asked, leaves the star within reach.
    pub(super) fn allows(&self, rung: &Rung, star: u8) -> bool {
        if self.mark == Mark::Excluded {
            return true;
        }
        let answered = rung.steps > 0 || self.mark != Mark::Unanswered;
        let fires = self.guarded && answered && rung.points <= Points::ZERO;
        !fires && self.gates.counting(rung.case).iter().all(|gate| met(gate, star, rung.points))
    }

    /// Whether the star is within reach while this criterion is not asked: its points are 0 then.
    pub(super) fn allows_unasked(&self, star: u8) -> bool {
        self.gates.counting(self.mark.case()).iter().all(|gate| met(gate, star, Points::ZERO))
    }
}

fn met((gated, needs): &Gate, star: u8, points: Points) -> bool {
    *gated > star || points >= *needs
}

/// The rungs of these options above the present points, 0 among them.
fn above(options: &[ChoiceOption], present: Points, case: Option<usize>) -> impl Iterator<Item = Rung> {
    let mut points: Vec<Points> = options.iter().map(|option| option.points).collect();
    points.push(Points::ZERO);
    points.retain(|points| *points > present);
    points.sort_unstable();
    points.dedup();
    points.into_iter().enumerate().map(move |(place, points)| {
        let option = options.iter().find(|option| option.points == points);
        Rung {
            steps: place + 1,
            points,
            // Without an option there is no answer in the case, so none is chosen.
            case: option.and(case),
            goal: Some(option.map_or(Goal::None, |option| Goal::Option(option.id.clone()))),
            chosen: None,
        }
    })
}
