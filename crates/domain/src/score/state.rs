//! What follows from the answers, kept so that one changed answer renews only what depends on it.

use super::mark::Mark;
use crate::{
    answers::{Answer, Answers},
    id::{KnockoutId, RequirementId},
    map::Set,
    points::Points,
    rubric::{Condition, CriterionIndex, Knockout, KnockoutEffect, Requirement, Rubric, Trigger},
};

/// One criterion as it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cell {
    pub(crate) mark: Mark,
    pub(crate) asked: bool,
    /// Points of the criterion itself: 0 unless asked and judged.
    pub(crate) points: Points,
    /// Asked and answered by "not applicable".
    pub(crate) excluded: bool,
}

/// Sums of one part, in hundredths.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PartSum {
    pub(crate) points: i64,
    pub(crate) excluded_max: i64,
}

/// The open sheet, reckoned.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) cells: Vec<Cell>,
    pub(crate) sums: Vec<PartSum>,
    pub(crate) unanswered: Set<usize>,
    pub(crate) not_asked: Set<usize>,
    /// For each star, from 0 up, the criteria whose gate is not met.
    pub(crate) missed: Vec<Set<usize>>,
    requirements: Vec<Option<bool>>,
    flags: Vec<bool>,
}

impl State {
    /// The state of a sheet. What does not fit the rubric counts as unanswered.
    pub(crate) fn new(rubric: &Rubric, answers: &Answers) -> Self {
        let mut cells = vec![Cell::default(); rubric.criteria.len()];
        for (_, answer, found) in rubric.along(answers.criteria.iter()) {
            if let Some((index, criterion)) = found
                && let Some(cell) = cells.get_mut(index.0)
            {
                cell.mark = Mark::of(criterion, Some(answer));
            }
        }
        let flag = |knockout: &Knockout| knockout.trigger == Trigger::Flag && answers.flags.contains(&knockout.id);
        let met = |requirement: &Requirement| answers.requirements.get(&requirement.id).copied();
        let mut state = Self {
            sums: vec![PartSum::default(); rubric.parts.len()],
            unanswered: Set::default(),
            not_asked: Set::default(),
            missed: vec![Set::default(); usize::from(rubric.highest_star()) + 1],
            requirements: rubric.requirements.iter().map(met).collect(),
            flags: rubric.knockouts.iter().map(flag).collect(),
            cells,
        };
        for index in &rubric.lookup.downwards {
            state.settle(rubric, *index);
        }
        // In order, so that the lists only grow at their ends.
        for index in 0..state.cells.len() {
            state.list(rubric, index);
        }
        state
    }

    pub(crate) fn set(&mut self, rubric: &Rubric, index: CriterionIndex, answer: Option<&Answer>) {
        let (Some(criterion), Some(cell)) = (rubric.criterion(index), self.cells.get_mut(index.0)) else { return };
        cell.mark = Mark::of(criterion, answer);
        // Conditions form no circle, so each criterion comes up once at most; the count only guards the loop.
        let mut waiting = vec![index.0];
        let mut left = self.cells.len();
        while let Some(next) = waiting.pop() {
            if self.renew(rubric, next) && left > 0 {
                let dependents = rubric.tie(next).into_iter().flat_map(|tie| &tie.dependents);
                waiting.extend(dependents.map(|(dependent, _)| *dependent));
            }
            left = left.saturating_sub(1);
        }
    }

    pub(crate) fn set_requirement(&mut self, rubric: &Rubric, id: &RequirementId, met: Option<bool>) {
        let place = rubric.requirements.iter().position(|requirement| requirement.id == *id);
        if let Some(entry) = place.and_then(|place| self.requirements.get_mut(place)) {
            *entry = met;
        }
    }

    /// Raises or lowers a flag; a knockout that fires by itself takes none.
    pub(crate) fn set_flag(&mut self, rubric: &Rubric, id: &KnockoutId, raised: bool) {
        let place = rubric
            .knockouts
            .iter()
            .position(|knockout| knockout.id == *id && matches!(knockout.trigger, Trigger::Flag));
        if let Some(flag) = place.and_then(|place| self.flags.get_mut(place)) {
            *flag = raised;
        }
    }

    pub(crate) fn points(&self, index: CriterionIndex) -> Points {
        self.cells.get(index.0).map_or(Points::ZERO, |cell| cell.points)
    }

    pub(crate) fn holds(&self, condition: Option<Condition>) -> bool {
        condition.is_none_or(|condition| self.points(condition.criterion) >= condition.at_least)
    }

    /// Asked requirements with what the sheet says of them, in order.
    pub(crate) fn asked_requirements<'a>(
        &'a self,
        rubric: &'a Rubric,
    ) -> impl Iterator<Item = (&'a Requirement, Option<bool>)> {
        rubric
            .requirements
            .iter()
            .zip(&self.requirements)
            .filter(|(requirement, _)| self.holds(requirement.applies_when))
            .map(|(requirement, met)| (requirement, *met))
    }

    /// Knockouts that are raised or have fired, in order.
    pub(crate) fn fired<'a>(&'a self, rubric: &'a Rubric) -> impl Iterator<Item = &'a Knockout> {
        rubric
            .knockouts
            .iter()
            .zip(&self.flags)
            .filter(|(knockout, raised)| match &knockout.trigger {
                Trigger::Flag => **raised,
                Trigger::AnyZero(criteria) => criteria.iter().any(|index| self.fires(*index)),
            })
            .map(|(knockout, _)| knockout)
    }

    pub(crate) fn stopped(&self, rubric: &Rubric) -> bool {
        self.fired(rubric).any(|knockout| knockout.effect == KnockoutEffect::Stop)
    }

    fn fires(&self, index: CriterionIndex) -> bool {
        self.cells
            .get(index.0)
            .is_some_and(|cell| cell.asked && matches!(cell.mark, Mark::Judged { .. }) && cell.points <= Points::ZERO)
    }

    /// The points that a star's gate asks of a criterion now.
    pub(crate) fn needs(&self, rubric: &Rubric, index: usize, star: u8) -> Option<Points> {
        let cell = self.cells.get(index)?;
        rubric.tie(index)?.gates.counting(cell.mark.case()).iter().find(|(at, _)| *at == star).map(|(_, needs)| *needs)
    }

    /// Brings one criterion up to date; says whether its points changed.
    fn renew(&mut self, rubric: &Rubric, index: usize) -> bool {
        let changed = self.settle(rubric, index);
        self.list(rubric, index);
        changed
    }

    /// Points of one criterion and the sums of its part; says whether the points changed.
    fn settle(&mut self, rubric: &Rubric, index: usize) -> bool {
        let (Some(criterion), Some(tie)) = (rubric.criteria.get(index), rubric.tie(index)) else { return false };
        let asked = self.holds(criterion.applies_when);
        let Some(cell) = self.cells.get_mut(index) else { return false };
        let before = (cell.points, cell.excluded);
        cell.asked = asked;
        cell.points = if asked { cell.mark.points() } else { Points::ZERO };
        cell.excluded = asked && cell.mark == Mark::Excluded;
        if let Some(sum) = self.sums.get_mut(tie.part) {
            sum.points += i64::from(cell.points.0) - i64::from(before.0.0);
            sum.excluded_max += i64::from(criterion.max.0) * (i64::from(cell.excluded) - i64::from(before.1));
        }
        cell.points != before.0
    }

    /// Takes it into the lists that it belongs to: gates missed, unanswered, not asked.
    fn list(&mut self, rubric: &Rubric, index: usize) {
        let (Some(cell), Some(tie)) = (self.cells.get(index), rubric.tie(index)) else { return };
        for star in tie.gates.stars() {
            if let Some(missed) = self.missed.get_mut(usize::from(star)) {
                missed.remove(&index);
            }
        }
        if !cell.excluded {
            for (star, needs) in tie.gates.counting(cell.mark.case()) {
                if let Some(missed) = self.missed.get_mut(usize::from(*star)).filter(|_| cell.points < *needs) {
                    missed.insert(index);
                }
            }
        }
        let (asked, open) = (cell.asked, cell.mark == Mark::Unanswered);
        keep(&mut self.unanswered, index, asked && open);
        keep(&mut self.not_asked, index, !asked);
    }
}

fn keep(set: &mut Set<usize>, index: usize, belongs: bool) {
    if belongs {
        set.insert(index);
    } else {
        set.remove(&index);
    }
}
