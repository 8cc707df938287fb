//! How a request says who sends it.

use super::{LONGEST_NAME, LONGEST_SECRET};
use crate::base64;
use std::fmt;

/// Something that nobody may see: it shows itself as dots, wherever it is written by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Checks a secret as it is typed or pasted; white space around it is dropped. `None` where nothing is left, where it
    /// is longer than [`LONGEST_SECRET`], or where it holds what a header cannot (RFC 9110, section 5.5): anything but
    /// visible letters of ASCII, and spaces.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.len() <= LONGEST_SECRET;
        (fits && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())).then(|| Self(text.to_owned()))
    }

    /// Checks a password, which travels as base64 (RFC 7617, section 2): any letters but control characters, and spaces are
    /// its own.
    #[must_use]
    pub fn password(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.len() <= LONGEST_SECRET && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// Stands where a record's secret could not be read.
    pub(crate) const fn placeholder() -> Self {
        Self(String::new())
    }

    /// The secret itself, for the header of a request alone.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The name of a header that an endpoint wants its secret in: letters, digits, hyphens and low lines, and none that says something
/// else (RFC 9110, section 5.1; Fetch, "forbidden request-header").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderName(String);

/// Headers that the contract or the browser sets itself.
const TAKEN: [&str; 27] = [
    "accept-charset",
    "accept-encoding",
    "connection",
    "content-digest",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "idempotency-key",
    "if-none-match",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-http-method",
    "x-http-method-override",
];

impl HeaderName {
    /// Checks a name as it is typed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let small = text.to_ascii_lowercase();
        let plain =
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let free = !TAKEN.contains(&small.as_str())
            && !["sec-", "proxy-", "access-control-"].iter().any(|begin| small.starts_with(begin));
        (plain && free && text.len() <= LONGEST_NAME).then(|| Self(text.to_owned()))
    }

    /// Stands where a record's name could not be read.
    pub(crate) const fn placeholder() -> Self {
        Self(String::new())
    }

    /// The name as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a request says who sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Not at all.
    Open,
    /// `Authorization: Bearer …` (RFC 6750, section 2.1).
    Bearer(Secret),
    /// `Authorization: Basic …` (RFC 7617): a name without a colon, and a password.
    Basic {
        /// The name.
        name: String,
        /// The password.
        password: Secret,
    },
    /// A header of its own.
    Header {
        /// Its name.
        name: HeaderName,
        /// Its value.
        value: Secret,
    },
}

impl Access {
    /// Name and value of the header that says who sends; `None` where nobody does.
    #[must_use]
    pub fn header(&self) -> Option<(String, String)> {
        let authorization = |value: String| Some(("Authorization".to_owned(), value));
        match self {
            Self::Open => None,
            Self::Bearer(secret) => authorization(["Bearer ", secret.expose()].concat()),
            Self::Basic { name, password } => {
                let pair = [name, ":", password.expose()].concat();
                authorization(["Basic ", &base64::write(pair.as_bytes())].concat())
            }
            Self::Header { name, value } => Some((name.as_str().to_owned(), value.expose().to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_itself_as_dots_and_fits_a_header() {
        let secret = Secret::parse("  bintang_abc DEF= \n").unwrap();
        assert_eq!(secret.expose(), "bintang_abc DEF=");
        let access = [
            Access::Bearer(secret.clone()),
            Access::Basic { name: "petugas".into(), password: secret.clone() },
            Access::Header { name: HeaderName::parse("X-Api-Key").unwrap(), value: secret },
        ];
        assert!(!format!("{access:?}").contains("abc"));
        for wrong in ["", "  ", "a\nb", "kunci é", "a\tb"] {
            assert_eq!(Secret::parse(wrong), None, "{wrong:?}");
        }
        assert!(Secret::password(" sandi é ").is_some_and(|secret| secret.expose() == " sandi é "));
        assert!(Secret::password("").is_none() && Secret::password("a\nb").is_none());
        assert_eq!(Secret::parse(&"a".repeat(LONGEST_SECRET + 1)), None);
    }

    #[test]
    fn a_name_and_its_password_travel_as_the_rfc_says() {
        // RFC 7617, section 2.
        let (name, password) = ("Aladdin".to_owned(), Secret::password("open sesame").unwrap());
        let header = Access::Basic { name, password }.header();
        assert_eq!(header, Some(("Authorization".into(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".into())));
        assert_eq!(Access::Open.header(), None);
    }

    #[test]
    fn a_header_says_nothing_else() {
        assert!(HeaderName::parse(" X-Api-Key ").is_some_and(|name| name.as_str() == "X-Api-Key"));
        assert!(HeaderName::parse("api_key").is_some());
        for wrong in [
            "",
            "X Api",
            "Content-Type",
            "cookie",
            "Sec-Fetch-Mode",
            "TE",
            "X-HTTP-Method",
            "Proxy-Authorization",
            "a:b",
            "é",
        ] {
            assert_eq!(HeaderName::parse(wrong), None, "{wrong:?}");
        }
    }
}
