//! The form of values in JSON, read and written field by field. What is wrong is told with its place.

use crate::{
    digest::Digest,
    endpoint::Endpoint,
    id::{AssessmentId, ChoiceId, KnockoutId, NodeId, RequirementId, RubricId, SubmissionId},
    map::Map,
    subject::Stage,
    time::Millis,
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

/// A value with a form in JSON.
pub(crate) trait Form: Sized {
    /// Reads it; `null` stands for a member that is not there.
    fn read(value: &Value) -> Result<Self, Refused>;

    /// Writes it.
    fn write(&self) -> Value;
}

/// The members of an object.
pub(crate) type Members = serde_json::Map<String, Value>;

pub(crate) fn members(value: &Value) -> Result<&Members, Refused> {
    value.as_object().ok_or_else(|| Refused::new("an object is expected"))
}

pub(crate) fn member<T: Form>(members: &Members, name: &str) -> Result<T, Refused> {
    T::read(members.get(name).unwrap_or(&Value::Null)).map_err(|refused| refused.within(name))
}

pub(crate) fn text(value: &Value) -> Result<&str, Refused> {
    value.as_str().ok_or_else(|| Refused::new("a text is expected"))
}

fn whole(value: &Value) -> Result<i64, Refused> {
    value.as_i64().ok_or_else(|| Refused::new("a whole number is expected"))
}

fn too_large() -> Refused {
    Refused::new("the number is out of range")
}

pub(crate) fn put<T: Form>(members: &mut Members, name: &str, value: &T) {
    members.insert(name.to_owned(), value.write());
}

/// The form of a struct: an object of its fields, each under its own name.
macro_rules! object {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::wire::form::Form for $name {
            fn read(value: &serde_json::Value) -> Result<Self, $crate::wire::form::Refused> {
                let members = $crate::wire::form::members(value)?;
                Ok(Self { $($field: $crate::wire::form::member(members, stringify!($field))?,)+ })
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
    ($name:ident { $($variant:ident $word:literal),+ $(,)? }) => {
        impl $crate::wire::form::Form for $name {
            fn read(value: &serde_json::Value) -> Result<Self, $crate::wire::form::Refused> {
                match $crate::wire::form::text(value)? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::wire::form::Refused::new("the word is not known here")),
                }
            }

            fn write(&self) -> serde_json::Value {
                serde_json::Value::from(match self { $(Self::$variant => $word,)+ })
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
    fn read(value: &Value) -> Result<Self, Refused> {
        Ok(value.clone())
    }

    fn write(&self) -> Value {
        self.clone()
    }
}

impl Form for bool {
    fn read(value: &Value) -> Result<Self, Refused> {
        value.as_bool().ok_or_else(|| Refused::new("true or false is expected"))
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Form for String {
    fn read(value: &Value) -> Result<Self, Refused> {
        text(value).map(str::to_owned)
    }

    fn write(&self) -> Value {
        Value::String(self.clone())
    }
}

macro_rules! numbers {
    ($($name:ident)+) => {$(
        impl Form for $name {
            fn read(value: &Value) -> Result<Self, Refused> {
                whole(value)?.try_into().map_err(|_| too_large())
            }

            fn write(&self) -> Value {
                Value::from(*self)
            }
        }
    )+};
}
numbers! { u8 u16 u32 u64 usize i32 i64 }

impl Form for Millis {
    fn read(value: &Value) -> Result<Self, Refused> {
        whole(value).map(Self)
    }

    fn write(&self) -> Value {
        Value::from(self.0)
    }
}

impl<T: Form> Form for Option<T> {
    fn read(value: &Value) -> Result<Self, Refused> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }
}

impl<T: Form> Form for Vec<T> {
    fn read(value: &Value) -> Result<Self, Refused> {
        let list = value.as_array().ok_or_else(|| Refused::new("a list is expected"))?;
        let item = |(index, item): (usize, &Value)| T::read(item).map_err(|refused| refused.within(&index.to_string()));
        list.iter().enumerate().map(item).collect()
    }

    fn write(&self) -> Value {
        Value::Array(self.iter().map(T::write).collect())
    }
}

impl<K: Name + Ord, T: Form> Form for Map<K, T> {
    fn read(value: &Value) -> Result<Self, Refused> {
        let mut map = Self::new();
        for (key, value) in members(value)? {
            let entry = K::parse(key).and_then(|id| T::read(value).map(|value| (id, value)));
            let (id, value) = entry.map_err(|refused| refused.within(&super::answers::place::escaped(key)))?;
            map.insert(id, value);
        }
        Ok(map)
    }

    fn write(&self) -> Value {
        Value::Object(self.iter().map(|(id, value)| (id.name(), value.write())).collect())
    }
}

/// A value whose form is a text with rules of its own.
pub(crate) trait Name: Sized {
    /// Reads it.
    fn parse(text: &str) -> Result<Self, Refused>;

    /// Writes it.
    fn name(&self) -> String;
}

macro_rules! names {
    ($($name:ident, $write:ident;)+) => {$(
        impl Name for $name {
            fn parse(text: &str) -> Result<Self, Refused> {
                Self::parse(text).map_err(|bad| Refused::new(bad.to_string()))
            }

            fn name(&self) -> String {
                self.$write().to_owned()
            }
        }

        impl Form for $name {
            fn read(value: &Value) -> Result<Self, Refused> {
                <Self as Name>::parse(text(value)?)
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
    Endpoint, url;
}

impl Form for Digest {
    fn read(value: &Value) -> Result<Self, Refused> {
        Self::parse(text(value)?).ok_or_else(|| Refused::new("not a SHA-256 in lower-case hex"))
    }

    fn write(&self) -> Value {
        Value::String(self.to_string())
    }
}

words! { Stage { Usulan "usulan", Seleksi "seleksi", Evaluasi "evaluasi" } }
