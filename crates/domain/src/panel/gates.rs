//! The highest star whose gates hold, for a panel.

use super::combine::combined;
use crate::{
    points::{Fraction, Points},
    rubric::{
        Rubric,
        panel::{Combine, PanelGates},
    },
    score::{
        Score,
        gates::{Gate, Gates},
        state::State,
    },
};

/// By the rubric's rule.
pub(super) fn stars(rubric: &Rubric, rule: PanelGates, combine: Combine, sheets: &[(State, Score)]) -> u8 {
    let holds: Box<dyn Fn(u8) -> bool> = match rule {
        PanelGates::Every => Box::new(|star| sheets.iter().all(|(_, score)| score.stars_by_gates >= star)),
        PanelGates::Majority => {
            Box::new(|star| sheets.iter().filter(|(_, score)| score.stars_by_gates >= star).count() * 2 > sheets.len())
        }
        PanelGates::Combined => {
            let lowest_missed = missed(rubric, combine, sheets).min();
            Box::new(move |star| lowest_missed.is_none_or(|missed| star < missed))
        }
    };
    rubric.bands.iter().map(|band| band.stars).find(|star| holds(*star)).unwrap_or(0)
}

/// The stars whose gates the combined points miss.
fn missed(rubric: &Rubric, combine: Combine, sheets: &[(State, Score)]) -> impl Iterator<Item = u8> {
    let all = rubric.lookup.ties.iter().enumerate().flat_map(move |(index, tie)| {
        let cells = sheets.iter().filter_map(|(state, _)| state.cells.get(index));
        let cells: Vec<_> = cells.filter(|cell| !cell.excluded).collect();
        let points: Vec<Fraction> = cells.iter().map(|cell| cell.points.into()).collect();
        let gates = strictest(&tie.gates, cells.iter().map(|cell| cell.mark.case()));
        let skipped = points.is_empty();
        let has = combined(combine, points);
        let missed = gates.into_iter().filter(move |(_, needs)| !skipped && has < Fraction::from(*needs));
        missed.map(|(star, _)| star)
    });
    all.collect::<Vec<_>>().into_iter()
}

/// The gates of the cases that were chosen, the strictest for each star; without a choice those that count then.
fn strictest(gates: &Gates, cases: impl Iterator<Item = Option<usize>>) -> Vec<Gate> {
    let mut chosen: Vec<usize> = cases.flatten().collect();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() {
        return gates.counting(None).to_vec();
    }
    let mut all: Vec<Gate> = chosen.into_iter().flat_map(|case| gates.counting(Some(case)).to_vec()).collect();
    // By star, the most points first.
    all.sort_unstable_by_key(|(star, needs)| (*star, std::cmp::Reverse::<Points>(*needs)));
    all.dedup_by_key(|(star, _)| *star);
    all
}
