//! What a receiver knows of whoever signed (docs/adr/0018).

use crate::es256::holds;
use bintang_domain::es256::{KeyName, Said};

/// Whose signature stands under something that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// It is not signed.
    Nobody,
    /// There is a signature, and it does not hold.
    Invalid,
    /// This key's, and it holds.
    Key(KeyName),
}

impl Signer {
    /// Of what a document says of itself, and what its signature must be over.
    #[must_use]
    pub fn of(said: &Said, message: &str) -> Self {
        match said {
            Said::Absent => Self::Nobody,
            Said::By(signature) if holds(signature, message.as_bytes()) => Self::Key(signature.key.name()),
            Said::By(_) | Said::Unreadable => Self::Invalid,
        }
    }
}

/// Whether the phone that sent something is the one that its assessor sent from before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Signed by a key that belongs to this assessor.
    ValidKnown(KeyName),
    /// Signed by the first key that was seen of this assessor.
    ValidNew(KeyName),
    /// Signed by another key than those that belong to this assessor.
    ValidOtherKey(KeyName),
    /// There is a signature, and it does not hold.
    Invalid,
    /// It is not signed.
    Absent,
}

impl Sender {
    /// The word for it in receipts and lists (upload contract, section 3).
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::ValidKnown(_) => "valid-known",
            Self::ValidNew(_) => "valid-new",
            Self::ValidOtherKey(_) => "valid-other-key",
            Self::Invalid => "invalid",
            Self::Absent => "absent",
        }
    }

    /// The key, where the signature holds.
    #[must_use]
    pub const fn key(&self) -> Option<&KeyName> {
        match self {
            Self::ValidKnown(key) | Self::ValidNew(key) | Self::ValidOtherKey(key) => Some(key),
            Self::Invalid | Self::Absent => None,
        }
    }
}

/// A key that belongs to an assessor of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderKey {
    /// The team; empty where the receiver has no tokens.
    pub team: String,
    /// The assessor, as the phone names them.
    pub assessor: String,
    /// The key.
    pub key: KeyName,
    /// When it was first seen or added, in UTC milliseconds.
    pub since_ms: i64,
    /// Whether somebody added it.
    pub by_hand: bool,
    /// When it was taken away, in UTC milliseconds.
    pub revoked_at_ms: Option<i64>,
}
