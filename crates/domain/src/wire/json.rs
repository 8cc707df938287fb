//! JSON texts, read once into a value. All documents and records come through here.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Largest whole number that every JSON reader keeps exactly (RFC 8259, section 6; RFC 7493).
pub const LARGEST: u64 = 9_007_199_254_740_991;

/// Reads any JSON; of a key that stands twice the last counts.
///
/// # Errors
/// What is wrong and where (line and column), when it is not JSON or nests deeper than 128.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    Reader { exact: false }.read(bytes)
}

/// Reads JSON as it is allowed in what travels: whole numbers only, no key twice. The upload contract (section 1)
/// refuses the rest, because two readers could otherwise understand one digest differently.
///
/// # Errors
/// As [`read`], and a key that stands twice or a number that is not whole or beyond ±[`LARGEST`].
pub fn read_exact(bytes: &[u8]) -> Result<Value, String> {
    Reader { exact: true }.read(bytes)
}

#[derive(Clone, Copy)]
struct Reader {
    exact: bool,
}

impl Reader {
    fn read(self, bytes: &[u8]) -> Result<Value, String> {
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let value = self.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
        value.map_err(|error| error.to_string())
    }

    fn whole<E: Error>(self, size: u64, number: Value) -> Result<Value, E> {
        if self.exact && size > LARGEST {
            return Err(E::custom("a number too large to be kept exactly"));
        }
        Ok(number)
    }
}

/// A member's name.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<String, E> {
        Ok(name.to_owned())
    }
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.whole(value.unsigned_abs(), value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.whole(value, value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if self.exact { Err(E::custom("a number that is not whole")) } else { Ok(value.into()) }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element_seed(self)? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = access.next_key_seed(Key)? {
            if self.exact && members.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key “{key}” stands twice")));
            }
            members.insert(key, access.next_value_seed(self)?);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    }
}
