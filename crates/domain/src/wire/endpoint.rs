//! The form of endpoints as they are kept.

use super::{
    canonical,
    form::{Faults, Form, Members, Object, put, unknown_word, words},
    json,
};
use crate::endpoint::{Access, Endpoint, Endpoints, HeaderName, PhotoRule, Secret};
use serde_json::Value;

const FORMAT: &str = "bintang-endpoints/1";

words! { PhotoRule { Now "now", WifiOnly "wifi_only", Never "never" } }

impl Form for Access {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let kind: String = of.member("kind", faults);
        if kind == "open" {
            return Self::Open;
        }
        let (name, secret): (String, String) = (of.member("name", faults), of.member("secret", faults));
        let Some(secret) = Secret::parse(&secret) else {
            faults.note("not a secret");
            return Self::Open;
        };
        match kind.as_str() {
            "bearer" => Self::Bearer(secret),
            "basic" => Self::Basic { name, password: secret },
            "header" => match HeaderName::parse(&name) {
                Some(name) => Self::Header { name, value: secret },
                None => {
                    faults.note("not the name of a header");
                    Self::Open
                }
            },
            _ => {
                unknown_word(faults);
                Self::Open
            }
        }
    }

    fn write(&self) -> Value {
        let (kind, name, secret) = match self {
            Self::Open => ("open", "", ""),
            Self::Bearer(secret) => ("bearer", "", secret.expose()),
            Self::Basic { name, password } => ("basic", name.as_str(), password.expose()),
            Self::Header { name, value } => ("header", name.as_str(), value.expose()),
        };
        let mut of = Members::new();
        for (member, text) in [("kind", kind), ("name", name), ("secret", secret)] {
            put(&mut of, member, &text.to_owned());
        }
        Value::Object(of)
    }
}

super::form::object! { Endpoint { name, address, access, photos } }

impl Form for Endpoints {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        if of.member::<String>("format", faults) != FORMAT {
            faults.note("the format is not bintang-endpoints/1");
        }
        let all: Vec<Endpoint> = of.member("endpoints", faults);
        Self::new(all, of.member("chosen", faults))
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "format", &FORMAT.to_owned());
        put(&mut of, "endpoints", &self.all().to_vec());
        put(&mut of, "chosen", &self.chosen().map(|endpoint| endpoint.address.clone()));
        Value::Object(of)
    }
}

/// The record as text.
#[must_use]
pub fn write(endpoints: &Endpoints) -> String {
    canonical::write(&endpoints.write())
}

/// Reads a record; `None` when it is damaged.
#[must_use]
pub fn read(text: &str) -> Option<Endpoints> {
    Endpoints::read(&json::read(text.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web_address::WebAddress;

    #[test]
    fn endpoints_read_back() {
        let secret = Secret::parse("rahasia 1").unwrap();
        let address = |n: usize| WebAddress::parse(&format!("https://{n}.example/masuk/")).unwrap();
        let accesses = [
            Access::Open,
            Access::Bearer(secret.clone()),
            Access::Basic { name: "petugas é".into(), password: secret.clone() },
            Access::Header { name: HeaderName::parse("X-Api-Key").unwrap(), value: secret },
        ];
        let mut all = Vec::new();
        for (n, access) in accesses.into_iter().enumerate() {
            for photos in [PhotoRule::Now, PhotoRule::WifiOnly, PhotoRule::Never] {
                let address = address(n * 3 + all.len());
                all.push(Endpoint { name: format!("Simpul {n}"), address, access: access.clone(), photos });
            }
        }
        let chosen = all.get(4).map(|endpoint| endpoint.address.clone());
        let endpoints = Endpoints::new(all, chosen);
        assert_eq!(endpoints.all().len(), 12);
        assert_eq!(read(&write(&endpoints)), Some(endpoints.clone()));
        assert_eq!(read(&write(&Endpoints::default())), Some(Endpoints::default()));
        let text = write(&endpoints);
        for (from, to) in [
            ("endpoints/1", "endpoints/2"),
            ("bearer", "x"),
            ("X-Api-Key", "Cookie"),
            ("rahasia 1", "a\\nb"),
            ("wifi_only", "x"),
            ("https://7", "http://7"),
        ] {
            assert!(text.contains(from), "{from} in {text}");
            assert_eq!(read(&text.replace(from, to)), None, "{from} → {to}");
        }
    }
}
