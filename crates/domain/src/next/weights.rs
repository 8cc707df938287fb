//! How a criterion's points weigh in the total, as whole numbers, for one choice of left-out criteria.

use crate::{
    points::{Points, gcd},
    rubric::{Band, Rubric},
};

/// No sum of weighted points may be larger: sums are added to what stands for nothing, and must stay apart from it
/// (`table`).
const LARGEST: i128 = i128::MAX / 16;

/// Weights of the parts, and what a total weighs.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Of one hundredth of a point, by part.
    parts: Vec<i128>,
    /// Of one hundredth of the total.
    total: i128,
}

impl Weights {
    /// For these maxima (in hundredths) left out of each part. `None` where the sums could outgrow 128 bits, which takes
    /// a handful of parts worth hundreds of points each, or a dozen of smaller ones, with remainders that have no common
    /// measure: then nothing exact can be said.
    pub(super) fn of(rubric: &Rubric, excluded: &[i64]) -> Option<Self> {
        let mut common: i128 = 1;
        let mut left_out: i128 = 0;
        let remaining = |place: usize| {
            let max = rubric.parts.get(place).map_or(0, |part| i128::from(part.max.0));
            (max, max - i128::from(excluded.get(place).copied().unwrap_or_default()))
        };
        for place in 0..rubric.parts.len() {
            let (max, remaining) = remaining(place);
            if remaining == 0 {
                left_out += max;
                continue;
            }
            // Negative where a criterion is worth less than nothing and the rest is left out.
            let den = remaining.checked_div(common_divisor(max, remaining)?)?.abs();
            common = common.checked_mul(den.checked_div(common_divisor(common, den)?)?)?;
        }
        let max = i128::from(rubric.max.0);
        // With everything left out the total is 0.
        let (scale, of) = if max == left_out { (0, 1) } else { (max, max - left_out) };
        let both = common_divisor(scale, of)?;
        let (scale, of) = (scale.checked_div(both)?, of.checked_div(both)?);
        let parts = (0..rubric.parts.len()).map(|place| match remaining(place) {
            (_, 0) => Some(0),
            // points × max ÷ remaining × scale: `common` takes the division out.
            (part, remaining) => part.checked_mul(common)?.checked_div(remaining)?.checked_mul(scale),
        });
        let parts = parts.collect::<Option<Vec<i128>>>()?;
        let total = common.checked_mul(of.max(1))?;
        // No criterion has more points than a rubric may name.
        let most = i128::from(Points::MAX.0).checked_mul(i128::try_from(rubric.criteria.len().max(1)).ok()?)?;
        let fits = |weight: &i128| weight.checked_abs().is_some_and(|weight| weight <= LARGEST / most);
        (parts.iter().all(fits) && fits(&total)).then_some(Self { parts, total })
    }

    /// The weight of these hundredths in this part.
    pub(super) fn weigh(&self, part: usize, hundredths: i32) -> i128 {
        self.parts.get(part).copied().unwrap_or_default().saturating_mul(hundredths.into())
    }

    /// What a band asks for.
    pub(super) fn need(&self, band: Band) -> i128 {
        self.total.saturating_mul(band.from.0.into())
    }
}

/// The greatest common divisor, at least 1.
fn common_divisor(a: i128, b: i128) -> Option<i128> {
    i128::try_from(gcd(a.unsigned_abs(), b.unsigned_abs())).ok().map(|divisor| divisor.max(1))
}
