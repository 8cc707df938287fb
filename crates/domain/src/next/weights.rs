//! How a criterion's points weigh in the total, as whole numbers, for one choice of left-out criteria.

use crate::{
    points::gcd,
    rubric::{Band, Rubric},
};

/// Weights of the parts, and what a total weighs.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Of one hundredth of a point, by part.
    parts: Vec<i128>,
    /// Of one hundredth of the total.
    total: i128,
}

impl Weights {
    /// For these maxima (in hundredths) left out of each part. `None` where the numbers outgrow 128 bits, which takes
    /// dozens of parts with unlike remainders.
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
        let scale = if max == left_out { 0 } else { max };
        let parts = (0..rubric.parts.len()).map(|place| match remaining(place) {
            (_, 0) => Some(0),
            // points × max ÷ remaining × scale: `common` takes the division out.
            (part, remaining) => part.checked_mul(common)?.checked_div(remaining)?.checked_mul(scale),
        });
        let parts = parts.collect::<Option<_>>()?;
        Some(Self { parts, total: common.checked_mul((max - left_out).max(1))? })
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
