//! An endpoint as a person enters it: every field as it was typed, read as one.

use super::{
    Access, AccessKind, Endpoint, ExtraHeader, HeaderName, LONGEST_NAME, PhotoRule, Profile, ProfileKind, Secret, Unfit,
};
use crate::web_address::{AddressProblem, WebAddress};

/// What stands in the place of a secret that is kept.
const KEPT: &str = "••••";
/// Bytes of a kB, in which limits are typed.
const KB: u64 = 1_000;

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
    /// How it is spoken to.
    pub profile: ProfileKind,
    /// Text that stands in the answer of one that took it ([`Profile::Simple`]).
    pub mark: String,
    /// What it takes at once, in kB of 1,000 bytes; empty where nothing is known.
    pub limit: String,
    /// Further headers, `name: value`, one a line.
    pub extra: String,
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
    /// The text that stands in the answer is too long.
    pub mark: bool,
    /// The limit is no number of kB that an endpoint can have.
    pub limit: bool,
    /// A line of the further headers is none, is said twice, or keeps what belongs to another site.
    pub extra: bool,
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

/// As fields show a new one.
impl Default for Entered {
    fn default() -> Self {
        Self {
            name: String::new(),
            address: String::new(),
            kind: AccessKind::Bearer,
            access_name: String::new(),
            secret: String::new(),
            photos: PhotoRule::Now,
            profile: ProfileKind::Bintang,
            mark: String::new(),
            limit: String::new(),
            extra: String::new(),
        }
    }
}

impl Entered {
    /// As fields show an endpoint: without its secrets.
    #[must_use]
    pub fn of(endpoint: &Endpoint) -> Self {
        let access_name = match &endpoint.access {
            Access::Basic { name, .. } => name.clone(),
            Access::Header { name, .. } => name.as_str().to_owned(),
            Access::Open | Access::Bearer(_) => String::new(),
        };
        let secret_address = endpoint.profile.address_is_secret();
        let lines: Vec<String> =
            endpoint.extra.iter().map(|extra| [extra.name.as_str(), ": ", KEPT].concat()).collect();
        Self {
            name: endpoint.name.clone(),
            address: if secret_address { String::new() } else { endpoint.address.url().to_owned() },
            kind: (&endpoint.access).into(),
            access_name,
            photos: endpoint.photos,
            profile: (&endpoint.profile).into(),
            mark: if let Profile::Simple { mark } = &endpoint.profile { mark.clone() } else { String::new() },
            limit: endpoint.limit.map(|limit| (limit / KB).to_string()).unwrap_or_default(),
            extra: lines.join("\n"),
            ..Self::default()
        }
    }

    /// The endpoint that was meant; `before` is the one that is changed. Its secrets go on where none are typed, but only
    /// for the same kind of access to the same origin.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(&self, before: Option<&Endpoint>) -> Result<Endpoint, Problems> {
        let mut problems = Problems::default();
        let address = self.address(before).map_err(|problem| problems.address = Some(problem)).ok();
        let access = self.access(before, address.as_ref(), &mut problems);
        let name = self.name.trim().to_owned();
        problems.name = name.chars().count() > LONGEST_NAME;
        let limit = self.limit().map_err(|()| problems.limit = true).ok();
        let extra = self.extra(before, address.as_ref()).map_err(|()| problems.extra = true).ok();
        let (Some(address), Some(access), Some(limit), Some(extra)) = (address, access, limit, extra) else {
            return Err(problems);
        };
        // Another address is another receiver.
        let same = before.filter(|before| before.address == address);
        let endpoint = Endpoint {
            receipt_key: same.and_then(|before| before.receipt_key),
            name,
            address,
            access,
            photos: self.photos,
            profile: self.profile.profile(&self.mark),
            limit,
            extra,
        };
        match endpoint.unfit() {
            Some(Unfit::Limit) => problems.limit = true,
            Some(Unfit::Mark) => problems.mark = true,
            Some(Unfit::Extra | Unfit::SecretFollowsRedirects) => problems.extra = true,
            None => {}
        }
        if problems == Problems::default() { Ok(endpoint) } else { Err(problems) }
    }

    /// The address; one that is a secret is not shown again, and goes on where nothing is typed.
    fn address(&self, before: Option<&Endpoint>) -> Result<WebAddress, AddressProblem> {
        let kept = before.filter(|before| {
            self.address.trim().is_empty()
                && self.profile == ProfileKind::Simple
                && ProfileKind::from(&before.profile) == self.profile
        });
        kept.map_or_else(|| WebAddress::parse(&self.address), |before| Ok(before.address.clone()))
    }

    /// What it takes at once, in bytes.
    fn limit(&self) -> Result<Option<u64>, ()> {
        match self.limit.trim() {
            // What is not on the screen is not read.
            _ if self.profile == ProfileKind::Bintang => Ok(None),
            "" => Ok(None),
            text => text.parse::<u64>().map(|kb| Some(kb.saturating_mul(KB))).map_err(drop),
        }
    }

    /// The further headers; a line that shows a kept value keeps it, at the same site.
    fn extra(&self, before: Option<&Endpoint>, address: Option<&WebAddress>) -> Result<Vec<ExtraHeader>, ()> {
        if matches!(self.profile, ProfileKind::Bintang | ProfileKind::Simple) {
            return Ok(Vec::new());
        }
        let same_origin = |before: &&Endpoint| address.is_none_or(|to| to.origin() == before.address.origin());
        let before = before.filter(same_origin);
        let lines = self.extra.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').ok_or(())?;
                let name = HeaderName::parse(name).ok_or(())?;
                if value.trim() != KEPT {
                    return Ok(ExtraHeader { name, value: Secret::parse(value).ok_or(())? });
                }
                let mut kept = before.into_iter().flat_map(|before| &before.extra);
                let same = |extra: &&ExtraHeader| extra.name.as_str().eq_ignore_ascii_case(name.as_str());
                kept.find(same).cloned().ok_or(())
            })
            .collect()
    }

    fn access(
        &self,
        before: Option<&Endpoint>,
        address: Option<&WebAddress>,
        problems: &mut Problems,
    ) -> Option<Access> {
        if self.kind == AccessKind::Open || self.profile == ProfileKind::Simple {
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
            ..Entered::default()
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
            ..Problems::default()
        };
        assert_eq!(all, expected);
        let missing = problems(&entered("https://a.example", AccessKind::Bearer, "", " "), None);
        assert_eq!(missing, Problems { secret: Some(SecretProblem::Missing), ..Problems::default() });
        for name in ["", "a:b", "a\u{7}b"] {
            assert!(problems(&entered("https://a.example", AccessKind::Basic, name, "x"), None).access_name, "{name}");
        }
        assert!(entered("https://a.example", AccessKind::Open, ":", "é").read(None).is_ok());
    }
    #[test]
    fn what_belongs_to_a_profile_is_read_and_shown_again() {
        let typed = Entered {
            profile: ProfileKind::Json,
            limit: " 5000 ".into(),
            extra: "apikey: rahasia\n\nPrefer: resolution=ignore-duplicates\n".into(),
            ..entered("https://a.example/x", AccessKind::Bearer, "", "token")
        };
        let endpoint = typed.read(None).unwrap();
        assert_eq!((endpoint.limit, endpoint.extra.len(), &endpoint.profile), (Some(5_000_000), 2, &Profile::Json));
        let shown = Entered::of(&endpoint);
        assert!(!shown.extra.contains("rahasia") && shown.limit == "5000");
        assert_eq!(shown.read(Some(&endpoint)), Ok(endpoint.clone()));
        // A kept value goes to no other site, and there is none of a header that was not kept.
        let moved = Entered { address: "https://b.example/x".into(), secret: "baru".into(), ..shown.clone() };
        assert_eq!(problems(&moved, Some(&endpoint)), Problems { extra: true, ..Problems::default() });
        let other = Entered { extra: format!("X-Lain: {KEPT}"), ..shown.clone() };
        assert!(problems(&other, Some(&endpoint)).extra);
        for extra in ["tanpa titik dua", "Cookie: x", "X-Kosong:", "a: b\nA: c"] {
            assert!(problems(&Entered { extra: extra.into(), ..shown.clone() }, Some(&endpoint)).extra, "{extra}");
        }
        for limit in ["x", "-5", "1", "99999999999999999999", "9999999"] {
            assert!(problems(&Entered { limit: limit.into(), ..shown.clone() }, Some(&endpoint)).limit, "{limit}");
        }
    }

    #[test]
    fn an_address_that_is_a_secret_is_not_shown_and_goes_on() {
        let simple = Entered {
            profile: ProfileKind::Simple,
            extra: "apikey: rahasia".into(),
            mark: " diterima ".into(),
            ..entered("https://a.example/exec/rahasia", AccessKind::Bearer, "", "token")
        };
        let endpoint = simple.read(None).unwrap();
        assert_eq!(endpoint.profile, Profile::Simple { mark: "diterima".into() });
        assert!(endpoint.access == Access::Open && endpoint.extra.is_empty());
        assert_eq!((endpoint.shown_address(), Entered::of(&endpoint).address.as_str()), ("https://a.example", ""));
        assert_eq!(Entered::of(&endpoint).read(Some(&endpoint)), Ok(endpoint.clone()));
        // To be spoken to in another way it must be typed.
        let json = Entered { profile: ProfileKind::Json, kind: AccessKind::Open, ..Entered::of(&endpoint) };
        assert_eq!(problems(&json, Some(&endpoint)).address, Some(AddressProblem::Empty));
        assert_eq!(problems(&Entered::of(&endpoint), None).address, Some(AddressProblem::Empty));
    }
}
