//! What differs between two JSON files whose lists hold things with ids.

use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt};

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where: names of members, and ids in lists, from the outside in.
    at: Vec<String>,
    /// What stood there; `None` where nothing did.
    before: Option<Value>,
    /// What stands there now.
    after: Option<Value>,
}

impl Change {
    /// As JSON: `{"at", "before", "after"}`; a side that is not there is left out.
    pub fn written(&self) -> Value {
        let mut value = json!({"at": self.at.join("/")});
        if let Some(members) = value.as_object_mut() {
            members.extend(self.before.clone().map(|before| ("before".to_owned(), before)));
            members.extend(self.after.clone().map(|after| ("after".to_owned(), after)));
        }
        value
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.join("/");
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, "{at}: {} → {}", short(before), short(after)),
            (None, Some(after)) => write!(f, "{at}: added {}", short(after)),
            (Some(before), None) => write!(f, "{at}: removed {}", short(before)),
            (None, None) => write!(f, "{at}"),
        }
    }
}

/// A value in a line: of a thing its name, of a long text its beginning.
fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let named = value.get("label").or_else(|| value.get("title")).unwrap_or(value);
    let text = match named {
        Value::String(text) => format!("“{text}”"),
        Value::Object(languages) => match languages.values().find_map(Value::as_str) {
            Some(text) => format!("“{text}”"),
            None => named.to_string(),
        },
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// All differences, in the order of the earlier file, additions last in their place.
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&mut Vec::new(), Some(before), Some(after), &mut found);
    found
}

fn compare(at: &mut Vec<String>, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let pairs = match (before, after) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
            names.map(|name| (name.clone(), before.get(name), after.get(name))).collect()
        }
        (Some(Value::Array(before)), Some(Value::Array(after))) => match (named(before), named(after)) {
            (Some(names), Some(others)) => by_name(&names, &others),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    if pairs.iter().all(|(_, before, after)| before == after) {
        // The same things in another order, or lists without names, or two plain values.
        found.push(Change { at: at.clone(), before: before.cloned(), after: after.cloned() });
        return;
    }
    for (name, before, after) in pairs {
        at.push(name);
        compare(at, before, after, found);
        at.pop();
    }
}

type Pair<'v> = (String, Option<&'v Value>, Option<&'v Value>);

fn by_name<'v>(before: &[(String, &'v Value)], after: &[(String, &'v Value)]) -> Vec<Pair<'v>> {
    let of = |list: &[(String, &'v Value)]| list.iter().cloned().collect::<BTreeMap<String, &'v Value>>();
    let (earlier, later) = (of(before), of(after));
    let names = before.iter().chain(after.iter().filter(|(name, _)| !earlier.contains_key(name)));
    names.map(|(name, _)| (name.clone(), earlier.get(name).copied(), later.get(name).copied())).collect()
}

/// The things of a list by what names them: their id, of a band its stars, of a step its number of items.
fn named(list: &[Value]) -> Option<Vec<(String, &Value)>> {
    let name = |value: &Value| {
        let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
        let number = |key: &str| value.get(key).and_then(Value::as_u64).map(|number| format!("{key} {number}"));
        id.or_else(|| number("at_least")).or_else(|| number("stars"))
    };
    list.iter().map(|value| Some((name(value)?, value))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn lines(before: Value, after: Value) -> Vec<String> {
        changes(&before, &after).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn things_are_matched_by_their_ids() {
        let before = json!({"max": 1, "nodes": [{"id": "a", "label": "A"}, {"id": "b", "label": {"id": "Be"}}],
            "bands": [{"stars": 5, "from": 90}]});
        let after = json!({"max": 2, "nodes": [{"id": "b", "label": {"id": "Bé"}}, {"id": "c", "label": "C"}],
            "bands": [{"stars": 5, "from": 85}]});
        assert_eq!(
            lines(before, after),
            [
                "bands/stars 5/from: 90 → 85",
                "max: 1 → 2",
                "nodes/a: removed “A”",
                "nodes/b/label/id: “Be” → “Bé”",
                "nodes/c: added “C”",
            ]
        );
    }

    #[test]
    fn another_order_is_a_change_and_nothing_is_none() {
        let (a, b) = (json!({"id": "a"}), json!({"id": "b"}));
        assert_eq!(changes(&json!([a, b]), &json!([b, a])).len(), 1);
        assert_eq!(changes(&json!([a, b]), &json!([a, b])), Vec::new());
        assert_eq!(lines(json!({"x": [1, 2]}), json!({"x": [2]})), ["x: [1,2] → [2]"]);
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        let long = "é".repeat(100);
        let line = lines(json!({"x": ""}), json!({"x": long})).pop().unwrap();
        assert!(line.ends_with('…') && line.len() < 200, "{line}");
    }
}
