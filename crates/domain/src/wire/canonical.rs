//! Canonical JSON (RFC 8785): the bytes that a digest and a signature stand for, and the one way JSON is written here.

use crate::{hex, points::Points};
use serde_json::{Number, Value};

/// The canonical form: no white space, members sorted by UTF-16 code units (RFC 8785, section 3.2.3), texts escaped as
/// ECMAScript does (section 3.2.2.2), whole numbers in plain digits, points as decimals. No other number is ours; one
/// would be written as `null`.
#[must_use]
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    put(value, &mut out);
    out
}

fn put(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => put_number(number, out),
        Value::String(words) => text(words, out),
        Value::Array(list) => {
            out.push('[');
            for (place, item) in list.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                put(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<(&str, &Value)> = members.iter().map(|(key, member)| (key.as_str(), member)).collect();
            sorted.sort_unstable_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (place, (key, member)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                text(key, out);
                out.push(':');
                put(member, out);
            }
            out.push('}');
        }
    }
}

fn put_number(number: &Number, out: &mut String) {
    let points = || number.as_f64().and_then(|double| Points::nearest(double).ok());
    match (number.as_i64(), number.as_u64()) {
        (Some(whole), _) => out.push_str(&whole.to_string()),
        (None, Some(whole)) => out.push_str(&whole.to_string()),
        (None, None) => out.push_str(&points().map_or_else(|| "null".to_owned(), Points::to_decimal)),
    }
}

/// A text in quotation marks, escaped.
pub(super) fn text(words: &str, out: &mut String) {
    out.push('"');
    let mut rest = words;
    while let Some(plain) = rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ') {
        out.push_str(rest.get(..plain).unwrap_or_default());
        match rest.as_bytes().get(plain) {
            Some(b'\x08') => out.push_str("\\b"),
            Some(b'\t') => out.push_str("\\t"),
            Some(b'\n') => out.push_str("\\n"),
            Some(b'\x0c') => out.push_str("\\f"),
            Some(b'\r') => out.push_str("\\r"),
            Some(byte @ (b'"' | b'\\')) => out.extend(['\\', char::from(*byte)]),
            Some(byte) => {
                out.push_str("\\u00");
                out.push_str(&hex::write(&[*byte]));
            }
            None => {}
        }
        rest = rest.get(plain + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json;
    use proptest::prelude::*;

    #[test]
    fn sorts_as_the_rfc_s_example_does() {
        // RFC 8785, section 3.2.3.
        let json = "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\
                    \"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\",\
                    \"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}";
        let out = write(&json::read_exact(json.as_bytes()).unwrap());
        let order: Vec<_> =
            ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"].map(|w| out.find(w).unwrap()).into();
        assert!(order.is_sorted(), "{out}");
        assert!(out.starts_with("{\"\\r\":"));
    }

    #[test]
    fn points_are_written_as_they_stand_in_a_file() {
        assert_eq!(write(&serde_json::json!([2.5, -0.07, 3.0, 1e300])), "[2.5,-0.07,3,null]");
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            (-1_000_000i64..1_000_000).prop_map(Value::from),
            ".{0,8}".prop_map(Value::String),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                proptest::collection::btree_map(".{0,4}", inner, 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reading_back_gives_the_same(value in values()) {
            let text = write(&value);
            prop_assert_eq!(json::read_exact(text.as_bytes()), Ok(value));
        }
    }
}
