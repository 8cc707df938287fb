//! Where finished assessments go, and what belongs to each place (docs/adr/0015).

mod access;
mod entered;
mod kinds;
mod profile;

use crate::{es256::KeyName, web_address::WebAddress};
pub use access::{Access, HeaderName, Secret};
pub(crate) use entered::is_user;
pub use entered::{Entered, Problems, SecretProblem};
pub use kinds::{AccessKind, ProfileKind};
pub use profile::{ExtraHeader, LARGEST_LIMIT, LONGEST_MARK, MOST_EXTRA, Profile, SMALLEST_LIMIT, Unfit};

/// Longest name of an endpoint, and longest user name and name of a header, in characters.
pub const LONGEST_NAME: usize = 80;
/// Longest secret in bytes: what servers take of one header is 8 kB in all.
pub const LONGEST_SECRET: usize = 4_096;
/// Most endpoints that a phone keeps.
pub const MOST: usize = 20;

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
    /// How it is spoken to.
    pub profile: Profile,
    /// Bytes that it takes at once, where that is known.
    pub limit: Option<u64>,
    /// Headers that it wants beside those of the contract.
    pub extra: Vec<ExtraHeader>,
    /// The key that signs its receipts, where that is known (docs/adr/0018).
    pub receipt_key: Option<KeyName>,
}

impl Endpoint {
    /// One of which only the address is known.
    #[must_use]
    pub fn at(address: WebAddress) -> Self {
        Self {
            name: String::new(),
            address,
            access: Access::Open,
            photos: PhotoRule::Now,
            profile: Profile::Bintang,
            limit: None,
            extra: Vec::new(),
            receipt_key: None,
        }
    }

    /// Its address as people may see it: of one whose address is a secret, the site alone.
    #[must_use]
    pub fn shown_address(&self) -> &str {
        if self.profile.address_is_secret() { self.address.origin() } else { self.address.url() }
    }

    /// The headers that go with each request: who sends, and what the endpoint wants beside that.
    pub fn headers(&self) -> impl Iterator<Item = (String, String)> {
        let extra = self.extra.iter().map(|extra| (extra.name.as_str().to_owned(), extra.value.expose().to_owned()));
        self.access.header().into_iter().chain(extra)
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
