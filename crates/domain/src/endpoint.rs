//! Where finished assessments go, and what belongs to each place (docs/adr/0015).

mod entered;

use crate::{base64, web_address::WebAddress};
pub(crate) use entered::is_user;
pub use entered::{AccessKind, Entered, Problems, SecretProblem};
use std::fmt;

/// Longest name of an endpoint, and longest user name and name of a header, in characters.
pub const LONGEST_NAME: usize = 80;
/// Longest secret in bytes: what servers take of one header is 8 kB in all.
pub const LONGEST_SECRET: usize = 4_096;
/// Most endpoints that a phone keeps.
pub const MOST: usize = 20;

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
const TAKEN: [&str; 26] = [
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

/// When photos are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoRule {
    /// With the assessment.
    Now,
    /// When the phone is on Wi-Fi, or when a person asks for it.
    WifiOnly,
    /// Not at all: they stay on the phone.
    Never,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What people call it; empty where they gave it no name.
    pub name: String,
    /// Where it is. No other endpoint has the same.
    pub address: WebAddress,
    /// How a request says who sends it.
    pub access: Access,
    /// When photos are sent.
    pub photos: PhotoRule,
}

impl Endpoint {
    /// One of which only the address is known.
    #[must_use]
    pub fn at(address: WebAddress) -> Self {
        Self { name: String::new(), address, access: Access::Open, photos: PhotoRule::Now }
    }

    /// What people read: the name, else the origin.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.name.is_empty() { self.address.origin() } else { &self.name }
    }
}

/// All endpoints of a phone, in the order they were added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Endpoints {
    /// Them.
    all: Vec<Endpoint>,
    /// The one that new assessments are bound to.
    chosen: Option<WebAddress>,
}

/// Why an endpoint is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointRefused {
    /// What was typed is not one.
    Unfit(Problems),
    /// Another one has this address.
    Known,
    /// There are [`MOST`] already.
    TooMany,
}

impl Endpoints {
    /// These, of which the one at `chosen` is chosen; the first where none is at that address. Of two with one address the
    /// first counts.
    #[must_use]
    pub fn new(all: Vec<Endpoint>, chosen: Option<WebAddress>) -> Self {
        let mut endpoints = Self::default();
        for endpoint in all {
            // What cannot be added was not written by this code.
            let _ = endpoints.keep(None, endpoint);
        }
        if let Some(address) = chosen {
            endpoints.choose(&address);
        }
        endpoints
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Endpoint] {
        &self.all
    }

    /// The one that new assessments are bound to.
    #[must_use]
    pub fn chosen(&self) -> Option<&Endpoint> {
        self.of(self.chosen.as_ref()?)
    }

    /// The one at this address.
    #[must_use]
    pub fn of(&self, address: &WebAddress) -> Option<&Endpoint> {
        self.all.iter().find(|endpoint| endpoint.address == *address)
    }

    /// Keeps an endpoint in the place of the one at `before`, or as a new one; the first one is chosen.
    ///
    /// # Errors
    /// [`EndpointRefused`]; nothing was changed then.
    pub fn keep(&mut self, before: Option<&WebAddress>, endpoint: Endpoint) -> Result<(), EndpointRefused> {
        let address = endpoint.address.clone();
        let place = before.and_then(|before| self.all.iter().position(|other| other.address == *before));
        let known = self.all.iter().position(|other| other.address == address);
        if known.is_some() && known != place {
            return Err(EndpointRefused::Known);
        }
        let full = self.all.len() >= MOST;
        match place.and_then(|place| self.all.get_mut(place)) {
            Some(old) => {
                if self.chosen.as_ref() == Some(&old.address) {
                    self.chosen = Some(address);
                }
                *old = endpoint;
            }
            None if full => return Err(EndpointRefused::TooMany),
            None => {
                self.all.push(endpoint);
                self.chosen.get_or_insert(address);
            }
        }
        Ok(())
    }

    /// From now on new assessments go there; nothing happens where none is at that address.
    pub fn choose(&mut self, address: &WebAddress) {
        if self.of(address).is_some() {
            self.chosen = Some(address.clone());
        }
    }

    /// Takes one away; where it was the chosen one, the first of the others is chosen.
    pub fn remove(&mut self, address: &WebAddress) {
        self.all.retain(|endpoint| endpoint.address != *address);
        if self.chosen.as_ref() == Some(address) {
            self.chosen = self.all.first().map(|endpoint| endpoint.address.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address(text: &str) -> WebAddress {
        WebAddress::parse(text).unwrap()
    }

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

    #[test]
    fn an_address_belongs_to_one() {
        let (a, b) = (address("https://a.example/x"), address("https://b.example/x"));
        let mut endpoints = Endpoints::default();
        assert_eq!(endpoints.keep(None, Endpoint::at(a.clone())), Ok(()));
        assert_eq!(endpoints.keep(None, Endpoint::at(b.clone())), Ok(()));
        assert_eq!(endpoints.chosen().map(|endpoint| &endpoint.address), Some(&a));
        assert_eq!(endpoints.keep(None, Endpoint::at(a.clone())), Err(EndpointRefused::Known));
        assert_eq!(endpoints.keep(Some(&a), Endpoint::at(b.clone())), Err(EndpointRefused::Known));
        let named = Endpoint { name: "Simpul".into(), ..Endpoint::at(a.clone()) };
        assert_eq!(endpoints.keep(Some(&a), named), Ok(()));
        assert_eq!(endpoints.chosen().map(Endpoint::title), Some("Simpul"));
        // The chosen one stays the chosen one at its new address.
        let c = address("https://c.example/x");
        assert_eq!(endpoints.keep(Some(&a), Endpoint::at(c.clone())), Ok(()));
        assert_eq!(endpoints.chosen().map(Endpoint::title), Some("https://c.example"));
        endpoints.remove(&c);
        assert_eq!(endpoints.chosen().map(|endpoint| &endpoint.address), Some(&b));
        endpoints.remove(&b);
        assert_eq!(endpoints, Endpoints::default());
    }

    proptest! {
        #[test]
        fn whatever_is_done_one_is_chosen_if_there_is_one(
            steps in proptest::collection::vec((0u8..3, 0usize..4, 0usize..4), 0..30),
        ) {
            let places: Vec<WebAddress> = (0..4).map(|n| address(&format!("https://{n}.example/"))).collect();
            let mut endpoints = Endpoints::default();
            for (what, one, other) in steps {
                match what {
                    0 => drop(endpoints.keep(Some(&places[one]), Endpoint::at(places[other].clone()))),
                    1 => endpoints.choose(&places[one]),
                    _ => endpoints.remove(&places[one]),
                }
                prop_assert_eq!(endpoints.chosen().is_some(), !endpoints.all().is_empty());
                for place in &places {
                    prop_assert!(endpoints.all().iter().filter(|known| known.address == *place).count() <= 1);
                }
            }
        }
    }
}
