//! Many numbers become one, exactly.

use crate::{points::Fraction, rubric::panel::Combine};

/// The mean or the median; 0 of nothing.
pub(super) fn combined(combine: Combine, mut numbers: Vec<Fraction>) -> Fraction {
    match combine {
        Combine::Mean => mean(&numbers),
        Combine::Median => {
            numbers.sort_unstable();
            let half = numbers.len() / 2;
            let middle =
                if numbers.len().is_multiple_of(2) { half.saturating_sub(1)..half + 1 } else { half..half + 1 };
            mean(numbers.get(middle).unwrap_or_default())
        }
    }
}

fn mean(numbers: &[Fraction]) -> Fraction {
    let sum = numbers.iter().fold(Fraction::ZERO, |sum, number| sum.add_or_floor(*number));
    let share = i128::try_from(numbers.len()).ok().and_then(|count| Fraction::new(1, count));
    share.map_or(Fraction::ZERO, |share| sum.mul_or_floor(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(combine: Combine, numbers: &[i128]) -> Fraction {
        combined(combine, numbers.iter().filter_map(|number| Fraction::new(*number, 1)).collect())
    }

    #[test]
    fn the_middle_of_an_even_number_is_the_mean_of_two() {
        assert_eq!(of(Combine::Median, &[9, 1, 4]), Fraction::new(4, 1).unwrap());
        assert_eq!(of(Combine::Median, &[9, 1, 4, 5]), Fraction::new(9, 2).unwrap());
        assert_eq!(of(Combine::Mean, &[1, 1, 2]), Fraction::new(4, 3).unwrap());
        assert_eq!([of(Combine::Mean, &[]), of(Combine::Median, &[])], [Fraction::ZERO; 2]);
        assert_eq!(of(Combine::Median, &[7]), Fraction::new(7, 1).unwrap());
    }
}
