//! An endpoint as a person enters it: every field as it was typed, read as one.

use super::{Access, Endpoint, HeaderName, LONGEST_NAME, PhotoRule, Secret};
use crate::web_address::{AddressProblem, WebAddress};

/// Kinds of [`Access`], as they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessKind {
    /// None.
    Open,
    /// A bearer token.
    Bearer,
    /// A name and a password.
    Basic,
    /// A header of its own.
    Header,
}

impl AccessKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Bearer, Self::Open, Self::Basic, Self::Header];
}

impl From<&Access> for AccessKind {
    fn from(access: &Access) -> Self {
        match access {
            Access::Open => Self::Open,
            Access::Bearer(_) => Self::Bearer,
            Access::Basic { .. } => Self::Basic,
            Access::Header { .. } => Self::Header,
        }
    }
}

/// What was typed.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_debug_implementations, reason = "it holds a secret as it is typed")]
pub struct Entered {
    /// What people call it.
    pub name: String,
    /// The address.
    pub address: String,
    /// The kind of access.
    pub kind: AccessKind,
    /// The user, or the name of the header.
    pub access_name: String,
    /// The secret; empty where the one that is kept goes on.
    pub secret: String,
    /// When photos are sent.
    pub photos: PhotoRule,
}

/// What is wrong with it, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Problems {
    /// The name is longer than [`LONGEST_NAME`].
    pub name: bool,
    /// The address.
    pub address: Option<AddressProblem>,
    /// The user's name, or the header's.
    pub access_name: bool,
    /// The secret.
    pub secret: Option<SecretProblem>,
}

/// What is wrong with a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretProblem {
    /// Nothing typed, and nothing kept.
    Missing,
    /// Nothing typed, and what is kept belongs to another site or to another kind of access: it never goes along.
    Elsewhere,
    /// Letters that no header can hold.
    Unfit,
}

impl Entered {
    /// As fields show an endpoint: without its secret.
    #[must_use]
    pub fn of(endpoint: &Endpoint) -> Self {
        let access_name = match &endpoint.access {
            Access::Basic { name, .. } => name.clone(),
            Access::Header { name, .. } => name.as_str().to_owned(),
            Access::Open | Access::Bearer(_) => String::new(),
        };
        Self {
            name: endpoint.name.clone(),
            address: endpoint.address.url().to_owned(),
            kind: (&endpoint.access).into(),
            access_name,
            secret: String::new(),
            photos: endpoint.photos,
        }
    }

    /// The endpoint that was meant; `before` is the one that is changed. Its secret goes on where none is typed, but only
    /// for the same kind of access to the same origin.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(&self, before: Option<&Endpoint>) -> Result<Endpoint, Problems> {
        let mut problems = Problems::default();
        let address = WebAddress::parse(&self.address).map_err(|problem| problems.address = Some(problem)).ok();
        let access = self.access(before, address.as_ref(), &mut problems);
        let name = self.name.trim().to_owned();
        problems.name = name.chars().count() > LONGEST_NAME;
        match (address, access) {
            (Some(address), Some(access)) if !problems.name => {
                Ok(Endpoint { name, address, access, photos: self.photos })
            }
            _ => Err(problems),
        }
    }

    fn access(
        &self,
        before: Option<&Endpoint>,
        address: Option<&WebAddress>,
        problems: &mut Problems,
    ) -> Option<Access> {
        if self.kind == AccessKind::Open {
            return Some(Access::Open);
        }
        let secret = self.secret(before, address).map_err(|problem| problems.secret = Some(problem)).ok();
        let typed = self.access_name.trim();
        match self.kind {
            AccessKind::Open => Some(Access::Open),
            AccessKind::Bearer => secret.map(Access::Bearer),
            AccessKind::Basic => {
                problems.access_name = !is_user(typed);
                let password = secret.filter(|_| !problems.access_name)?;
                Some(Access::Basic { name: typed.to_owned(), password })
            }
            AccessKind::Header => {
                let name = HeaderName::parse(typed);
                problems.access_name = name.is_none();
                Some(Access::Header { name: name?, value: secret? })
            }
        }
    }

    fn secret(&self, before: Option<&Endpoint>, address: Option<&WebAddress>) -> Result<Secret, SecretProblem> {
        if !self.secret.trim().is_empty() {
            let basic = self.kind == AccessKind::Basic;
            let secret = if basic { Secret::password(&self.secret) } else { Secret::parse(&self.secret) };
            return secret.ok_or(SecretProblem::Unfit);
        }
        let Some(before) = before else { return Err(SecretProblem::Missing) };
        let kept = match &before.access {
            Access::Open => return Err(SecretProblem::Missing),
            Access::Bearer(secret) | Access::Basic { password: secret, .. } | Access::Header { value: secret, .. } => {
                secret
            }
        };
        let same_kind = AccessKind::from(&before.access) == self.kind;
        let same_origin = address.is_none_or(|address| address.origin() == before.address.origin());
        if same_kind && same_origin { Ok(kept.clone()) } else { Err(SecretProblem::Elsewhere) }
    }
}

/// Whether this can be the name of a user: a colon would end it (RFC 7617, section 2).
pub(crate) fn is_user(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(|c| c == ':' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(address: &str, kind: AccessKind, access_name: &str, secret: &str) -> Entered {
        Entered {
            name: " Simpul ".into(),
            address: address.into(),
            kind,
            access_name: access_name.into(),
            secret: secret.into(),
            photos: PhotoRule::Now,
        }
    }

    fn problems(entered: &Entered, before: Option<&Endpoint>) -> Problems {
        entered.read(before).unwrap_err()
    }

    #[test]
    fn what_is_typed_is_read_and_shown_again_without_its_secret() {
        let typed = entered("https://a.example/masuk", AccessKind::Basic, " petugas ", "rahasia");
        let endpoint = typed.read(None).unwrap();
        assert_eq!((endpoint.name.as_str(), endpoint.address.url()), ("Simpul", "https://a.example/masuk"));
        let shown = Entered::of(&endpoint);
        assert_eq!((shown.access_name.as_str(), shown.secret.as_str()), ("petugas", ""));
        assert_eq!(shown.read(Some(&endpoint)), Ok(endpoint));
    }

    #[test]
    fn a_secret_never_goes_along_to_another_site_or_another_kind() {
        let kept = entered("https://a.example/x", AccessKind::Bearer, "", "rahasia").read(None).unwrap();
        let moved = entered("https://a.example/y", AccessKind::Bearer, "", "").read(Some(&kept)).unwrap();
        assert_eq!(moved.access, kept.access);
        for (address, kind) in [
            ("https://b.example/x", AccessKind::Bearer),
            ("https://a.example:8443/x", AccessKind::Bearer),
            ("http://localhost/x", AccessKind::Bearer),
            ("https://a.example/x", AccessKind::Basic),
        ] {
            let other = problems(&entered(address, kind, "petugas", ""), Some(&kept));
            assert_eq!(other.secret, Some(SecretProblem::Elsewhere), "{address} {kind:?}");
        }
        // Typed anew it goes there: that is a person's act.
        assert!(entered("https://b.example/x", AccessKind::Bearer, "", "baru").read(Some(&kept)).is_ok());
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let name = "x".repeat(LONGEST_NAME + 1);
        let all = Entered { name, ..entered("http://a.example", AccessKind::Header, "Cookie", "é") };
        let all = problems(&all, None);
        let expected = Problems {
            name: true,
            address: Some(AddressProblem::NotEncrypted),
            access_name: true,
            secret: Some(SecretProblem::Unfit),
        };
        assert_eq!(all, expected);
        let missing = problems(&entered("https://a.example", AccessKind::Bearer, "", " "), None);
        assert_eq!(missing, Problems { secret: Some(SecretProblem::Missing), ..Problems::default() });
        for name in ["", "a:b", "a\u{7}b"] {
            assert!(problems(&entered("https://a.example", AccessKind::Basic, name, "x"), None).access_name, "{name}");
        }
        assert!(entered("https://a.example", AccessKind::Open, ":", "é").read(None).is_ok());
    }
}
