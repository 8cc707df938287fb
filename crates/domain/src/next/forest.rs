//! Criteria tied by conditions, as trees: each criterion hangs on at most one other, and on no circle.

use super::{
    climb::Climb,
    pace::Pace,
    table::{Most, Table},
    weights::Weights,
};
use crate::{
    answers::Answers,
    points::Points,
    rubric::{Rubric, lookup::Tie},
    score::{mark::Mark, state::State},
};

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quest<'q> {
    /// The star whose gates must be met.
    pub(super) star: u8,
    /// How points weigh.
    pub(super) weights: &'q Weights,
    /// Of the criteria answered "not applicable" that are not asked yet: those that the plan makes asked. They change the
    /// weights, so each choice is a quest of its own.
    pub(super) woken: &'q [usize],
    /// How far it looks; with no criteria they are not counted, and all stand under none.
    pub(super) most: Most,
}

/// What the best sums of one criterion of a tree depend on.
#[derive(Debug, Clone, Copy)]
struct Fork<'q> {
    quest: Quest<'q>,
    /// By criterion.
    settled: &'q [Settled],
    /// The sums of what hangs lower in the tree, not asked and asked.
    below: &'q [[Table; 2]],
}

/// What is settled of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    /// Nothing.
    Nothing,
    /// The number of steps.
    Steps(usize),
    /// The rung, by its place.
    Rung(usize),
}

/// A criterion with everything that hangs on it.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// Those that hang on others before those; the last one is the root.
    upwards: Vec<usize>,
    /// First member in the rubric's order.
    pub(super) first: usize,
    /// Last member in the rubric's order.
    pub(super) last: usize,
}

/// All criteria of a rubric as trees.
#[derive(Debug)]
pub(super) struct Forest<'r> {
    pub(super) climbs: Vec<Climb<'r>>,
    /// By the first member.
    pub(super) trees: Vec<Tree>,
    /// The part of each criterion, and who hangs on it.
    ties: &'r [Tie],
    /// Place of each criterion in its tree.
    place: Vec<usize>,
    /// Tree of each criterion.
    pub(super) tree: Vec<usize>,
    /// Answered "not applicable" and not asked now: what the plan may wake.
    pub(super) sleeping: Vec<bool>,
}

impl<'r> Forest<'r> {
    pub(super) fn new(rubric: &'r Rubric, answers: &Answers, state: &State) -> Self {
        let count = rubric.criteria.len();
        let mut forest = Self {
            climbs: Climb::all(rubric, state, answers),
            sleeping: state.cells.iter().map(|cell| cell.mark == Mark::Excluded && !cell.asked).collect(),
            trees: Vec::new(),
            ties: &rubric.lookup.ties,
            place: vec![0; count],
            tree: vec![0; count],
        };
        for (root, criterion) in rubric.criteria.iter().enumerate() {
            if criterion.applies_when.is_none() {
                forest.trees.push(forest.grown(root));
            }
        }
        forest.trees.sort_by_key(|tree| tree.first);
        for (number, tree) in forest.trees.iter().enumerate() {
            for (place, index) in tree.upwards.iter().enumerate() {
                if let (Some(of), Some(at)) = (forest.tree.get_mut(*index), forest.place.get_mut(*index)) {
                    (*of, *at) = (number, place);
                }
            }
        }
        forest
    }

    fn grown(&self, root: usize) -> Tree {
        let mut upwards = Vec::new();
        let mut waiting = vec![root];
        while let Some(index) = waiting.pop() {
            upwards.push(index);
            waiting.extend(self.children_of(index).iter().map(|(child, _)| *child));
        }
        upwards.reverse();
        let first = upwards.iter().copied().min().unwrap_or(root);
        let last = upwards.iter().copied().max().unwrap_or(root);
        Tree { upwards, first, last }
    }

    fn children_of(&self, index: usize) -> &[(usize, Points)] {
        self.ties.get(index).map_or(&[], |tie| &tie.dependents)
    }

    /// The part of a criterion, by its number.
    pub(super) fn part_of(&self, index: usize) -> usize {
        self.ties.get(index).map_or(0, |tie| tie.part)
    }

    /// All criteria, each after the one that it hangs on.
    pub(super) fn downwards(&self) -> impl Iterator<Item = usize> + '_ {
        self.trees.iter().flat_map(|tree| tree.upwards.iter().rev().copied())
    }

    /// Most steps there are at all.
    pub(super) fn most_steps(&self) -> usize {
        self.climbs.iter().map(Climb::most_steps).sum()
    }

    /// No criterion takes more steps than the longest climb.
    pub(super) fn longest(&self) -> usize {
        self.climbs.iter().map(Climb::most_steps).max().unwrap_or(1).max(1)
    }

    /// The best sums of a tree, of what is settled already.
    pub(super) async fn table(
        &self,
        tree: &Tree,
        quest: Quest<'_>,
        settled: &[Settled],
        pace: &mut Pace<'_, impl AsyncFnMut()>,
    ) -> Table {
        // Asked and not asked, by place in the tree.
        let mut tables: Vec<[Table; 2]> = Vec::with_capacity(tree.upwards.len());
        for index in &tree.upwards {
            let fork = Fork { quest, settled, below: &tables };
            let unasked = self.unasked(*index, fork, pace).await;
            let asked = self.asked(*index, fork, pace).await;
            tables.push([unasked, asked]);
        }
        tables.pop().map_or_else(Table::rest, |[_, asked]| asked)
    }

    /// What is settled of a criterion that is to be asked or not; `None` where the quest has it the other way.
    fn settled(&self, index: usize, asked: bool, fork: Fork<'_>) -> Option<Settled> {
        let sleeping = self.sleeping.get(index).copied().unwrap_or_default();
        let fits = !sleeping || fork.quest.woken.contains(&index) == asked;
        fits.then(|| fork.settled.get(index).copied().unwrap_or(Settled::Nothing))
    }

    /// The best sums of a criterion that is not asked, with what hangs on it.
    async fn unasked(&self, index: usize, fork: Fork<'_>, pace: &mut Pace<'_, impl AsyncFnMut()>) -> Table {
        let settled = self.settled(index, false, fork);
        let stays = matches!(settled, Some(Settled::Nothing | Settled::Steps(0) | Settled::Rung(0)));
        let allowed = self.climbs.get(index).is_some_and(|climb| climb.allows_unasked(fork.quest.star));
        if !stays || !allowed {
            return Table::none();
        }
        self.hanging(index, Points::ZERO, fork, pace).await.unwrap_or_else(Table::rest)
    }

    /// The best sums of a criterion that is asked, with what hangs on it.
    async fn asked(&self, index: usize, fork: Fork<'_>, pace: &mut Pace<'_, impl AsyncFnMut()>) -> Table {
        let settled = self.settled(index, true, fork);
        let (Some(climb), Some(settled)) = (self.climbs.get(index), settled) else { return Table::none() };
        let mut best: Option<Table> = None;
        for (place, rung) in climb.rungs.iter().enumerate() {
            let open = match settled {
                Settled::Nothing => true,
                Settled::Steps(steps) => rung.steps == steps,
                Settled::Rung(only) => place == only,
            };
            if !open || rung.steps > fork.quest.most.steps || !climb.allows(rung, fork.quest.star) {
                continue;
            }
            let sum = fork.quest.weights.weigh(self.part_of(index), rung.points.0);
            let alone = Table::single(rung.steps, fork.quest.most.criteria > 0 && rung.steps > 0, sum);
            let table = match self.hanging(index, rung.points, fork, pace).await {
                Some(hanging) => hanging.with(&alone, fork.quest.most, pace).await,
                None => alone,
            };
            let table = match best {
                Some(best) => best.or(&table),
                None => table,
            };
            pace.did(table.size()).await;
            best = Some(table);
        }
        best.unwrap_or_else(Table::none)
    }

    /// The best sums of what hangs on a criterion of so many points, if anything does.
    async fn hanging(
        &self,
        index: usize,
        points: Points,
        fork: Fork<'_>,
        pace: &mut Pace<'_, impl AsyncFnMut()>,
    ) -> Option<Table> {
        let mut all: Option<Table> = None;
        for (child, at_least) in self.children_of(index) {
            let child = self.place.get(*child).and_then(|place| fork.below.get(*place));
            let Some(child) = child.and_then(|both| both.get(usize::from(points >= *at_least))) else { continue };
            all = Some(match all {
                Some(all) => all.with(child, fork.quest.most, pace).await,
                None => child.clone(),
            });
        }
        all
    }
}
