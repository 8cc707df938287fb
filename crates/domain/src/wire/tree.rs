//! JSON as documents are read from it, however it is held: as serde_json's value, or with its texts left where they stand
//! in the file.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// What a reader of documents asks of JSON.
pub trait Json: Sized {
    /// The text, if it is one.
    fn text(&self) -> Option<&str>;
    /// `null`, true or false, or a number.
    fn plain(&self) -> Option<&Value>;
    /// The elements, if it is a list.
    fn list(&self) -> Option<&[Self]>;
    /// The members by name, if it is an object.
    fn members(&self) -> Option<impl Iterator<Item = (&str, &Self)>>;
    /// The member of this name, if it is an object with one.
    fn member(&self, name: &str) -> Option<&Self>;
}

/// What is built while JSON is read.
pub(super) trait Built<'t>: Sized {
    /// Members of an object that is not read to its end yet.
    type Members: Default;
    /// `null`, true or false, or a number.
    fn plain(value: Value) -> Self;
    fn text(text: Cow<'t, str>) -> Self;
    fn list(list: Vec<Self>) -> Self;
    /// Says whether the name stood there before, where that is known so early.
    fn add(members: &mut Self::Members, name: Cow<'t, str>, value: Self) -> bool;
    /// Of a name that stands twice the last counts.
    fn object(members: Self::Members) -> Self;
}

impl Json for Value {
    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn plain(&self) -> Option<&Value> {
        matches!(self, Self::Null | Self::Bool(_) | Self::Number(_)).then_some(self)
    }

    fn list(&self) -> Option<&[Self]> {
        self.as_array().map(Vec::as_slice)
    }

    fn members(&self) -> Option<impl Iterator<Item = (&str, &Self)>> {
        self.as_object().map(|members| members.iter().map(|(name, value)| (name.as_str(), value)))
    }

    fn member(&self, name: &str) -> Option<&Self> {
        self.get(name)
    }
}

impl<'t> Built<'t> for Value {
    type Members = Map<String, Self>;

    fn plain(value: Value) -> Self {
        value
    }

    fn text(text: Cow<'t, str>) -> Self {
        Self::String(text.into_owned())
    }

    fn list(list: Vec<Self>) -> Self {
        Self::Array(list)
    }

    fn add(members: &mut Self::Members, name: Cow<'t, str>, value: Self) -> bool {
        members.insert(name.into_owned(), value).is_some()
    }

    fn object(members: Self::Members) -> Self {
        Self::Object(members)
    }
}

/// JSON that borrows its texts: for the many lines of a batch, each of which is read, scored and forgotten.
#[derive(Debug, Clone, PartialEq)]
pub enum InPlace<'t> {
    /// `null`, true or false, or a number.
    Plain(Value),
    /// A text; its own only where it has escapes.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Self>),
    /// An object, in the order of its names, each once.
    Object(Vec<(Cow<'t, str>, Self)>),
}

impl Json for InPlace<'_> {
    fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    fn plain(&self) -> Option<&Value> {
        if let Self::Plain(value) = self { Some(value) } else { None }
    }

    fn list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    fn members(&self) -> Option<impl Iterator<Item = (&str, &Self)>> {
        let Self::Object(members) = self else { return None };
        Some(members.iter().map(|(name, value)| (name.as_ref(), value)))
    }

    fn member(&self, name: &str) -> Option<&Self> {
        self.members()?.find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

impl<'t> Built<'t> for InPlace<'t> {
    type Members = Vec<(Cow<'t, str>, Self)>;

    fn plain(value: Value) -> Self {
        Self::Plain(value)
    }

    fn text(text: Cow<'t, str>) -> Self {
        Self::Text(text)
    }

    fn list(list: Vec<Self>) -> Self {
        Self::List(list)
    }

    fn add(members: &mut Self::Members, name: Cow<'t, str>, value: Self) -> bool {
        members.push((name, value));
        false
    }

    fn object(mut members: Self::Members) -> Self {
        // Backwards, so that the last of a name comes first and is kept.
        if !members.is_sorted_by(|(a, _), (b, _)| a < b) {
            members.reverse();
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            members.dedup_by(|(a, _), (b, _)| a == b);
        }
        Self::Object(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json;
    use proptest::prelude::*;

    fn value_of(tree: &InPlace<'_>) -> Value {
        match tree {
            InPlace::Plain(value) => value.clone(),
            InPlace::Text(text) => Value::String(text.clone().into_owned()),
            InPlace::List(list) => list.iter().map(value_of).collect(),
            InPlace::Object(members) => {
                assert!(members.is_sorted_by(|(a, _), (b, _)| a < b));
                members.iter().map(|(name, value)| (name.clone(), value_of(value))).collect()
            }
        }
    }

    fn same(text: &str) {
        let in_place = json::read_in_place(text.as_bytes());
        assert_eq!(in_place.map(|tree| value_of(&tree)), json::read(text.as_bytes()), "{text}");
    }

    #[test]
    fn texts_with_escapes_are_read_in_place_too() {
        for text in [r#""\u00e9\n x""#, r#"{"\u0061":1,"a":2,"a":3}"#, "[null,true,-1.5]", "{", "\"a\\", "[1]]"] {
            same(text);
        }
    }

    proptest! {
        #[test]
        fn in_place_is_read_what_is_read_otherwise(
            members in prop::collection::vec(("[abc]{1,2}", prop_oneof![Just("1".to_owned()), any::<String>()]), 0..9),
        ) {
            let texts = members.iter().map(|(name, text)| {
                let name = serde_json::to_string(name).unwrap();
                let text = if text == "1" { text.clone() } else { serde_json::to_string(text).unwrap() };
                format!("{name}: {{{name}: [{text}]}}")
            });
            same(&format!("{{{}}}", texts.collect::<Vec<_>>().join(", ")));
        }
    }
}
