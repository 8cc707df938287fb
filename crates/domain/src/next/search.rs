//! The one plan that the format names: fewest steps, then fewest criteria, then the most steps on the earliest
//! criteria, then the earlier case.

use super::{
    Raise,
    climb::Rung,
    forest::{Forest, Quest, Settled},
    pace::Pace,
    table::{Most, Table},
    weights::Weights,
};
use crate::{
    answers::Answers,
    points::Points,
    rubric::{Band, CriterionIndex, Rubric},
    score::{mark::Mark, state::State},
};

/// Criteria answered "not applicable" behind a condition that may come true: each doubles the search. No rubric known has
/// one; with more than these no way up is given.
const MOST_SLEEPING: usize = 12;

/// Steps that are looked at first; twice as many as long as that is not enough.
const FIRST_STEPS: usize = 8;

/// What it costs to see what one criterion can become, in sums of a table.
const OF_A_CRITERION: usize = 16;

/// What it costs to weigh a part, in sums of a table.
const OF_A_WEIGHT: usize = 512;

/// The plan.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) stars: u8,
    pub(super) steps: u32,
    pub(super) criteria: u32,
    pub(super) raise: Vec<Raise>,
    /// Each criterion's own points when the plan is done.
    pub(super) points: Vec<Points>,
}

/// One choice of what is left out of the parts, with the weights that follow.
#[derive(Debug)]
struct Ground {
    woken: Vec<usize>,
    weights: Weights,
}

/// The cheapest plan to a star above this one.
pub(super) async fn cheapest(
    rubric: &Rubric,
    answers: &Answers,
    state: &State,
    above: u8,
    pace: &mut Pace<'_, impl AsyncFnMut()>,
) -> Option<Found> {
    let forest = Forest::new(rubric, answers, state);
    pace.did(forest.climbs.len() * OF_A_CRITERION).await;
    let grounds = grounds(rubric, state, &forest, pace).await?;
    let mut bands = rubric.bands.iter().rev().filter(|band| band.stars > above);
    let (mut target, (steps, criteria)) = loop {
        let band = bands.next()?;
        if let Some(cost) = cost(&forest, &grounds, *band, pace).await {
            break (*band, cost);
        }
    };
    for band in bands {
        let mut reached = false;
        for ground in &grounds {
            let most = Most { steps, criteria, climb: forest.longest() };
            let total = total(&forest, ground.quest(*band, most), pace).await;
            reached = total.get(steps, criteria).is_some_and(|sum| sum >= ground.weights.need(*band));
            if reached {
                break;
            }
        }
        if !reached {
            break;
        }
        target = *band;
    }
    let mut chosen: Option<Vec<usize>> = None;
    for ground in &grounds {
        let plan = plan(&forest, ground, target, steps, criteria, pace).await;
        // Of two grounds the larger plan; of equal ones the earlier cases, which is the earlier rung.
        chosen = match (chosen, plan) {
            (Some(best), Some(plan)) if order(&forest, &plan) > order(&forest, &best) => Some(plan),
            (best, plan) => best.or(plan),
        };
    }
    Some(found(rubric, &forest, target.stars, (steps, criteria), &chosen?))
}

impl Ground {
    fn quest(&self, band: Band, most: Most) -> Quest<'_> {
        Quest { star: band.stars, weights: &self.weights, woken: &self.woken, most }
    }
}

async fn grounds(
    rubric: &Rubric,
    state: &State,
    forest: &Forest<'_>,
    pace: &mut Pace<'_, impl AsyncFnMut()>,
) -> Option<Vec<Ground>> {
    let sleeping: Vec<usize> =
        (0..forest.sleeping.len()).filter(|index| forest.sleeping.get(*index) == Some(&true)).collect();
    if sleeping.len() > MOST_SLEEPING {
        return None;
    }
    let mut grounds = Vec::new();
    for choice in 0..1_usize << sleeping.len() {
        let woken = sleeping.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, index)| *index);
        let woken: Vec<usize> = woken.collect();
        let mut excluded: Vec<i64> = state.sums.iter().map(|sum| sum.excluded_max).collect();
        for index in &woken {
            let max = rubric.criteria.get(*index).map_or(0, |criterion| criterion.max.0);
            if let Some(excluded) = excluded.get_mut(forest.part_of(*index)) {
                *excluded += i64::from(max);
            }
        }
        grounds.push(Ground { weights: Weights::of(rubric, &excluded)?, woken });
        pace.did(rubric.parts.len() * OF_A_WEIGHT).await;
    }
    Some(grounds)
}

/// The best sums of all criteria together.
async fn total(forest: &Forest<'_>, quest: Quest<'_>, pace: &mut Pace<'_, impl AsyncFnMut()>) -> Table {
    let mut all = Table::rest();
    for tree in &forest.trees {
        let tree = forest.table(tree, quest, &[], pace).await;
        all = all.with(&tree, quest.most, pace).await;
    }
    all
}

/// The fewest steps, then criteria, that reach a star.
async fn cost(
    forest: &Forest<'_>,
    grounds: &[Ground],
    band: Band,
    pace: &mut Pace<'_, impl AsyncFnMut()>,
) -> Option<(usize, usize)> {
    let most = forest.most_steps();
    let reached = |ground: &Ground, sum: i128| sum >= ground.weights.need(band);
    let mut looked = FIRST_STEPS.min(most);
    let steps = loop {
        let mut fewest: Option<usize> = None;
        for ground in grounds {
            let quest = ground.quest(band, Most { steps: looked, criteria: 0, climb: 0 });
            let total = total(forest, quest, pace).await;
            let steps = total.entries().find(|(_, _, sum)| reached(ground, *sum)).map(|(steps, _, _)| steps);
            fewest = fewest.into_iter().chain(steps).min();
        }
        match fewest {
            Some(steps) => break steps,
            None if looked < most => looked = (looked * 2).min(most),
            None => return None,
        }
    };
    let longest = forest.longest();
    let mut looked = steps.div_ceil(longest);
    loop {
        let mut fewest: Option<usize> = None;
        for ground in grounds {
            let quest = ground.quest(band, Most { steps, criteria: looked, climb: longest });
            let total = total(forest, quest, pace).await;
            let enough = |criteria: &usize| total.get(steps, *criteria).is_some_and(|sum| reached(ground, sum));
            fewest = fewest.into_iter().chain((0..=looked).find(enough)).min();
        }
        match fewest {
            Some(criteria) => return Some((steps, criteria)),
            None if looked < steps => looked = (looked * 2).clamp(1, steps),
            None => return None,
        }
    }
}

/// The plan of this cost on this ground: a rung for each criterion.
async fn plan(
    forest: &Forest<'_>,
    ground: &Ground,
    band: Band,
    steps: usize,
    criteria: usize,
    pace: &mut Pace<'_, impl AsyncFnMut()>,
) -> Option<Vec<usize>> {
    let most = Most { steps, criteria, climb: forest.longest() };
    let quest = ground.quest(band, most);
    let need = ground.weights.need(band);
    // The best sums of each tree and all that begin later; the first tree's are on top, below all that of no tree.
    let mut all = Table::rest();
    let mut later = vec![all.packed()];
    for tree in forest.trees.iter().rev() {
        let table = forest.table(tree, quest, &[], pace).await;
        all = all.with(&table, most, pace).await;
        pace.did(all.size()).await;
        later.push(all.packed());
    }
    if all.get(steps, criteria)? < need {
        return None;
    }
    let mut settled = vec![Settled::Nothing; forest.climbs.len()];
    // Of the trees that are settled: steps, criteria, sum.
    let mut done = (0, 0, 0_i128);
    let mut begun: Vec<usize> = Vec::new();
    for (index, climb) in forest.climbs.iter().enumerate() {
        let own = forest.tree.get(index).copied().unwrap_or_default();
        if forest.trees.get(own).is_some_and(|tree| tree.first == index) {
            begun.push(own);
            later.pop();
        }
        let rest = later.last()?;
        let mut offered: Vec<usize> = climb.rungs.iter().map(|rung| rung.steps).collect();
        offered.dedup();
        let mut reached = false;
        for more in offered.into_iter().rev() {
            *settled.get_mut(index)? = Settled::Steps(more);
            let mut open = Table::rest();
            for tree in begun.iter().filter_map(|tree| forest.trees.get(*tree)) {
                let tree = forest.table(tree, quest, &settled, pace).await;
                open = open.with(&tree, most, pace).await;
            }
            pace.did(open.size()).await;
            reached = open.entries().any(|(more, raised, sum)| {
                let left = steps.checked_sub(done.0 + more).zip(criteria.checked_sub(done.1 + raised));
                let rest = left.and_then(|(steps, criteria)| rest.get(steps, criteria));
                rest.is_some_and(|rest| done.2.saturating_add(sum).saturating_add(rest) >= need)
            });
            if reached {
                break;
            }
        }
        if !reached {
            return None;
        }
        if let Some(tree) = forest.trees.get(own).filter(|tree| tree.last == index) {
            let (more, raised, sum) = forest.table(tree, quest, &settled, pace).await.entries().next()?;
            done = (done.0 + more, done.1 + raised, done.2.saturating_add(sum));
            begun.retain(|tree| *tree != own);
        }
    }
    let spare = done.2.saturating_sub(need);
    earliest_cases(forest, quest, spare, settled, pace).await
}

/// For each criterion, in order, the first rung of its number of steps that leaves the star within reach.
async fn earliest_cases(
    forest: &Forest<'_>,
    quest: Quest<'_>,
    mut spare: i128,
    mut settled: Vec<Settled>,
    pace: &mut Pace<'_, impl AsyncFnMut()>,
) -> Option<Vec<usize>> {
    let mut plan = Vec::with_capacity(forest.climbs.len());
    for (index, climb) in forest.climbs.iter().enumerate() {
        let Some(Settled::Steps(steps)) = settled.get(index).copied() else { return None };
        let tree = forest.trees.get(*forest.tree.get(index)?)?;
        let same = climb.rungs.iter().enumerate().filter(|(_, rung)| rung.steps == steps).map(|(place, _)| place);
        let same: Vec<usize> = same.collect();
        let chosen = if let [only] = same.as_slice() {
            *only
        } else {
            let best = forest.table(tree, quest, &settled, pace).await.entries().next()?.2;
            let mut fits = None;
            for place in same {
                *settled.get_mut(index)? = Settled::Rung(place);
                let table = forest.table(tree, quest, &settled, pace).await;
                // This case may leave nothing within reach.
                let Some((_, _, sum)) = table.entries().next() else { continue };
                let left = spare.saturating_sub(best.saturating_sub(sum));
                if left >= 0 {
                    fits = Some((place, left));
                    break;
                }
            }
            let (place, left) = fits?;
            spare = left;
            place
        };
        *settled.get_mut(index)? = Settled::Rung(chosen);
        plan.push(chosen);
    }
    Some(plan)
}

fn rungs<'f>(forest: &'f Forest<'_>, plan: &'f [usize]) -> impl Iterator<Item = &'f Rung> {
    forest.climbs.iter().zip(plan).filter_map(|(climb, place)| climb.rungs.get(*place))
}

/// Plans by preference: more steps on earlier criteria, then earlier rungs.
fn order(forest: &Forest<'_>, plan: &[usize]) -> (Vec<usize>, Vec<std::cmp::Reverse<usize>>) {
    let steps = rungs(forest, plan).map(|rung| rung.steps).collect();
    (steps, plan.iter().map(|place| std::cmp::Reverse(*place)).collect())
}

fn found(rubric: &Rubric, forest: &Forest<'_>, stars: u8, (steps, criteria): (usize, usize), plan: &[usize]) -> Found {
    let mut points = vec![Points::ZERO; plan.len()];
    // A tree is read from its root down, so that each condition is known when it is asked for.
    for index in forest.downwards() {
        let rung = forest.climbs.get(index).zip(plan.get(index)).and_then(|(climb, place)| {
            let excluded = climb.mark == Mark::Excluded;
            climb.rungs.get(*place).filter(|_| !excluded)
        });
        let condition = rubric.criteria.get(index).and_then(|criterion| criterion.applies_when);
        let asked = condition.is_none_or(|condition| {
            points.get(condition.criterion.0).copied().unwrap_or_default() >= condition.at_least
        });
        if let (Some(points), Some(rung), true) = (points.get_mut(index), rung, asked) {
            *points = rung.points;
        }
    }
    let raise = forest.climbs.iter().zip(plan).enumerate().filter_map(|(index, (climb, place))| {
        let rung = climb.rungs.get(*place)?;
        Some(Raise {
            criterion: CriterionIndex(index),
            case: rung.chosen.clone(),
            to: rung.goal.clone()?,
            gain: Points(rung.points.0 - climb.mark.points().0),
        })
    });
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Found { stars, steps: count(steps), criteria: count(criteria), raise: raise.collect(), points }
}
