//! Bytes as base64url without padding, and as plain base64 (RFC 4648, sections 5 and 4).

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The digits of these bytes, base64url.
pub(crate) fn write_url(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, place| bits << 8 | u32::from(three.get(place).copied().unwrap_or_default()));
        for place in 0..=three.len() {
            let digit = DIGITS.get((bits >> (18 - 6 * place) & 63) as usize);
            text.extend(digit.map(|digit| char::from(*digit)));
        }
    }
    text
}

/// Plain base64, as headers of HTTP have it.
pub(crate) fn write(bytes: &[u8]) -> String {
    let mut text = write_url(bytes).replace('-', "+").replace('_', "/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Reads base64url; `None` for other digits, a length that no bytes have, or bits that stand for nothing.
pub(crate) fn read_url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for place in 0..4 {
            let digit = match four.get(place) {
                Some(digit) => DIGITS.iter().position(|known| known == digit)?,
                None => 0,
            };
            bits = bits << 6 | u32::try_from(digit).ok()?;
        }
        let [_, three @ ..] = bits.to_be_bytes();
        let (held, rest) = three.split_at_checked(four.len().checked_sub(1).filter(|held| *held > 0)?)?;
        if rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(held);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{
        Engine as _,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn writes_as_the_oracle_does(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let text = write_url(&bytes);
            prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(read_url(&text), Some(bytes.clone()));
            prop_assert_eq!(write(&bytes), STANDARD.encode(&bytes));
        }

        #[test]
        fn reads_as_the_oracle_does(text in "[A-Z_b9=+é-]{0,9}") {
            prop_assert_eq!(read_url(&text), URL_SAFE_NO_PAD.decode(&text).ok());
        }
    }
}
