//! The largest sum of weighted points for each number of steps and of criteria.

/// Sums by steps and criteria; what cannot be is `None`.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Numbers of steps that are kept: 0 to `steps`.
    steps: usize,
    /// Numbers of criteria that are kept: 0 to `criteria`.
    criteria: usize,
    sums: Vec<Option<i128>>,
}

impl Table {
    /// Nothing can be.
    pub(super) fn empty(steps: usize, criteria: usize) -> Self {
        let criteria = criteria.min(steps);
        Self { steps, criteria, sums: vec![None; (steps + 1) * (criteria + 1)] }
    }

    /// Only to stay as it is, with nothing to add.
    pub(super) fn rest() -> Self {
        Self::single(0, false, 0)
    }

    /// Only so many steps, on one criterion if it counts, for this sum.
    pub(super) fn single(steps: usize, counts: bool, sum: i128) -> Self {
        let mut table = Self::empty(steps, usize::from(counts));
        table.offer(steps, usize::from(counts), sum);
        table
    }

    fn place(&self, steps: usize, criteria: usize) -> Option<usize> {
        (steps <= self.steps && criteria <= self.criteria).then(|| steps * (self.criteria + 1) + criteria)
    }

    /// The sum there.
    pub(super) fn get(&self, steps: usize, criteria: usize) -> Option<i128> {
        self.sums.get(self.place(steps, criteria)?).copied().flatten()
    }

    /// Keeps the larger sum.
    fn offer(&mut self, steps: usize, criteria: usize, sum: i128) {
        if let Some(kept) = self.place(steps, criteria).and_then(|place| self.sums.get_mut(place))
            && kept.is_none_or(|kept| kept < sum)
        {
            *kept = Some(sum);
        }
    }

    /// What can be: steps, criteria, sum; the fewest steps first, then the fewest criteria.
    pub(super) fn entries(&self) -> impl Iterator<Item = (usize, usize, i128)> {
        let width = self.criteria + 1;
        self.sums.iter().enumerate().filter_map(move |(place, sum)| Some((place / width, place % width, (*sum)?)))
    }

    /// Both together, of which at most so many steps are kept.
    pub(super) fn with(&self, other: &Self, most: usize) -> Self {
        let mut both = Self::empty((self.steps + other.steps).min(most), self.criteria + other.criteria);
        let other: Vec<_> = other.entries().collect();
        for (steps, criteria, sum) in self.entries() {
            for (more_steps, more_criteria, more) in &other {
                both.offer(steps + more_steps, criteria + more_criteria, sum.saturating_add(*more));
            }
        }
        both
    }

    /// Either of both, whichever sum is larger.
    pub(super) fn or(self, other: Self) -> Self {
        let mut either = Self::empty(self.steps.max(other.steps), self.criteria.max(other.criteria));
        for (steps, criteria, sum) in self.entries().chain(other.entries()) {
            either.offer(steps, criteria, sum);
        }
        either
    }
}
