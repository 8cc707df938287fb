//! JSON texts, read once into a value. All documents and records come through here.
//!
//! A reader of our own (RFC 8259): serde_json's brings a parser of floating-point numbers with tables and texts that
//! weigh 5 kB in what a phone loads first, for numbers that this format does not have. serde_json is its oracle in the
//! tests below, and its `Value` is what is read.

use super::tree::{Built, InPlace};
use serde_json::{Number, Value};
use std::borrow::Cow;

/// Largest whole number that every JSON reader keeps exactly (RFC 8259, section 6; RFC 7493).
pub const LARGEST: u64 = 9_007_199_254_740_991;

/// Deepest nesting that is read.
const DEEPEST: usize = 127;

/// Reads any JSON; of a key that stands twice the last counts.
///
/// # Errors
/// What is wrong and where (line and column), when it is not JSON or nests deeper than 127.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    Reader::of(bytes, false)
}

/// As [`read`], with the texts left where they stand.
///
/// # Errors
/// As [`read`].
pub fn read_in_place(bytes: &[u8]) -> Result<InPlace<'_>, String> {
    Reader::of(bytes, false)
}

/// Reads JSON as it is allowed in what travels: whole numbers only, no key twice. The upload contract (section 1)
/// refuses the rest, because two readers could otherwise understand one digest differently.
///
/// # Errors
/// As [`read`], and a key that stands twice or a number that is not whole or beyond ±[`LARGEST`].
pub fn read_exact(bytes: &[u8]) -> Result<Value, String> {
    Reader::of(bytes, true)
}

/// Why reading ends.
type Fault = &'static str;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    exact: bool,
}

impl<'t> Reader<'t> {
    fn of<B: Built<'t>>(bytes: &'t [u8], exact: bool) -> Result<B, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "the text is not UTF-8".to_owned())?;
        let mut reader = Self { text, at: 0, exact };
        let value = reader.value(0).and_then(|value| match reader.after_space() {
            None => Ok(value),
            Some(_) => Err("something stands behind the end"),
        });
        value.map_err(|fault| reader.told(fault))
    }

    /// The fault with its place, lines and characters counted from 1.
    fn told(&self, fault: Fault) -> String {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let (line, column) = match before.rsplit_once('\n') {
            Some((lines, last)) => (lines.matches('\n').count() + 2, last.chars().count() + 1),
            None => (1, before.chars().count() + 1),
        };
        [fault, " at line ", &line.to_string(), " column ", &column.to_string()].concat()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space; reading stands at it.
    fn after_space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// Passes over this byte if it is the next.
    fn takes(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn value<B: Built<'t>>(&mut self, depth: usize) -> Result<B, Fault> {
        match self.after_space() {
            Some(b'{' | b'[') if depth >= DEEPEST => Err("the nesting is too deep"),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(B::text),
            Some(b'-' | b'0'..=b'9') => self.number().map(B::plain),
            _ => self.word().map(B::plain),
        }
    }

    fn word(&mut self) -> Result<Value, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, value) in [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(if rest.is_empty() { "the text ends too soon" } else { "a value is expected" })
    }

    fn list<B: Built<'t>>(&mut self, depth: usize) -> Result<B, Fault> {
        self.at += 1;
        let mut list = Vec::new();
        if self.after_space() != Some(b']') {
            loop {
                list.push(self.value(depth + 1)?);
                self.after_space();
                if !self.takes(b',') {
                    break;
                }
            }
        }
        if self.takes(b']') { Ok(B::list(list)) } else { Err("“,” or “]” is expected") }
    }

    fn object<B: Built<'t>>(&mut self, depth: usize) -> Result<B, Fault> {
        self.at += 1;
        let mut members = B::Members::default();
        if self.after_space() != Some(b'}') {
            loop {
                if self.after_space() != Some(b'"') {
                    return Err("a name in quotes is expected");
                }
                let name = self.string()?;
                self.after_space();
                if !self.takes(b':') {
                    return Err("“:” is expected");
                }
                let value = self.value(depth + 1)?;
                if B::add(&mut members, name, value) && self.exact {
                    return Err("a key stands twice");
                }
                self.after_space();
                if !self.takes(b',') {
                    break;
                }
            }
        }
        if self.takes(b'}') { Ok(B::object(members)) } else { Err("“,” or “}” is expected") }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ');
            let plain = plain.ok_or("a text does not end")?;
            text += rest.get(..plain).unwrap_or_default();
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.to_mut().push(self.escape()?),
                _ => return Err("a control character stands in a text"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        self.at += 2;
        Ok(match self.text.as_bytes().get(self.at - 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let mut unit = self.unit()?;
                if (0xd800..0xdc00).contains(&unit) && self.takes(b'\\') && self.takes(b'u') {
                    let low = self.unit()?;
                    // A low half that is none makes a number that is no character.
                    unit = if (0xdc00..0xe000).contains(&low) {
                        0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
                    } else {
                        0xd800
                    };
                }
                char::from_u32(unit).ok_or("half a character stands in a text")?
            }
            _ => return Err("“\\” says nothing here"),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err("four digits are expected");
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| "four digits are expected")
    }

    /// Digits, added to `number` as far as it can hold them; how many there were, and how many it could not hold.
    fn digits(&mut self, number: &mut u64) -> (i32, i32) {
        let (mut count, mut lost) = (0_i32, 0_i32);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let next = number.checked_mul(10).and_then(|number| number.checked_add(u64::from(digit - b'0')));
            match next.filter(|_| lost == 0) {
                Some(next) => *number = next,
                None => lost += 1,
            }
            count += 1;
            self.at += 1;
        }
        (count, lost)
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let negative = self.takes(b'-');
        let first = self.peek();
        let mut number = 0;
        let (count, lost) = self.digits(&mut number);
        if count == 0 || (first == Some(b'0') && count > 1) {
            return Err("a number is expected");
        }
        let mut exponent = lost;
        let mut whole = lost == 0 && !(negative && number == 0);
        if self.takes(b'.') {
            let (count, unheld) = self.digits(&mut number);
            if count == 0 {
                return Err("a digit is expected");
            }
            exponent -= count - unheld;
            whole = false;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let down = self.takes(b'-');
            if !down {
                self.takes(b'+');
            }
            let mut by = 0;
            if self.digits(&mut by).0 == 0 {
                return Err("a digit is expected");
            }
            let by = i32::try_from(by.min(100_000)).unwrap_or_default();
            exponent += if down { -by } else { by };
            whole = false;
        }
        let kept = if negative { i64::try_from(number).ok().map(|number| -number).or(lowest(number)) } else { None };
        match (whole, negative, kept) {
            (true, ..) if self.exact && number > LARGEST => Err("a number too large to be kept exactly"),
            (true, false, _) => Ok(Value::Number(number.into())),
            (true, true, Some(kept)) => Ok(Value::Number(kept.into())),
            _ if self.exact => Err("a number that is not whole"),
            _ => decimal(negative, number, exponent),
        }
    }
}

/// The one number whose opposite is too large.
fn lowest(number: u64) -> Option<i64> {
    (number == i64::MIN.unsigned_abs()).then_some(i64::MIN)
}

/// `number` times ten to the `exponent`. With up to 15 digits and an exponent of at most 22 this is the nearest double
/// (Clinger 1990: both are exact, and one operation rounds once); beyond that no rubric's points are.
fn decimal(negative: bool, number: u64, exponent: i32) -> Result<Value, Fault> {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, and said above beyond that")]
    let mut double = number as f64;
    let mut left = exponent.unsigned_abs();
    while left > 0 && double != 0.0 && double.is_finite() {
        let step = left.min(22);
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        double = if exponent < 0 { double / power } else { double * power };
        left -= step;
    }
    let number = Number::from_f64(if negative { -double } else { double });
    number.map(Value::Number).ok_or("a number is out of range")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_two_readers_could_read_differently_does_not_travel() {
        assert!(read_exact(br#"{"a":1,"a":2}"#).unwrap_err().contains("twice"));
        assert!(read_exact(b"[1.5]").is_err());
        assert!(read_exact(b"[1e2]").is_err());
        assert!(read_exact(b"[9007199254740993]").is_err());
        assert!(read_exact(b"[-9007199254740993]").is_err());
        assert!(read_exact(b"[18446744073709551615]").is_err());
        assert_eq!(read_exact(b"[-7,null]"), Ok(json!([-7, null])));
    }

    #[test]
    fn any_json_is_read_as_others_read_it() {
        for text in [r#"{"a":1,"a":{"b":[2.5,true]}}"#, "[18446744073709551615]", r#""\ud83d\ude00""#, "1e2"] {
            assert_eq!(read(text.as_bytes()).unwrap(), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
        assert!(read("[".repeat(1000).as_bytes()).is_err());
        assert!(read(b"[1] x").is_err());
        assert!(read(b"\"\xff\"").is_err());
        assert_eq!(read(b"[1,\n  2 3]").unwrap_err(), "“,” or “]” is expected at line 2 column 5");
    }

    #[test]
    fn the_same_texts_are_json_as_for_serde_json() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let numbers = ["0", "-0", "00", "01", "-", "-1", "+1", "1.", ".5", "1.50", "1e5", "1E+2", "1e-2", "1e", "0e0"];
        let large =
            ["18446744073709551616", "-9223372036854775808", "-9223372036854775809", "1e400", "-1e400", "1e-400"];
        let texts = [
            "\"\\ud83d\"",
            "\"\\ud83d\\u0041\"",
            "\"\\ude00\"",
            "\"\\u00e9\\/\\b\"",
            "\"\t\"",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
        ];
        let shapes = [
            "",
            " ",
            "{}",
            "{ }",
            "[ ]",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "[1 2]",
            "nul",
            "truefalse",
            "[]]",
            "\u{feff}1",
            "{\"a\":1,\"a\":2}",
        ];
        let all = numbers.iter().chain(&large).chain(&texts).chain(&shapes).map(|text| (*text).to_owned());
        for text in all.chain([nested(126), nested(127), nested(128), nested(129)]) {
            assert_eq!(read(text.as_bytes()).ok(), serde_json::from_str::<Value>(&text).ok(), "{text}");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let points = (-999_999_i64..999_999, 0_i32..3).prop_map(|(n, digits)| json!(n as f64 / 10_f64.powi(digits)));
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            points,
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_as_it_reads_it(value in any_json(), pretty in any::<bool>()) {
            let write = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
            let text = write(&value).unwrap();
            prop_assert_eq!(read(text.as_bytes()).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
        }

        #[test]
        fn what_is_no_json_is_none_for_both(value in any_json(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut text = serde_json::to_vec(&value).unwrap();
            let at = at.index(text.len());
            text[at] = byte;
            prop_assert_eq!(read(&text).is_ok(), serde_json::from_slice::<Value>(&text).is_ok(), "{:?}", String::from_utf8_lossy(&text));
        }
    }
}
