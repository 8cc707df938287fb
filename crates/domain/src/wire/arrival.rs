//! What other apps have handed over, and the app's service worker keeps until a person has put it somewhere
//! (docs/adr/0021).

use super::{
    form::{Form, object},
    json,
};

/// A file that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// What it is asked for by: letters, digits and hyphens.
    pub key: String,
    /// Its name, as the other app gave it.
    pub name: String,
    /// Its type, as the other app gave it; may be empty.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A photo.
    Photo,
    /// A file of the app.
    Bundle,
    /// Something else.
    Other,
}

object! { Arrival { key, name, media_type, size } }
object! { Arrivals { failed, files } }

impl Arrival {
    /// What it is for: by its type if it is a picture, else by its name.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.media_type.starts_with("image/") {
            return Kind::Photo;
        }
        let name = self.name.to_lowercase();
        if [".bintang", ".zip"].iter().any(|ending| name.ends_with(ending)) { Kind::Bundle } else { Kind::Other }
    }

    /// Whether its key leads nowhere else.
    fn is_sound(&self) -> bool {
        !self.key.is_empty() && self.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    }
}

/// All that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Whether something was handed over that could not be kept.
    pub failed: bool,
    /// What could, oldest first.
    pub files: Vec<Arrival>,
}

impl Arrivals {
    /// Reads the service worker's list, without files whose key leads elsewhere; nothing waits where it is no list.
    #[must_use]
    pub fn read(text: &[u8]) -> Self {
        let read = json::read(text).ok().and_then(|value| <Self as Form>::read(&value).ok());
        let mut all = read.unwrap_or_default();
        all.files.retain(Arrival::is_sound);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, media_type: &str) -> Kind {
        Arrival { key: "1".into(), name: name.into(), media_type: media_type.into(), size: 1 }.kind()
    }

    #[test]
    fn a_picture_is_known_by_its_type_and_a_bundle_by_its_name() {
        assert_eq!(kind("a.bintang", "image/png"), Kind::Photo);
        assert_eq!(kind("Cadangan.BINTANG", "application/octet-stream"), Kind::Bundle);
        assert_eq!(kind("surat.pdf", "application/pdf"), Kind::Other);
        assert_eq!(kind("gambar.png", ""), Kind::Other);
    }

    #[test]
    fn no_key_leads_out_of_the_folder() {
        for key in ["", "../x", "a/b", "a?b", "%2e"] {
            let text = format!(r#"{{"failed":true,"files":[{{"key":"{key}","name":"","media_type":"","size":1}}]}}"#);
            assert_eq!(Arrivals::read(text.as_bytes()), Arrivals { failed: true, files: Vec::new() }, "{key}");
        }
        let text = r#"{"failed":false,"files":[{"key":"1764300000000-00-9c1e","name":"a","media_type":"","size":1}]}"#;
        assert_eq!(Arrivals::read(text.as_bytes()).files.len(), 1);
    }

    #[test]
    fn what_is_no_list_is_nothing() {
        for text in ["", "null", "<!doctype html>", "[]", r#"{"files":[{}]}"#] {
            assert_eq!(Arrivals::read(text.as_bytes()), Arrivals::default(), "{text}");
        }
    }
}
