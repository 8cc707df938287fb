//! Addresses of the web that people type, scan or follow.

use std::fmt;

/// A checked address. Plain http only on this very machine (upload contract, section 2).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebAddress {
    url: String,
    origin_length: usize,
}

/// Why a text is no usable address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// Nothing typed.
    Empty,
    /// Not an http or https address.
    NotAnAddress,
    /// http to another machine: anyone on the way could read and change it.
    NotEncrypted,
    /// A name and password, a query or a fragment in the address: secrets would end in logs.
    NotPlain,
}

impl fmt::Display for AddressProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no address",
            Self::NotAnAddress => "not an address that begins with https://",
            Self::NotEncrypted => "plain http is allowed only for localhost and 127.0.0.1",
            Self::NotPlain => "an address must not hold a password, a query or a fragment",
        })
    }
}

impl WebAddress {
    /// Checks an address as a person types it; white space around it is dropped, the scheme and
    /// host are small letters from now on (RFC 3986, section 6.2.2.1). A slash at its end stays: a folder of a web host
    /// answers without it by a redirect, which is never followed.
    ///
    /// # Errors
    /// The first [`AddressProblem`].
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressProblem::Empty);
        }
        if text.contains(['?', '#', '@']) {
            return Err(AddressProblem::NotPlain);
        }
        let (scheme, rest) = text.split_once(':').ok_or(AddressProblem::NotAnAddress)?;
        let rest = rest.strip_prefix("//").ok_or(AddressProblem::NotAnAddress)?;
        let scheme = scheme.to_ascii_lowercase();
        let authority = rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let path = rest.get(authority.len()..).unwrap_or_default();
        let host = authority.rsplit_once(':').map_or(authority.as_str(), |(host, _)| host);
        let port_ok = authority
            .rsplit_once(':')
            .is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
        let host_ok = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
        if !host_ok || !port_ok || !rest.bytes().all(|b| b.is_ascii_graphic()) || rest.contains(['\\', '"', '<', '>']) {
            return Err(AddressProblem::NotAnAddress);
        }
        match scheme.as_str() {
            "https" => {}
            "http" if matches!(host, "localhost" | "127.0.0.1") => {}
            "http" => return Err(AddressProblem::NotEncrypted),
            _ => return Err(AddressProblem::NotAnAddress),
        }
        let origin = [scheme.as_str(), "://", &authority].concat();
        Ok(Self { origin_length: origin.len(), url: origin + path })
    }

    /// Stands where a record's address could not be read.
    pub(crate) const fn placeholder() -> Self {
        Self { url: String::new(), origin_length: 0 }
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// An address below it.
    #[must_use]
    pub fn below(&self, path: &str) -> String {
        [self.url.trim_end_matches('/'), "/", path].concat()
    }

    /// Scheme, host and port: all of an address that a log may hold.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.url.get(..self.origin_length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_or_own_machine() {
        let parse = |text| WebAddress::parse(text).map(|e| (e.url().to_owned(), e.origin().to_owned()));
        assert_eq!(
            parse(" https://ovop.example.id/masuk/ "),
            Ok(("https://ovop.example.id/masuk/".into(), "https://ovop.example.id".into()))
        );
        assert_eq!(
            parse("HTTPS://Ovop.Example.id/Masuk"),
            Ok(("https://ovop.example.id/Masuk".into(), "https://ovop.example.id".into()))
        );
        assert_eq!(
            parse("http://localhost:8081/a"),
            Ok(("http://localhost:8081/a".into(), "http://localhost:8081".into()))
        );
        assert_eq!(parse("http://ovop.example.id"), Err(AddressProblem::NotEncrypted));
        assert_eq!(parse("http://localhost.example.id"), Err(AddressProblem::NotEncrypted));
        assert_eq!(parse("https://a:b@example.id"), Err(AddressProblem::NotPlain));
        assert_eq!(parse("https://example.id/?token=1"), Err(AddressProblem::NotPlain));
        assert_eq!(parse("javascript:alert(1)"), Err(AddressProblem::NotAnAddress));
        assert_eq!(parse("https:///x"), Err(AddressProblem::NotAnAddress));
        assert_eq!(parse("https://a:99999/x"), Err(AddressProblem::NotAnAddress));
        assert_eq!(parse("https://a:+443/x"), Err(AddressProblem::NotAnAddress));
        assert_eq!(parse("  "), Err(AddressProblem::Empty));
    }
}
