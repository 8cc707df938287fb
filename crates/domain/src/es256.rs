//! Signatures of machines: the phone's under an envelope, the receiver's under a receipt (docs/adr/0018). Who signs by
//! hand is in [`crate::signature`].
//!
//! ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4). Keys are points that somebody says are on the curve: whoever checks
//! a signature checks that.

use crate::{base64, digest::Digest};

/// Digits of a key's name that people are shown.
const SHOWN: usize = 8;

/// A public key: two coordinates of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    /// X, the most significant byte first.
    pub x: [u8; 32],
    /// Y.
    pub y: [u8; 32],
}

/// What a person calls a key: the SHA-256 of the JWK of RFC 7638, section 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(pub Digest);

impl KeyName {
    /// The first eight digits, for people to compare.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.to_string().chars().take(SHOWN).collect()
    }
}

impl PublicKey {
    /// Reads an uncompressed point: 4, X, Y (SEC 1, section 2.3.4), as WebCrypto exports a key "raw".
    #[must_use]
    pub fn of_point(point: &[u8]) -> Option<Self> {
        let (x, y) = point.strip_prefix(&[4])?.split_at_checked(32)?;
        Some(Self { x: x.try_into().ok()?, y: y.try_into().ok()? })
    }

    /// The uncompressed point.
    #[must_use]
    pub fn point(&self) -> Vec<u8> {
        [[4].as_slice(), &self.x, &self.y].concat()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> KeyName {
        let (x, y) = (base64::write_url(&self.x), base64::write_url(&self.y));
        let jwk = ["{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"", &x, "\",\"y\":\"", &y, "\"}"].concat();
        KeyName(Digest::of(jwk.as_bytes()))
    }
}

/// A signature with the key that it says it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Es256 {
    /// The key.
    pub key: PublicKey,
    /// R and S.
    pub value: [u8; 64],
}

/// The signature that a document says it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// None.
    Absent,
    /// Something that is none.
    Unreadable,
    /// This one. Whether it holds is for whoever can reckon with keys.
    By(Es256),
}

impl Said {
    /// The signature, if it is one.
    #[must_use]
    pub fn signature(&self) -> Option<&Es256> {
        if let Self::By(signature) = self { Some(signature) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_by_its_thumbprint() {
        // The key of RFC 7515, appendix A.3.
        let read = |text| <[u8; 32]>::try_from(base64::read_url(text).unwrap()).unwrap();
        let key = PublicKey {
            x: read("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            y: read("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
        };
        // What sha256sum says of the JWK that RFC 7638 makes of it.
        let name = key.name();
        assert_eq!(name.short(), "a0a232c2");
        assert!(name.0.to_string().starts_with(&name.short()));
        assert_eq!(PublicKey::of_point(&key.point()), Some(key));
        let mut point = key.point();
        point.pop();
        assert_eq!(PublicKey::of_point(&point), None);
        assert_eq!(PublicKey::of_point(&[&[2], key.x.as_slice(), &key.y].concat()), None);
    }
}
