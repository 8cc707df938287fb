//! What is chosen of an endpoint from a list, as it is offered.

use super::{Access, Profile};

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

/// Ways to speak to an endpoint, as they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// [`Profile::Bintang`].
    Bintang,
    /// [`Profile::Multipart`].
    Multipart,
    /// [`Profile::Json`].
    Json,
    /// [`Profile::Simple`].
    Simple,
    /// [`Profile::Put`] with everything read back.
    Put,
    /// [`Profile::Put`] that saves data.
    PutThrifty,
}

impl ProfileKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Bintang, Self::Multipart, Self::Json, Self::Simple, Self::Put, Self::PutThrifty];

    /// Its word, in fields and as an argument.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bintang => "bintang",
            Self::Multipart => "multipart",
            Self::Json => "json",
            Self::Simple => "simple",
            Self::Put => "put",
            Self::PutThrifty => "put-thrifty",
        }
    }

    /// The profile; `mark` is for a simple endpoint alone.
    #[must_use]
    pub fn profile(self, mark: &str) -> Profile {
        match self {
            Self::Bintang => Profile::Bintang,
            Self::Multipart => Profile::Multipart,
            Self::Json => Profile::Json,
            Self::Simple => Profile::Simple { mark: mark.trim().to_owned() },
            Self::Put => Profile::Put { thrifty: false },
            Self::PutThrifty => Profile::Put { thrifty: true },
        }
    }
}

impl From<&Profile> for ProfileKind {
    fn from(profile: &Profile) -> Self {
        match profile {
            Profile::Bintang => Self::Bintang,
            Profile::Multipart => Self::Multipart,
            Profile::Json => Self::Json,
            Profile::Simple { .. } => Self::Simple,
            Profile::Put { thrifty: false } => Self::Put,
            Profile::Put { thrifty: true } => Self::PutThrifty,
        }
    }
}
