//! What stands between a sheet and its next star, as it is now.

use crate::{
    points::{Fraction, Points},
    rubric::Rubric,
    score::{MissedGate, Score, Withheld},
};

/// What holds the next star.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// The next star; the lowest band's when stars are withheld.
    pub star: u8,
    /// Points short of its band, if any.
    pub short: Option<Fraction>,
    /// Gates missed up to that star.
    pub gates: Vec<MissedGate>,
    /// A paper's cap below that star.
    pub cap: Option<u8>,
    /// Why no star at all is given.
    pub withheld: Option<Withheld>,
}

impl Hold {
    /// What holds the next star of this score; `None` at the top.
    #[must_use]
    pub fn of(rubric: &Rubric, score: &Score) -> Option<Self> {
        let band = rubric.bands.iter().rev().find(|band| band.stars > score.stars)?;
        let from = Fraction::from(band.from);
        let short = from.checked_sub(score.total).filter(|short| short.cmp_points(Points(0)).is_gt());
        let gates = score.missed_gates.iter().filter(|gate| gate.star <= band.stars).cloned().collect();
        let cap = score.cap.filter(|cap| *cap < band.stars);
        Some(Self { star: band.stars, short, gates, cap, withheld: score.withheld })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{answers::Answers, rubric, score::score};

    #[test]
    fn an_empty_sheet_lacks_the_lowest_band_and_the_top_lacks_nothing() {
        let bytes = include_bytes!("../../../public/rubrics/food.json");
        let rubric = rubric::read(bytes).rubric.unwrap();
        let hold = Hold::of(&rubric, &score(&rubric, &Answers::default())).unwrap();
        assert_eq!((hold.star, hold.short), (1, Fraction::new(50, 1)));
        let top = Score { stars: 5, ..score(&rubric, &Answers::default()) };
        assert_eq!(Hold::of(&rubric, &top), None);
    }
}
