//! The form of endpoints as they are kept.

use super::{
    canonical,
    form::{Faults, Form, Members, Object, Refused, put, unknown_word, words},
    json,
};
use crate::{
    base64,
    digest::Digest,
    endpoint::{
        Access, Endpoint, Endpoints, ExtraHeader, HeaderName, LONGEST_NAME, PhotoRule, Profile, Secret, is_user,
    },
    es256::KeyName,
    text,
};
use serde_json::Value;

const FORMAT: &str = "bintang-endpoints/1";
/// Format of one endpoint that is handed over.
const OFFER: &str = "bintang-endpoint/1";
/// What stands before an offer in the fragment of a link (`public/start.js` knows it).
pub const FRAGMENT: &str = "#endpoint=";
/// Longest offer, in bytes: what a QR code holds is a third of it.
pub const LONGEST_OFFER: usize = 8_192;

words! { PhotoRule { Now "now", WifiOnly "wifi_only", Never "never" } }

impl Form for Access {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let kind: String = of.member("kind", faults);
        if kind == "open" {
            return Self::Open;
        }
        let (name, secret): (String, String) = (of.member("name", faults), of.member("secret", faults));
        let secret = if kind == "basic" { Secret::password(&secret) } else { Secret::parse(&secret) };
        let Some(secret) = secret else {
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

/// A word, or with content an object of one member.
impl Form for Profile {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        match value.as_str() {
            // What was written before there were others.
            None if value.is_null() => return Self::Bintang,
            Some("bintang") => return Self::Bintang,
            Some("multipart") => return Self::Multipart,
            Some("json") => return Self::Json,
            _ => {}
        }
        let of = Object::of(value, faults);
        match (of.member::<Option<String>>("simple", faults), of.member::<Option<bool>>("put", faults)) {
            (Some(mark), None) => Self::Simple { mark },
            (None, Some(thrifty)) => Self::Put { thrifty },
            _ => {
                unknown_word(faults);
                Self::Bintang
            }
        }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        match self {
            Self::Bintang => return "bintang".into(),
            Self::Multipart => return "multipart".into(),
            Self::Json => return "json".into(),
            Self::Simple { mark } => put(&mut of, "simple", mark),
            Self::Put { thrifty } => put(&mut of, "put", thrifty),
        }
        Value::Object(of)
    }
}

impl Form for ExtraHeader {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let (name, value): (String, String) = (of.member("name", faults), of.member("value", faults));
        let read = HeaderName::parse(&name).zip(Secret::parse(&value));
        if read.is_none() {
            faults.note("not a header");
        }
        let (name, value) = read.unwrap_or_else(|| (HeaderName::placeholder(), Secret::placeholder()));
        Self { name, value }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "name", &self.name.as_str().to_owned());
        put(&mut of, "value", &self.value.expose().to_owned());
        Value::Object(of)
    }
}

impl Form for Endpoint {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let endpoint = Self {
            name: of.member("name", faults),
            address: of.member("address", faults),
            access: of.member("access", faults),
            photos: of.member("photos", faults),
            profile: of.member("profile", faults),
            limit: of.member("limit", faults),
            extra: of.member::<Option<Vec<ExtraHeader>>>("extra", faults).unwrap_or_default(),
            receipt_key: of.member::<Option<Digest>>("receipt_key", faults).map(KeyName),
        };
        if endpoint.unfit().is_some() {
            faults.note("what belongs to the endpoint does not go together");
        }
        endpoint
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "name", &self.name);
        put(&mut of, "address", &self.address);
        put(&mut of, "access", &self.access);
        put(&mut of, "photos", &self.photos);
        put(&mut of, "profile", &self.profile);
        put(&mut of, "limit", &self.limit);
        put(&mut of, "extra", &self.extra);
        put(&mut of, "receipt_key", &self.receipt_key.map(|KeyName(name)| name));
        Value::Object(of)
    }
}

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

/// One endpoint to be handed over, as a file has it: JSON.
#[must_use]
pub fn write_offer(endpoint: &Endpoint) -> String {
    let mut of = match endpoint.write() {
        Value::Object(of) => of,
        _ => Members::new(),
    };
    put(&mut of, "format", &OFFER.to_owned());
    canonical::write(&Value::Object(of))
}

/// The same as the fragment of a link to the app: what stands there is sent to no server (RFC 3986, section 3.5).
#[must_use]
pub fn write_fragment(endpoint: &Endpoint) -> String {
    [FRAGMENT, &base64::write_url(write_offer(endpoint).as_bytes())].concat()
}

/// Reads what was handed over: the JSON of a file, or what stands behind [`FRAGMENT`] in a link.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read_offer(text: &str) -> Result<Endpoint, Refused> {
    let text = text.trim();
    if text.len() > LONGEST_OFFER {
        return Err(Refused::new("longer than an endpoint can be"));
    }
    let bytes = if text.starts_with('{') {
        text.as_bytes().to_vec()
    } else {
        base64::read_url(text).ok_or_else(|| Refused::new("neither JSON nor base64url"))?
    };
    let value = json::read(&bytes).map_err(|_| Refused::new("not JSON"))?;
    let mut faults = Faults::default();
    if Object::of(&value, &mut faults).member::<String>("format", &mut faults) != OFFER {
        return Err(Refused::new("the format is not bintang-endpoint/1"));
    }
    let endpoint = Endpoint::read(&value)?;
    let name = endpoint.name.trim();
    // A name that looks like another address, or turns letters about, would be read for the site itself.
    if name.chars().count() > LONGEST_NAME || name.chars().any(text::is_unseen) || name.contains("://") {
        return Err(Refused::new("not a name").within("name"));
    }
    let unseen = |mark: &str| mark.chars().any(text::is_unseen);
    if matches!(&endpoint.profile, Profile::Simple { mark } if unseen(mark)) {
        return Err(Refused::new("not a text").within("simple").within("profile"));
    }
    if let Access::Basic { name, .. } = &endpoint.access
        && !is_user(name)
    {
        return Err(Refused::new("not a user's name").within("name").within("access"));
    }
    Ok(Endpoint { name: name.to_owned(), ..endpoint })
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
                all.push(Endpoint {
                    name: format!("Simpul {n}"),
                    access: access.clone(),
                    photos,
                    ..Endpoint::at(address)
                });
            }
        }
        let simple = Profile::Simple { mark: "diterima".into() };
        let profiles = [Profile::Multipart, Profile::Json, simple, Profile::Put { thrifty: true }];
        for (n, profile) in profiles.into_iter().enumerate() {
            let value = Secret::parse("kunci").unwrap();
            let extra = ExtraHeader { name: HeaderName::parse("apikey").unwrap(), value };
            let extra = if profile.address_is_secret() { Vec::new() } else { vec![extra] };
            let limit = (n == 0).then_some(7_000_000);
            let receipt_key = (n > 1).then(|| KeyName(Digest::of(b"kunci")));
            all.push(Endpoint { profile, limit, extra, receipt_key, ..Endpoint::at(address(100 + n)) });
        }
        let chosen = all.get(4).map(|endpoint| endpoint.address.clone());
        let endpoints = Endpoints::new(all, chosen);
        assert_eq!(endpoints.all().len(), 16);
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
            ("multipart", "x"),
            ("{\"put\":true}", "{\"put\":1}"),
            ("{\"simple\":", "{\"put\":true,\"simple\":"),
            ("apikey", "Cookie"),
            ("7000000", "7"),
            ("receipt_key\":\"", "receipt_key\":\"x"),
        ] {
            assert!(text.contains(from), "{from} in {text}");
            assert_eq!(read(&text.replace(from, to)), None, "{from} → {to}");
        }
    }

    #[test]
    fn an_offer_reads_back_from_a_link_and_from_a_file() {
        let endpoint = Endpoint {
            name: "Simpul Jawa Barat".into(),
            access: Access::Bearer(Secret::parse("bintang_rahasia").unwrap()),
            photos: PhotoRule::WifiOnly,
            ..Endpoint::at(WebAddress::parse("https://a.example/masuk").unwrap())
        };
        let link = write_fragment(&endpoint);
        let fragment = link.strip_prefix(FRAGMENT).unwrap();
        assert_eq!(read_offer(fragment), Ok(endpoint.clone()));
        let file = write_offer(&endpoint);
        assert_eq!(read_offer(&format!(" {file}\n")), Ok(endpoint));
        for (from, to) in [
            ("https:", "http:"),
            ("bintang-endpoint/1", "bintang-endpoints/1"),
            ("bearer", "magic"),
            ("Simpul", "Sim\\u0007pul"),
            ("Simpul", "Sim\u{202e}pul"),
            ("Simpul Jawa Barat", "https://b.example"),
            ("Simpul", &"x".repeat(LONGEST_NAME)),
            ("Simpul", &"x".repeat(LONGEST_OFFER)),
            ("wifi_only", "sometimes"),
            ("\"profile\":\"bintang\"", "\"profile\":{\"simple\":\"\"}"),
            ("\"profile\":\"bintang\"", "\"profile\":\"ftp\""),
        ] {
            assert!(file.contains(from));
            assert!(read_offer(&file.replacen(from, to, 1)).is_err(), "{from} → {to:.40}");
        }
        for hostile in ["", "{}", "[]", "!!", "e30", "{\"format\":\"bintang-endpoint/1\"}"] {
            assert!(read_offer(hostile).is_err(), "{hostile}");
        }
    }
}
