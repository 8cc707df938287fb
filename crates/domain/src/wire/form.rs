//! The form of values in JSON, read and written field by field. What is wrong is told with its place.
//!
//! Reading goes on past what is wrong, with something in its place, and gives nothing in the end: code that leaves at
//! every field weighs three times as much in what a phone loads first.

use crate::{
    digest::Digest,
    id::{AssessmentId, ChoiceId, KnockoutId, NodeId, PhotoId, RequirementId, RubricId, SubmissionId},
    map::Map,
    subject::Stage,
    time::Millis,
    web_address::WebAddress,
};
use serde_json::Value;

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// JSON pointer to what is wrong; empty for the whole.
    pub at: String,
    /// What is wrong.
    pub message: String,
}

impl Refused {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { at: String::new(), message: message.into() }
    }

    /// Of a member: the place now seen from the object around it.
    pub(crate) fn within(mut self, step: &str) -> Self {
        self.at.insert_str(0, step);
        self.at.insert(0, '/');
        self
    }
}

/// The first fault found while reading, and where reading is.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    at: String,
    first: Option<Refused>,
}

impl Faults {
    /// Notes that what is read now is wrong.
    #[inline(never)]
    pub(crate) fn note(&mut self, message: &str) {
        if self.first.is_none() {
            self.first = Some(Refused { at: self.at.clone(), message: message.to_owned() });
        }
    }

    /// Whether all was well.
    pub(crate) fn none(&self) -> bool {
        self.first.is_none()
    }

    #[inline(never)]
    fn enter(&mut self, step: &str) {
        self.at.push('/');
        self.at.push_str(step);
    }

    #[inline(never)]
    fn leave(&mut self, step: &str) {
        self.at.truncate(self.at.len().saturating_sub(step.len() + 1));
    }
}

/// A value with a form in JSON.
pub(crate) trait Form: Sized {
    /// Reads it; `null` stands for a member that is not there. What comes back counts only where `faults` stays empty.
    fn take(value: &Value, faults: &mut Faults) -> Self;

    /// Writes it.
    fn write(&self) -> Value;

    /// Reads it whole.
    fn read(value: &Value) -> Result<Self, Refused> {
        let mut faults = Faults::default();
        let taken = Self::take(value, &mut faults);
        faults.first.map_or(Ok(taken), Err)
    }
}

/// The members of an object.
pub(crate) type Members = serde_json::Map<String, Value>;

/// An object that is being read; one that is none has no members.
#[derive(Clone, Copy)]
pub(crate) struct Object<'v>(Option<&'v Members>);

impl<'v> Object<'v> {
    #[inline(never)]
    pub(crate) fn of(value: &'v Value, faults: &mut Faults) -> Self {
        let members = value.as_object();
        if members.is_none() {
            faults.note("an object is expected");
        }
        Self(members)
    }

    #[inline(never)]
    fn get(self, name: &str) -> &'v Value {
        self.0.and_then(|members| members.get(name)).unwrap_or(&Value::Null)
    }

    /// Reads a member.
    pub(crate) fn member<T: Form>(self, name: &str, faults: &mut Faults) -> T {
        faults.enter(name);
        let member = T::take(self.get(name), faults);
        faults.leave(name);
        member
    }
}

/// Reads the content of what is named by a word around it.
pub(crate) fn inside<T>(step: &str, faults: &mut Faults, take: impl FnOnce(&mut Faults) -> T) -> T {
    faults.enter(step);
    let taken = take(faults);
    faults.leave(step);
    taken
}

#[inline(never)]
pub(crate) fn text<'v>(value: &'v Value, faults: &mut Faults) -> &'v str {
    value.as_str().unwrap_or_else(|| {
        faults.note("a text is expected");
        ""
    })
}

#[inline(never)]
fn whole(value: &Value, faults: &mut Faults) -> i64 {
    value.as_i64().unwrap_or_else(|| {
        faults.note("a whole number is expected");
        0
    })
}

#[inline(never)]
fn too_large(faults: &mut Faults) {
    faults.note("the number is out of range");
}

#[inline(never)]
pub(crate) fn unknown_word(faults: &mut Faults) {
    faults.note("the word is not known here");
}

pub(crate) fn put<T: Form>(members: &mut Members, name: &str, value: &T) {
    put_value(members, name, value.write());
}

#[inline(never)]
fn put_value(members: &mut Members, name: &str, value: Value) {
    members.insert(name.to_owned(), value);
}

/// The form of a struct: an object of its fields, each under its own name.
macro_rules! object {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::wire::form::Form for $name {
            fn take(value: &serde_json::Value, faults: &mut $crate::wire::form::Faults) -> Self {
                let of = $crate::wire::form::Object::of(value, faults);
                Self { $($field: of.member(stringify!($field), faults),)+ }
            }

            fn write(&self) -> serde_json::Value {
                let mut members = $crate::wire::form::Members::new();
                $($crate::wire::form::put(&mut members, stringify!($field), &self.$field);)+
                serde_json::Value::Object(members)
            }
        }
    };
}
pub(crate) use object;

/// The form of a choice without content: a word.
macro_rules! words {
    ($name:ident { $first:ident $first_word:literal $(, $variant:ident $word:literal)* $(,)? }) => {
        impl $crate::wire::form::Form for $name {
            fn take(value: &serde_json::Value, faults: &mut $crate::wire::form::Faults) -> Self {
                match $crate::wire::form::text(value, faults) {
                    $first_word => Self::$first,
                    $($word => Self::$variant,)*
                    _ => {
                        $crate::wire::form::unknown_word(faults);
                        Self::$first
                    }
                }
            }

            fn write(&self) -> serde_json::Value {
                serde_json::Value::from(match self { Self::$first => $first_word, $(Self::$variant => $word,)* })
            }
        }
    };
}
pub(crate) use words;

/// Programs that only write documents do it through serde.
macro_rules! serialize {
    ($($name:ident),+) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::wire::form::Form::write(self).serialize(serializer)
            }
        }
    )+};
}
pub(crate) use serialize;

impl Form for Value {
    fn take(value: &Value, _: &mut Faults) -> Self {
        value.clone()
    }

    fn write(&self) -> Value {
        self.clone()
    }
}

impl Form for bool {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        value.as_bool().unwrap_or_else(|| {
            faults.note("true or false is expected");
            false
        })
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Form for String {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        text(value, faults).to_owned()
    }

    fn write(&self) -> Value {
        Value::String(self.clone())
    }
}

macro_rules! numbers {
    ($($name:ident)+) => {$(
        impl Form for $name {
            fn take(value: &Value, faults: &mut Faults) -> Self {
                whole(value, faults).try_into().unwrap_or_else(|_| {
                    too_large(faults);
                    0
                })
            }

            fn write(&self) -> Value {
                Value::from(*self)
            }
        }
    )+};
}
numbers! { u8 u16 u32 u64 usize i32 i64 }

impl Form for Millis {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        Self(whole(value, faults))
    }

    fn write(&self) -> Value {
        Value::from(self.0)
    }
}

impl<T: Form> Form for Option<T> {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        if value.is_null() { None } else { Some(T::take(value, faults)) }
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }
}

impl<T: Form> Form for Vec<T> {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let Some(list) = value.as_array() else {
            faults.note("a list is expected");
            return Self::new();
        };
        let item = |(index, item): (usize, &Value)| inside(&index.to_string(), faults, |faults| T::take(item, faults));
        list.iter().enumerate().map(item).collect()
    }

    fn write(&self) -> Value {
        Value::Array(self.iter().map(T::write).collect())
    }
}

impl<K: Name + Ord, T: Form> Form for Map<K, T> {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let mut map = Self::new();
        for (key, value) in Object::of(value, faults).0.into_iter().flatten() {
            inside(&super::answers::place::escaped(key), faults, |faults| {
                map.insert(K::named(key, faults), T::take(value, faults))
            });
        }
        map
    }

    fn write(&self) -> Value {
        let mut members = Members::new();
        for (id, value) in self {
            put_value(&mut members, &id.name(), value.write());
        }
        Value::Object(members)
    }
}

/// A value whose form is a text with rules of its own.
pub(crate) trait Name: Sized {
    /// Reads it.
    fn named(text: &str, faults: &mut Faults) -> Self;

    /// Writes it.
    fn name(&self) -> String;
}

macro_rules! names {
    ($($name:ident, $write:ident;)+) => {$(
        impl Name for $name {
            fn named(text: &str, faults: &mut Faults) -> Self {
                Self::parse(text).unwrap_or_else(|bad| {
                    faults.note(&bad.to_string());
                    Self::placeholder()
                })
            }

            fn name(&self) -> String {
                self.$write().to_owned()
            }
        }

        impl Form for $name {
            fn take(value: &Value, faults: &mut Faults) -> Self {
                Self::named(text(value, faults), faults)
            }

            fn write(&self) -> Value {
                Value::String(self.name())
            }
        }
    )+};
}
names! {
    RubricId, as_str;
    NodeId, as_str;
    ChoiceId, as_str;
    RequirementId, as_str;
    KnockoutId, as_str;
    AssessmentId, to_string;
    SubmissionId, to_string;
    PhotoId, to_string;
    WebAddress, url;
}

impl Form for Digest {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        Self::parse(text(value, faults)).unwrap_or_else(|| {
            faults.note("not a SHA-256 in lower-case hex");
            Self::placeholder()
        })
    }

    fn write(&self) -> Value {
        Value::String(self.to_string())
    }
}

words! { Stage { Usulan "usulan", Seleksi "seleksi", Evaluasi "evaluasi" } }
