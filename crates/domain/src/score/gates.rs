//! What the stars ask of one criterion.

use crate::{
    points::Points,
    rubric::{Criterion, CriterionKind},
};

/// A star and the points its gate needs.
pub(crate) type Gate = (u8, Points);

/// The gates of one criterion, by star rising; for each case if it has cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Gates {
    by_case: Vec<Vec<Gate>>,
}

impl Gates {
    pub(crate) fn of(criterion: &Criterion) -> Self {
        let by_case = match &criterion.kind {
            CriterionKind::Options(options) => {
                vec![lowest(options.iter().map(|option| (option.gate, option.points)))]
            }
            CriterionKind::Cases(cases) => cases
                .iter()
                .map(|case| lowest(case.options.iter().map(|option| (option.gate, option.points))))
                .collect(),
            CriterionKind::Checklist { scale, .. } => vec![lowest(scale.iter().map(|step| (step.gate, step.points)))],
        };
        if by_case.iter().all(Vec::is_empty) { Self::default() } else { Self { by_case } }
    }

    /// The gates that count: those of the chosen case; without one, of the first case that has any.
    pub(crate) fn counting(&self, case: Option<usize>) -> &[Gate] {
        match case {
            Some(case) => self.by_case.get(case),
            None => self.by_case.iter().find(|gates| !gates.is_empty()),
        }
        .map_or(&[], Vec::as_slice)
    }

    /// Every star with a gate here, whatever the case.
    pub(crate) fn stars(&self) -> impl Iterator<Item = u8> + '_ {
        self.by_case.iter().flatten().map(|(star, _)| *star)
    }
}

/// For each star the lowest points among what is gated at it.
pub(crate) fn lowest(gated: impl Iterator<Item = (Option<u8>, Points)>) -> Vec<Gate> {
    let mut gates: Vec<Gate> = gated.filter_map(|(star, points)| Some((star?, points))).collect();
    gates.sort_unstable();
    gates.dedup_by_key(|(star, _)| *star);
    gates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_options_at_a_star_the_lowest_counts() {
        let gated = [(Some(3), 4), (None, 0), (Some(3), 2), (Some(2), 1)];
        let gates = lowest(gated.into_iter().map(|(star, points)| (star, Points::from_whole(points))));
        assert_eq!(gates, [(2, Points::from_whole(1)), (3, Points::from_whole(2))]);
    }

    #[test]
    fn without_a_case_the_first_with_gates_counts() {
        let gates = Gates { by_case: vec![vec![], vec![(3, Points::from_whole(1))], vec![(2, Points::ZERO)]] };
        assert_eq!(gates.counting(None), [(3, Points::from_whole(1))]);
        assert_eq!(gates.counting(Some(0)), []);
        assert_eq!(gates.counting(Some(2)), [(2, Points::ZERO)]);
        assert_eq!(Gates::default().counting(None), []);
    }
}
