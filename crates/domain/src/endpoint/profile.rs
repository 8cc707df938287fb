//! How endpoints are spoken to (upload contract, section 2), and what belongs to each way.

use super::{Access, Endpoint, HeaderName, Secret};

/// Most headers that an endpoint wants beside those of the contract.
pub const MOST_EXTRA: usize = 10;
/// Smallest limit in bytes: below it hardly an assessment fits without its photos.
pub const SMALLEST_LIMIT: u64 = 64_000;
/// Largest limit in bytes: beyond it there is none.
pub const LARGEST_LIMIT: u64 = 1_000_000_000;
/// Longest text by which an answer is known, in characters.
pub const LONGEST_MARK: usize = 200;

/// A way to speak to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// The document, then each file in pieces, proved by receipts: our receiver, or one that follows section 3.
    Bintang,
    /// Forms with files (RFC 7578), for PHP and form handlers: the document and a group of files at a time.
    Multipart,
    /// One JSON document with the files in it, for webhooks and tables.
    Json,
    /// The same as plain text, for hosts that answer no question beforehand (Fetch, "CORS-preflight request"). Redirects
    /// are followed, so nothing says who sends, and the address is a secret.
    Simple {
        /// A text that stands in the answer of one that took it; empty where there is none.
        mark: String,
    },
    /// Files of their own, read back, for WebDAV and stores that speak like it.
    Put {
        /// Saves data: only the document is read back, which proves nothing of the photos.
        thrifty: bool,
    },
}

impl Profile {
    /// Whether everything goes in one request, so that what waits for Wi-Fi waits as a whole.
    #[must_use]
    pub const fn is_one_request(&self) -> bool {
        matches!(self, Self::Json | Self::Simple { .. })
    }

    /// Whether whoever knows the address may send.
    #[must_use]
    pub const fn address_is_secret(&self) -> bool {
        matches!(self, Self::Simple { .. })
    }
}

/// A header that an endpoint wants beside those of the contract; its value may be a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraHeader {
    /// Its name.
    pub name: HeaderName,
    /// Its value.
    pub value: Secret,
}

/// What does not go together in an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Something says who sends, to one whose redirects are followed to wherever they lead.
    SecretFollowsRedirects,
    /// A limit below [`SMALLEST_LIMIT`] or above [`LARGEST_LIMIT`].
    Limit,
    /// A mark that is longer than [`LONGEST_MARK`].
    Mark,
    /// More headers than [`MOST_EXTRA`], or two of one name.
    Extra,
}

impl Endpoint {
    /// What does not go together, if anything.
    #[must_use]
    pub fn unfit(&self) -> Option<Unfit> {
        let same = |one: &HeaderName, other: &HeaderName| one.as_str().eq_ignore_ascii_case(other.as_str());
        let access = match &self.access {
            Access::Header { name, .. } => Some(name),
            _ => None,
        };
        let authorization = |name: &HeaderName| {
            matches!(self.access, Access::Bearer(_) | Access::Basic { .. })
                && name.as_str().eq_ignore_ascii_case("authorization")
        };
        let twice = self.extra.iter().enumerate().any(|(place, ExtraHeader { name, .. })| {
            let before = self.extra.iter().take(place).map(|extra| &extra.name);
            authorization(name) || before.chain(access).any(|other| same(other, name))
        });
        let quiet = self.access == Access::Open && self.extra.is_empty();
        match &self.profile {
            Profile::Simple { .. } if !quiet => Some(Unfit::SecretFollowsRedirects),
            Profile::Simple { mark } if mark.chars().count() > LONGEST_MARK => Some(Unfit::Mark),
            _ if twice || self.extra.len() > MOST_EXTRA => Some(Unfit::Extra),
            _ if self.limit.is_some_and(|limit| !(SMALLEST_LIMIT..=LARGEST_LIMIT).contains(&limit)) => {
                Some(Unfit::Limit)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web_address::WebAddress;

    fn with(profile: Profile, access: Access, extra: &[&str], limit: Option<u64>) -> Option<Unfit> {
        let value = Secret::parse("rahasia").unwrap();
        let extra =
            extra.iter().map(|name| ExtraHeader { name: HeaderName::parse(name).unwrap(), value: value.clone() });
        let address = WebAddress::parse("https://a.example/x").unwrap();
        Endpoint { profile, access, limit, extra: extra.collect(), ..Endpoint::at(address) }.unfit()
    }

    #[test]
    fn nothing_that_says_who_sends_follows_a_redirect() {
        let simple = || Profile::Simple { mark: String::new() };
        let token = || Access::Bearer(Secret::parse("rahasia").unwrap());
        assert_eq!(with(simple(), Access::Open, &[], None), None);
        assert_eq!(with(simple(), token(), &[], None), Some(Unfit::SecretFollowsRedirects));
        assert_eq!(with(simple(), Access::Open, &["apikey"], None), Some(Unfit::SecretFollowsRedirects));
        assert_eq!(with(Profile::Json, token(), &["apikey"], None), None);
        let long = Profile::Simple { mark: "x".repeat(LONGEST_MARK + 1) };
        assert_eq!(with(long, Access::Open, &[], None), Some(Unfit::Mark));
    }

    #[test]
    fn each_header_is_said_once() {
        let token = || Access::Bearer(Secret::parse("rahasia").unwrap());
        assert_eq!(with(Profile::Json, Access::Open, &["Prefer", "prefer"], None), Some(Unfit::Extra));
        assert_eq!(with(Profile::Json, token(), &["Authorization"], None), Some(Unfit::Extra));
        let own = Access::Header { name: HeaderName::parse("apikey").unwrap(), value: Secret::parse("x").unwrap() };
        assert_eq!(with(Profile::Json, own, &["ApiKey"], None), Some(Unfit::Extra));
        let many: Vec<String> = (0..=MOST_EXTRA).map(|n| format!("X-{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(with(Profile::Json, Access::Open, &many, None), Some(Unfit::Extra));
        assert_eq!(with(Profile::Json, Access::Open, &many[1..], None), None);
    }

    #[test]
    fn a_limit_leaves_room_for_an_assessment() {
        for (limit, unfit) in [
            (Some(SMALLEST_LIMIT - 1), Some(Unfit::Limit)),
            (Some(SMALLEST_LIMIT), None),
            (Some(LARGEST_LIMIT + 1), Some(Unfit::Limit)),
            (None, None),
        ] {
            assert_eq!(with(Profile::Multipart, Access::Open, &[], limit), unfit, "{limit:?}");
        }
    }
}
