//! Points: exact hundredths. Fractions of points stand in [`Fraction`].

mod fraction;

pub use fraction::Fraction;
pub(crate) use fraction::gcd;

/// Points in hundredths: `250` is 2.5 points. From -99,900 to 999,900 in a rubric; sums may be larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(pub i32);

/// Why a decimal is no number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointsError {
    /// Not digits with at most one point among them.
    NotADecimal,
    /// More than two digits after the point.
    TooFine,
    /// Below -999 or above 9999.
    OutOfRange,
}

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
    /// The fewest a rubric may name.
    pub const MIN: Self = Self(-99_900);
    /// The most a rubric may name.
    pub const MAX: Self = Self(999_900);

    /// Whole points.
    #[must_use]
    pub const fn from_whole(whole: i32) -> Self {
        Self(whole.saturating_mul(100))
    }

    /// The points as hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// The whole points, if there is no rest.
    #[must_use]
    pub const fn whole(self) -> Option<i32> {
        if self.0 % 100 == 0 { Some(self.0 / 100) } else { None }
    }

    /// A sum of hundredths as points, held at the ends of the type.
    #[must_use]
    pub(crate) fn from_sum(hundredths: i64) -> Self {
        Self(i32::try_from(hundredths).unwrap_or(if hundredths < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Reads `-12`, `2.5` or `0.25` exactly, within the range of a rubric.
    #[must_use]
    pub fn parse_decimal(text: &str) -> Option<Self> {
        Self::decimal(text).ok()
    }

    /// Like [`Points::parse_decimal`], with the reason for a refusal.
    ///
    /// # Errors
    /// [`PointsError`], naming the first thing that is wrong.
    pub fn decimal(text: &str) -> Result<Self, PointsError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, rest) = match digits.split_once('.') {
            Some((_, "")) => return Err(PointsError::NotADecimal),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(rest) {
            return Err(PointsError::NotADecimal);
        }
        let rest = rest.trim_end_matches('0');
        if rest.len() > 2 {
            return Err(PointsError::TooFine);
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 4 {
            return Err(PointsError::OutOfRange);
        }
        let digit = |b: Option<u8>| b.map_or(0, |b| i32::from(b - b'0'));
        let mut hundredths = whole.bytes().fold(0, |sum, b| sum * 10 + digit(Some(b))) * 100;
        let mut after = rest.bytes();
        hundredths += digit(after.next()) * 10 + digit(after.next());
        Self::in_range(i64::from(if negative { -hundredths } else { hundredths }))
    }

    /// Points from a double, as JSON readers give decimals: a decimal with two digits after the point is read as the
    /// double nearest to it, and no other decimal of that length is.
    ///
    /// # Errors
    /// As [`Points::decimal`].
    pub fn nearest(double: f64) -> Result<Self, PointsError> {
        /// Below, the hundredths of a double are far from the end of a double's whole numbers.
        const FAR: f64 = 1e12;
        if !double.is_finite() {
            return Err(PointsError::NotADecimal);
        }
        if double.abs() > FAR {
            return Err(PointsError::OutOfRange);
        }
        let hundredths = (double * 100.0).round();
        if hundredths / 100.0 != double {
            return Err(PointsError::TooFine);
        }
        Self::in_range(hundredths as i64)
    }

    /// These hundredths, within the range of a rubric.
    pub(crate) fn in_range(hundredths: i64) -> Result<Self, PointsError> {
        let points = i32::try_from(hundredths).map(Self).map_err(|_| PointsError::OutOfRange)?;
        if (Self::MIN..=Self::MAX).contains(&points) { Ok(points) } else { Err(PointsError::OutOfRange) }
    }

    /// The shortest decimal, with a point and without grouping: the form of a file, not of a screen.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let mut text = String::new();
        if self.0 < 0 {
            text.push('-');
        }
        text.push_str(&whole.to_string());
        if rest != 0 {
            text.push('.');
            text.push(char::from(b'0' + u8::try_from(rest / 10).unwrap_or(0)));
            if rest % 10 != 0 {
                text.push(char::from(b'0' + u8::try_from(rest % 10).unwrap_or(0)));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(Points::parse_decimal("2.5"), Some(Points(250)));
        assert_eq!(Points::parse_decimal("0.07"), Some(Points(7)));
        assert_eq!(Points::parse_decimal("-999"), Some(Points::MIN));
        assert_eq!(Points::parse_decimal("9999.00"), Some(Points::MAX));
        assert_eq!(Points::parse_decimal("-0"), Some(Points::ZERO));
        assert_eq!(Points::decimal("0.125"), Err(PointsError::TooFine));
        assert_eq!(Points::decimal("9999.01"), Err(PointsError::OutOfRange));
        assert_eq!(Points::decimal("10000000000000"), Err(PointsError::OutOfRange));
        for text in ["", "-", ".5", "5.", "1e3", "+1", "1.2.3", " 1", "٣"] {
            assert_eq!(Points::decimal(text), Err(PointsError::NotADecimal), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_decimal_comes_back(hundredths in -99_900..=999_900) {
            let points = Points(hundredths);
            prop_assert_eq!(Points::parse_decimal(&points.to_decimal()), Some(points));
        }

        #[test]
        fn a_double_is_the_decimal_that_reads_as_it(text in "-?[0-9]{1,6}([.][0-9]{1,4})?") {
            let double: f64 = text.parse().unwrap();
            prop_assert_eq!(Points::nearest(double), Points::decimal(&double.to_string()));
        }

        #[test]
        fn no_text_makes_reading_fail_badly(text in ".*") {
            let _ = Points::decimal(&text);
        }
    }
}
