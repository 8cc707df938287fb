//! Signatures, made and checked (docs/adr/0018).

use bintang_domain::es256::{Es256, PublicKey};
use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer as _, Verifier as _},
};
use std::fmt;

/// Whether a signature holds for this message. A key that is no point of the curve signs nothing.
#[must_use]
pub fn holds(signature: &Es256, message: &[u8]) -> bool {
    let Es256 { key, value } = signature;
    let key = VerifyingKey::from_sec1_bytes(&key.point());
    let value = Signature::from_slice(value);
    key.is_ok_and(|key| value.is_ok_and(|value| key.verify(message, &value).is_ok()))
}

/// A key that signs. It never shows itself.
#[derive(Clone)]
pub struct SecretKey {
    secret: SigningKey,
    public: PublicKey,
}

impl SecretKey {
    /// Bytes of a key as it is stored.
    pub const BYTES: usize = 32;

    /// Makes one.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn make() -> Result<Self, getrandom::Error> {
        loop {
            let mut bytes = [0; Self::BYTES];
            getrandom::fill(&mut bytes)?;
            // All but 1 in 2^32 numbers are keys.
            if let Some(key) = Self::of(&bytes) {
                return Ok(key);
            }
        }
    }

    /// The key of these bytes, if they are one.
    #[must_use]
    pub fn of(bytes: &[u8; Self::BYTES]) -> Option<Self> {
        let secret = SigningKey::from_bytes(bytes.into()).ok()?;
        let public = PublicKey::of_point(secret.verifying_key().to_sec1_point(false).as_bytes())?;
        Some(Self { secret, public })
    }

    /// Its bytes, for the place where it is kept.
    #[must_use]
    pub fn reveal(&self) -> [u8; Self::BYTES] {
        self.secret.to_bytes().into()
    }

    /// The public half.
    #[must_use]
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs; the same message always gets the same signature (RFC 6979).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Es256 {
        let value: Signature = self.secret.sign(message);
        Es256 { key: self.public, value: value.to_bytes().into() }
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public.name().short())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    /// RFC 7515, appendix A.3: a message, the key and a signature that others made of it.
    fn published() -> (Es256, &'static [u8]) {
        let read = |text| URL_SAFE_NO_PAD.decode(text).unwrap();
        let key = PublicKey {
            x: read("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU").try_into().unwrap(),
            y: read("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0").try_into().unwrap(),
        };
        let value = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        let message = b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        (Es256 { key, value: read(value).try_into().unwrap() }, message)
    }

    #[test]
    fn a_published_signature_holds_and_nothing_near_it() {
        let (signature, message) = published();
        assert!(holds(&signature, message));
        assert!(!holds(&signature, &message[1..]));
        for place in [0, 31, 32, 63] {
            let mut other = signature;
            other.value[place] ^= 1;
            assert!(!holds(&other, message), "{place}");
        }
        // A point beside the curve, and no point at all.
        let mut other = signature;
        other.key.y[31] ^= 1;
        assert!(!holds(&other, message));
        let nothing = PublicKey { x: [0; 32], y: [0; 32] };
        assert!(!holds(&Es256 { key: nothing, value: [0; 64] }, message));
    }

    #[test]
    fn what_is_signed_twice_is_signed_alike_and_holds() {
        let key = SecretKey::make().unwrap();
        let signature = key.sign(b"one");
        assert_eq!(signature, SecretKey::of(&key.reveal()).unwrap().sign(b"one"));
        assert!(holds(&signature, b"one") && !holds(&signature, b"two"));
        assert_ne!(SecretKey::make().unwrap().public(), key.public());
        assert!(SecretKey::of(&[0; 32]).is_none() && SecretKey::of(&[0xff; 32]).is_none());
        assert_eq!(format!("{key:?}"), format!("SecretKey({})", key.public().name().short()));
    }
}
