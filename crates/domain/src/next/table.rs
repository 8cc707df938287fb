//! The largest sum of weighted points for each number of steps and of criteria.

use super::pace::Pace;
use std::ops::Range;

/// Stands for what cannot be. Sums of weighted points stay far above, since weights are made from 32-bit points; two of
/// these added do not overflow.
const NONE: i128 = i128::MIN / 4;

/// At or below is nothing, whatever was added to it.
const NOTHING: i128 = i128::MIN / 8;

/// What two tables cost together beside their sums, in sums.
const OVERHEAD: usize = 64;

/// How far a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Most {
    /// Steps.
    pub(super) steps: usize,
    /// Criteria.
    pub(super) criteria: usize,
    /// Most steps of one criterion, where exactly so many steps are looked for: what could not be brought to them with the
    /// criteria left is left out. Elsewhere 0.
    pub(super) climb: usize,
}

impl Most {
    /// So many steps on so many criteria, whatever else there is.
    const fn of(steps: usize, criteria: usize) -> Self {
        Self { steps, criteria, climb: 0 }
    }

    /// Criteria that are still to be raised when so many steps are taken.
    fn open(self, taken: usize) -> usize {
        if self.climb == 0 { 0 } else { self.steps.saturating_sub(taken).div_ceil(self.climb) }
    }
}

/// Sums by steps and criteria.
#[derive(Debug, Clone)]
pub(super) struct Table {
    most: Most,
    sums: Vec<i128>,
}

impl Table {
    /// Nothing can be.
    pub(super) fn empty(most: Most) -> Self {
        let most = Most { criteria: most.criteria.min(most.steps), ..most };
        Self { most, sums: vec![NONE; (most.steps + 1) * (most.criteria + 1)] }
    }

    /// Nothing can be, and nothing is looked at.
    pub(super) fn none() -> Self {
        Self::empty(Most::of(0, 0))
    }

    /// Only to stay as it is, with nothing to add.
    pub(super) fn rest() -> Self {
        Self::single(0, false, 0)
    }

    /// Only so many steps, on one criterion if it counts, for this sum.
    pub(super) fn single(steps: usize, counts: bool, sum: i128) -> Self {
        let criteria = usize::from(counts);
        let mut table = Self::empty(Most::of(steps, criteria));
        if let Some(only) = table.place(steps, criteria).and_then(|place| table.sums.get_mut(place)) {
            *only = sum;
        }
        table
    }

    fn place(&self, steps: usize, criteria: usize) -> Option<usize> {
        let most = self.most;
        (steps <= most.steps && criteria <= most.criteria).then(|| steps * (most.criteria + 1) + criteria)
    }

    /// The sum there.
    pub(super) fn get(&self, steps: usize, criteria: usize) -> Option<i128> {
        self.sums.get(self.place(steps, criteria)?).copied().filter(|sum| *sum > NOTHING)
    }

    /// What can be: steps, criteria, sum; the fewest steps first, then the fewest criteria.
    pub(super) fn entries(&self) -> impl Iterator<Item = (usize, usize, i128)> {
        let width = self.most.criteria + 1;
        let sums = self.sums.iter().enumerate().filter(|(_, sum)| **sum > NOTHING);
        sums.map(move |(place, sum)| (place / width, place % width, *sum))
    }

    /// How many sums there are, of what can be and of what cannot.
    pub(super) fn size(&self) -> usize {
        self.sums.len()
    }

    /// Both together, as far as the search looks.
    pub(super) async fn with(&self, other: &Self, most: Most, pace: &mut Pace<'_, impl AsyncFnMut()>) -> Self {
        let mut both = Self::empty(Most::of(
            (self.most.steps + other.most.steps).min(most.steps),
            (self.most.criteria + other.most.criteria).min(most.criteria),
        ));
        let more: Vec<_> = other.entries().collect();
        pace.did(both.size() + other.size() + OVERHEAD).await;
        let mut at = (0, 0);
        while let Some(next) = both.add(self, &more, most, at, pace) {
            at = next;
            pace.pause().await;
        }
        both
    }

    /// The sums of `one` with what more can be, from this row and this entry on, as far as a unit of work goes: where to
    /// go on from.
    fn add<P: AsyncFnMut()>(
        &mut self,
        one: &Self,
        more: &[(usize, usize, i128)],
        most: Most,
        (row, mut entry): (usize, usize),
        pace: &mut Pace<'_, P>,
    ) -> Option<(usize, usize)> {
        let (from, to) = (one.most.criteria + 1, self.most.criteria + 1);
        for (steps, row) in one.sums.chunks(from).enumerate().skip(row) {
            let (first, row) = trimmed(row);
            let more = if row.is_empty() { &[] } else { more };
            for (place, (more_steps, more_criteria, more)) in more.iter().enumerate().skip(entry) {
                let into = self.sums.chunks_mut(to).nth(steps + more_steps).unwrap_or_default();
                let end = (most.criteria + 1).saturating_sub(most.open(steps + more_steps));
                for (sum, kept) in row.iter().zip(into.iter_mut().take(end).skip(first + more_criteria)) {
                    *kept = (*kept).max(sum + more);
                }
                if pace.is_full_after(row.len()) {
                    return Some((steps, place + 1));
                }
            }
            entry = 0;
            if pace.is_full_after(from) {
                return Some((steps + 1, 0));
            }
        }
        None
    }

    /// The same for looking up alone, in less room.
    pub(super) fn packed(&self) -> Packed {
        let rows = self.most.steps + 1;
        let mut packed = Packed { rows: Vec::with_capacity(rows), sums: Vec::with_capacity(rows) };
        for row in self.sums.chunks(self.most.criteria + 1) {
            let (first, row) = trimmed(row);
            let begin = packed.sums.len();
            packed.sums.extend_from_slice(row);
            packed.rows.push((first, begin..packed.sums.len()));
        }
        packed
    }

    /// Either of both, whichever sum is larger.
    pub(super) fn or(self, other: &Self) -> Self {
        let most = |one: usize, other: usize| one.max(other);
        let mut either = Self::empty(Most::of(
            most(self.most.steps, other.most.steps),
            most(self.most.criteria, other.most.criteria),
        ));
        for table in [&self, other] {
            let (from, to) = (table.most.criteria + 1, either.most.criteria + 1);
            for (row, into) in table.sums.chunks(from).zip(either.sums.chunks_mut(to)) {
                for (sum, kept) in row.iter().zip(into) {
                    *kept = (*kept).max(*sum);
                }
            }
        }
        either
    }
}

/// A row without its ends where nothing is, and where it begins. So many steps take neither few nor many criteria.
fn trimmed(row: &[i128]) -> (usize, &[i128]) {
    let Some(first) = row.iter().position(|sum| *sum > NOTHING) else { return (0, &[]) };
    let last = row.iter().rposition(|sum| *sum > NOTHING).unwrap_or(first);
    (first, row.get(first..=last).unwrap_or_default())
}

/// Sums by steps and criteria that are only looked up.
#[derive(Debug)]
pub(super) struct Packed {
    /// By steps: the first number of criteria, and where the sums from it on are.
    rows: Vec<(usize, Range<usize>)>,
    sums: Vec<i128>,
}

impl Packed {
    /// The sum there.
    pub(super) fn get(&self, steps: usize, criteria: usize) -> Option<i128> {
        let (first, row) = self.rows.get(steps)?;
        let row = self.sums.get(row.clone())?;
        row.get(criteria.checked_sub(*first)?).copied().filter(|sum| *sum > NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::next::without_waiting;

    fn with(one: &Table, other: &Table, most: Most) -> Table {
        without_waiting(one.with(other, most, &mut Pace::new(&mut async || ())))
    }

    #[test]
    fn what_cannot_be_between_what_can_is_no_end() {
        let most = Most::of(8, 8);
        let choice = |steps: usize, sum: i128| Table::rest().or(&Table::single(steps, true, sum));
        // Four steps are one criterion or four, and nothing between.
        let all = [choice(4, 7), choice(1, 1), choice(1, 1), choice(1, 1), choice(1, 1)];
        let all = all.iter().fold(Table::rest(), |all, more| with(&all, more, most));
        assert_eq!([1, 2, 3, 4].map(|criteria| all.get(4, criteria)), [Some(7), None, None, Some(4)]);
        let all = with(&all, &choice(4, 7), most);
        assert_eq!([1, 2, 3, 4, 5].map(|criteria| all.get(4, criteria)), [Some(7), None, None, Some(4), None]);
        assert_eq!([2, 3, 4, 5].map(|criteria| all.get(8, criteria)), [Some(14), None, None, Some(11)]);
        let packed = all.packed();
        for (steps, criteria) in (0..10).flat_map(|steps| (0..10).map(move |criteria| (steps, criteria))) {
            assert_eq!(packed.get(steps, criteria), all.get(steps, criteria), "{steps} steps on {criteria}");
        }
    }

    #[test]
    fn what_cannot_become_so_many_steps_is_left_out() {
        // Two criteria of up to two steps each: four steps on both, so none of them takes one step or none.
        let most = Most { steps: 4, criteria: 2, climb: 2 };
        let choice = Table::rest().or(&Table::single(1, true, 1)).or(&Table::single(2, true, 3));
        let one = with(&Table::rest(), &choice, most);
        assert_eq!([one.get(0, 0), one.get(1, 1), one.get(2, 1)], [Some(0), None, Some(3)]);
        let both = with(&one, &choice, most);
        assert_eq!([both.get(3, 2), both.get(4, 2)], [None, Some(6)]);
    }
}
