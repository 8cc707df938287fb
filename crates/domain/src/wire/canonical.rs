//! Canonical JSON (RFC 8785): the bytes that a digest and a signature stand for.

use super::json::Json;

/// The canonical form: no white space, members sorted by UTF-16 code units (RFC 8785, section 3.2.3), texts escaped as
/// ECMAScript does (section 3.2.2.2), whole numbers in plain digits.
#[must_use]
pub fn write(json: &Json) -> Vec<u8> {
    let mut out = String::new();
    value(json, &mut out);
    out.into_bytes()
}

fn value(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Int(number) => out.push_str(&number.to_string()),
        Json::Text(words) => text(words, out),
        Json::List(list) => {
            out.push('[');
            for (place, item) in list.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                value(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            let mut sorted: Vec<&(String, Json)> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (place, (key, member)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                text(key, out);
                out.push(':');
                value(member, out);
            }
            out.push('}');
        }
    }
}

fn text(words: &str, out: &mut String) {
    out.push('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sorts_as_the_rfc_s_example_does() {
        // RFC 8785, section 3.2.3.
        let json = "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\
                    \"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\",\
                    \"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}";
        let out = String::from_utf8(write(&Json::parse(json.as_bytes()).unwrap())).unwrap();
        let order: Vec<_> =
            ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"].map(|w| out.find(w).unwrap()).into();
        assert!(order.is_sorted(), "{out}");
        assert!(out.starts_with("{\"\\r\":"));
    }

    fn json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            (-1_000_000i64..1_000_000).prop_map(Json::Int),
            ".{0,8}".prop_map(Json::Text),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::List),
                proptest::collection::btree_map(".{0,4}", inner, 0..4)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reading_back_gives_the_same_bytes(json in json()) {
            let bytes = write(&json);
            prop_assert_eq!(write(&Json::parse(&bytes).unwrap()), bytes);
        }
    }
}
