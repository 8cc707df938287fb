//! Exact fractions of points, for means and scaled parts.

use super::Points;
use std::cmp::Ordering;

/// An exact number of points (not hundredths): `num / den` in lowest terms, `den` positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    num: i128,
    den: i128,
}

/// Denominator of last resort, see [`Fraction::add_or_floor`].
const FINE: i128 = 1_000_000_000_000;

/// The greatest common divisor; that of 0 and 0 is 0.
pub(crate) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { num: 0, den: 1 };

    /// `num / den` in lowest terms; `None` when `den` is 0 or a number does not fit.
    #[must_use]
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let common = i128::try_from(gcd(num.unsigned_abs(), den.unsigned_abs())).ok()?;
        let (num, den) = (num.checked_div(common)?, den.checked_div(common)?);
        if den < 0 { Some(Self { num: num.checked_neg()?, den: den.checked_neg()? }) } else { Some(Self { num, den }) }
    }

    /// Numerator in lowest terms.
    #[must_use]
    pub const fn num(self) -> i128 {
        self.num
    }

    /// Denominator in lowest terms, positive.
    #[must_use]
    pub const fn den(self) -> i128 {
        self.den
    }

    /// The nearest hundredth, halves away from zero: for showing, never for scoring.
    #[must_use]
    pub fn nearest_hundredth(self) -> i64 {
        // Of numbers as long as that the last digits say nothing.
        let long = self.num.unsigned_abs() > i128::MAX.unsigned_abs() / 200;
        let (num, den) = if long { (self.num >> 8, (self.den >> 8).max(1)) } else { (self.num, self.den) };
        // Twice the hundredths, so that the half is a whole number.
        let doubled = num.saturating_mul(200) / den;
        i64::try_from((doubled + doubled.signum()) / 2).unwrap_or(i64::MAX)
    }

    /// The sum, if its numbers fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let common = i128::try_from(gcd(self.den.unsigned_abs(), other.den.unsigned_abs())).ok()?;
        let factor = other.den.checked_div(common)?;
        let left = self.num.checked_mul(factor)?;
        let right = other.num.checked_mul(self.den.checked_div(common)?)?;
        Self::new(left.checked_add(right)?, self.den.checked_mul(factor)?)
    }

    /// The difference, if its numbers fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self { num: other.num.checked_neg()?, den: other.den })
    }

    /// The product, if its numbers fit.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (a, b) = (Self::new(self.num, other.den)?, Self::new(other.num, self.den)?);
        Self::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }

    /// The quotient, if `other` is not 0 and the numbers fit.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.checked_mul(Self::new(other.den, other.num)?)
    }

    /// Compares with points.
    #[must_use]
    pub fn cmp_points(self, points: Points) -> Ordering {
        self.cmp(&points.into())
    }

    /// The sum. Only where dozens of parts are scaled by unlike denominators can it outgrow its numbers: then both
    /// sides are first floored to the trillionth, so that no star is given that exact numbers would not give.
    pub(crate) fn add_or_floor(self, other: Self) -> Self {
        self.checked_add(other).or_else(|| self.floored().checked_add(other.floored())).unwrap_or(Self::ZERO)
    }

    /// The product, with the same last resort as [`Fraction::add_or_floor`].
    pub(crate) fn mul_or_floor(self, other: Self) -> Self {
        self.checked_mul(other).or_else(|| self.floored().checked_mul(other)).unwrap_or(Self::ZERO)
    }

    fn floored(self) -> Self {
        let (whole, rest) = (self.num.div_euclid(self.den), self.num.rem_euclid(self.den));
        let fine = rest
            .checked_mul(FINE)
            .and_then(|fine| fine.checked_div(self.den))
            .or_else(|| self.den.checked_div(FINE).and_then(|den| rest.checked_div(den.checked_add(1)?)))
            .unwrap_or(0);
        whole.checked_mul(FINE).and_then(|whole| Self::new(whole.checked_add(fine)?, FINE)).unwrap_or(Self::ZERO)
    }
}

impl From<Points> for Fraction {
    fn from(points: Points) -> Self {
        Self::new(i128::from(points.hundredths()), 100).unwrap_or(Self::ZERO)
    }
}

impl Ord for Fraction {
    /// By continued fractions, so that no product can outgrow its type.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        loop {
            let (left, right) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
            let (left_rest, right_rest) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            match left.cmp(&right) {
                Ordering::Equal => {}
                unequal => return unequal,
            }
            if left_rest == 0 || right_rest == 0 {
                return left_rest.cmp(&right_rest);
            }
            // a = left + left_rest / a.den: the larger has the smaller inverse, hence the exchange.
            (a, b) = (Self { num: b.den, den: right_rest }, Self { num: a.den, den: left_rest });
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(num: i128, den: i128) -> Fraction {
        Fraction::new(num, den).unwrap()
    }

    #[test]
    fn hundredths_for_showing_are_rounded_like_a_person_rounds() {
        let shown = |num, den| fraction(num, den).nearest_hundredth();
        assert_eq!([shown(167, 2), shown(1, 3), shown(2, 3), shown(1, 200), shown(-1, 200)], [8350, 33, 67, 1, -1]);
        assert_eq!([shown(0, 1), shown(199, 40_000), shown(-7, 1)], [0, 0, -700]);
        assert_eq!([shown(i128::MAX, i128::MAX / 7), shown(i128::MAX / 3, i128::MAX - 1)], [700, 33]);
    }

    #[test]
    fn fractions_are_in_lowest_terms_with_a_positive_den() {
        assert_eq!((fraction(6, -4).num(), fraction(6, -4).den()), (-3, 2));
        assert_eq!(fraction(0, -7), Fraction::ZERO);
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::new(i128::MIN, -1), None);
        assert_eq!(Fraction::from(Points(250)), fraction(5, 2));
    }

    #[test]
    fn comparing_never_outgrows_its_numbers() {
        let (a, b) = (fraction(i128::MAX, i128::MAX - 1), fraction(i128::MAX - 1, i128::MAX - 2));
        assert_eq!(a.cmp(&b), Ordering::Less);
        assert_eq!(b.cmp(&a), Ordering::Greater);
        assert_eq!(fraction(-1, 2).cmp(&fraction(-1, 3)), Ordering::Less);
        assert_eq!(fraction(1799, 20).cmp_points(Points::from_whole(90)), Ordering::Less);
        assert_eq!(fraction(90, 1).cmp_points(Points::from_whole(90)), Ordering::Equal);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_floored_not_lost() {
        let large = fraction(1, i128::MAX - 2);
        assert_eq!(large.checked_add(fraction(1, i128::MAX)), None);
        assert_eq!(large.add_or_floor(fraction(7, 1)), fraction(7, 1));
        let nearly = fraction(i128::MAX - 2, i128::MAX);
        let sum = nearly.add_or_floor(fraction(1, i128::MAX - 2));
        assert!(sum < fraction(1, 1) && sum > fraction(999_999, 1_000_000));
    }

    proptest! {
        #[test]
        fn order_is_cross_multiplication(a in -9999i128..9999, b in 1i128..999, c in -9999i128..9999, d in 1i128..999) {
            prop_assert_eq!(fraction(a, b).cmp(&fraction(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn adding_and_taking_away_is_nothing(a in -9999i128..9999, b in 1i128..999, c in -9999i128..9999, d in 1i128..999) {
            let (x, y) = (fraction(a, b), fraction(c, d));
            prop_assert_eq!(x.checked_add(y).unwrap().checked_sub(y).unwrap(), x);
            if c != 0 {
                prop_assert_eq!(x.checked_mul(y).unwrap().checked_div(y).unwrap(), x);
            }
        }

        #[test]
        fn no_numbers_make_the_arithmetic_fail_badly(a: i128, b: i128, c: i128, d: i128) {
            if let (Some(x), Some(y)) = (Fraction::new(a, b), Fraction::new(c, d)) {
                let _ = (x.checked_add(y), x.checked_mul(y), x.checked_sub(y), x.checked_div(y), x.cmp(&y));
                let _ = (x.add_or_floor(y), x.mul_or_floor(y));
            }
        }
    }
}
