//! Numbers as a language writes them: Indonesian "1.234,5", English "1,234.5" (Unicode CLDR 48, number elements).

/// A number of hundredths, without digits that say nothing.
pub(super) fn hundredths(decimal: &str, thousands: &str, number: i64) -> String {
    let size = number.unsigned_abs();
    let (whole, rest) = ((size / 100).to_string(), size % 100);
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push_str(thousands);
        }
        text.push(digit);
    }
    if rest > 0 {
        text.push_str(decimal);
        text.push_str(&(rest / 10).to_string());
        if rest % 10 > 0 {
            text.push_str(&(rest % 10).to_string());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_write_their_numbers() {
        let both = |number| [hundredths(",", ".", number), hundredths(".", ",", number)];
        assert_eq!(both(0), ["0", "0"]);
        assert_eq!(both(8_350), ["83,5", "83.5"]);
        assert_eq!(both(-5), ["-0,05", "-0.05"]);
        assert_eq!(both(111), ["1,11", "1.11"]);
        assert_eq!(both(123_456_710), ["1.234.567,1", "1,234,567.1"]);
        assert_eq!(both(100_000), ["1.000", "1,000"]);
    }
}
