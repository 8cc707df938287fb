//! Taking typed values out of JSON objects, noting what is missing or of another type.

use super::Reader;
use crate::{
    id::{BadId, NodeId},
    points::{Points, PointsError},
    rubric::{ProblemCode as Code, at::At},
    text::LocalText,
    wire::answers::place::escaped,
};
use serde_json::{Map, Value};

/// An object of the file, with its place.
pub(super) struct Fields<'v> {
    pub(super) at: At<'v>,
    pub(super) map: &'v Map<String, Value>,
}

impl<'v> Fields<'v> {
    /// The member, if it is there; `null` says the same as nothing.
    pub(super) fn get(&self, name: &str) -> Option<&'v Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn place<'f>(&'f self, name: &'f str) -> At<'f> {
        self.at.child(name)
    }
}

/// Stands for a text that could not be read.
pub(super) fn empty() -> LocalText {
    LocalText::Plain("".into())
}

impl Reader {
    /// Warns of every member the format does not know.
    pub(super) fn known(&mut self, fields: &Fields, names: &[&str]) {
        for key in fields.map.keys().filter(|key| !names.contains(&key.as_str())) {
            self.found.report(
                Code::UnknownField,
                fields.place(&escaped(key)),
                format_args!("The format has no field “{key}” here; it is kept, but says nothing. Mend its name."),
            );
        }
    }

    fn wrong(&mut self, at: At<'_>, wanted: &str) {
        self.found.report(Code::WrongType, at, format_args!("Write {wanted} here."));
    }

    pub(super) fn missing(&mut self, fields: &Fields, name: &str) {
        self.found.report(Code::MissingField, fields.place(name), format_args!("Add the field “{name}”."));
    }

    pub(super) fn text(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let value = fields.get(name)?;
        self.text_of(fields.place(name), value)
    }

    pub(super) fn text_of(&mut self, at: At<'_>, value: &Value) -> Option<String> {
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(at, "a text in quotes");
        }
        text
    }

    pub(super) fn required_text(&mut self, fields: &Fields, name: &str) -> Option<String> {
        if fields.get(name).is_none() {
            self.missing(fields, name);
        }
        self.text(fields, name)
    }

    /// The id of the object, read by the id type's own rule.
    pub(super) fn id<T>(&mut self, fields: &Fields, parse: fn(&str) -> Result<T, BadId>, placeholder: fn() -> T) -> T {
        match self.required_text(fields, "id").as_deref().map(parse) {
            Some(Ok(id)) => id,
            Some(Err(bad)) => {
                self.found.report(Code::BadId, fields.place("id"), format_args!("{bad}. Choose another id."));
                placeholder()
            }
            None => placeholder(),
        }
    }

    pub(super) fn node_id(&mut self, fields: &Fields) -> NodeId {
        self.id(fields, NodeId::parse, NodeId::placeholder)
    }

    pub(super) fn bool(&mut self, fields: &Fields, name: &str) -> Option<bool> {
        let value = fields.get(name)?;
        if !value.is_boolean() {
            self.wrong(fields.place(name), "true or false");
        }
        value.as_bool()
    }

    /// A whole number from 0 on.
    pub(super) fn count(&mut self, fields: &Fields, name: &str) -> Option<u32> {
        let value = fields.get(name)?;
        self.count_of(fields.place(name), value)
    }

    pub(super) fn required_count(&mut self, fields: &Fields, name: &str) -> u32 {
        if fields.get(name).is_none() {
            self.missing(fields, name);
        }
        self.count(fields, name).unwrap_or_default()
    }

    pub(super) fn count_of(&mut self, at: At<'_>, value: &Value) -> Option<u32> {
        let whole = points_of(value).ok().and_then(Points::whole).and_then(|whole| u32::try_from(whole).ok());
        if whole.is_none() {
            self.wrong(at, "a whole number from 0 to 9999");
        }
        whole
    }

    /// A number of stars, 1 or more.
    pub(super) fn star(&mut self, at: At<'_>, value: &Value) -> Option<u8> {
        let star = self.count_of(at, value)?;
        let star = u8::try_from(star).ok().filter(|star| (1..=99).contains(star));
        if star.is_none() {
            self.found.report(Code::BadValue, at, format_args!("Write a number of stars from 1 to 99."));
        }
        star
    }

    pub(super) fn points(&mut self, fields: &Fields, name: &str) -> Option<Points> {
        let value = fields.get(name)?;
        match points_of(value) {
            Ok(points) => return Some(points),
            Err(PointsError::NotADecimal) => self.wrong(fields.place(name), "a number of points"),
            Err(PointsError::TooFine) => {
                self.found.report(
                    Code::PointsTooFine,
                    fields.place(name),
                    format_args!("The number is finer than hundredths: use two digits after the point at most."),
                );
            }
            Err(PointsError::OutOfRange) => {
                self.found.report(
                    Code::PointsOutOfRange,
                    fields.place(name),
                    format_args!("The number is out of range: points go from -999 to 9999."),
                );
            }
        }
        None
    }

    pub(super) fn required_points(&mut self, fields: &Fields, name: &str) -> Points {
        if fields.get(name).is_none() {
            self.missing(fields, name);
        }
        self.points(fields, name).unwrap_or_default()
    }

    /// One of the words, if the member is there.
    pub(super) fn word<T: Copy>(&mut self, fields: &Fields, name: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(fields, name)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.found.report(
                Code::BadValue,
                fields.place(name),
                format_args!("“{text}” is not known here: write one of {}.", words.join(", ")),
            );
        }
        found
    }

    pub(super) fn local(&mut self, fields: &Fields, name: &str) -> Option<LocalText> {
        let value = fields.get(name)?;
        self.local_of(fields.place(name), value, true)
    }

    pub(super) fn required_local(&mut self, fields: &Fields, name: &str) -> LocalText {
        if fields.get(name).is_none() {
            self.missing(fields, name);
        }
        self.local(fields, name).unwrap_or_else(empty)
    }

    /// A list of sentences. A plain one may quote a source in its own language, so it needs no translation.
    pub(super) fn sentences(&mut self, fields: &Fields, name: &str) -> Vec<LocalText> {
        let (at, elements) = (fields.place(name), self.elements(fields, name, false).iter().enumerate());
        elements.filter_map(|(index, value)| self.local_of(at.element(index), value, value.is_object())).collect()
    }

    fn local_of(&mut self, at: At<'_>, value: &Value, translated: bool) -> Option<LocalText> {
        let (text, languages) = match value {
            Value::String(text) => (LocalText::Plain(text.as_str().into()), 1),
            Value::Object(texts) if !texts.is_empty() => {
                let (mut each, mut languages) = (Vec::with_capacity(texts.len()), 0);
                for (language, text) in texts {
                    let Some(text) = text.as_str() else {
                        self.wrong(at.child(&escaped(language)), "a text in quotes");
                        continue;
                    };
                    languages |= self.texts.bit(language);
                    each.push((language.as_str().into(), text.into()));
                }
                (LocalText::Each(each.into()), languages)
            }
            _ => {
                self.wrong(at, "a text, or an object of a text for each language,");
                return None;
            }
        };
        if translated {
            self.texts.texts.push((at.render(), languages));
        }
        Some(text)
    }

    /// A member that is an object; warns of fields it should not have.
    pub(super) fn object<'v>(&mut self, fields: &'v Fields<'_>, name: &'v str, known: &[&str]) -> Option<Fields<'v>> {
        let value = fields.get(name)?;
        self.element_object(fields.place(name), value, known)
    }

    pub(super) fn element_object<'v>(&mut self, at: At<'v>, value: &'v Value, known: &[&str]) -> Option<Fields<'v>> {
        let Some(map) = value.as_object() else {
            self.wrong(at, "an object in braces");
            return None;
        };
        let fields = Fields { at, map };
        self.known(&fields, known);
        Some(fields)
    }

    /// The elements of a list; the caller knows their places.
    pub(super) fn elements<'v>(&mut self, fields: &Fields<'v>, name: &str, required: bool) -> &'v [Value] {
        match fields.get(name) {
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.wrong(fields.place(name), "a list in brackets");
                &[]
            }
            None => {
                if required {
                    self.missing(fields, name);
                }
                &[]
            }
        }
    }
}

/// Points from a JSON number.
fn points_of(value: &Value) -> Result<Points, PointsError> {
    match (value.as_i64(), value.as_f64()) {
        (Some(whole), _) => Points::in_range(whole.saturating_mul(100)),
        (None, Some(double)) => Points::nearest(double),
        (None, None) => Err(PointsError::NotADecimal),
    }
}
