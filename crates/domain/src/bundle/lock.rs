//! A bundle's lock: a key from a passphrase, and files that open only where they were put.

use super::BundleError;
use crate::{
    ports::cipher::{Cipher, CipherError, CipherKey},
    wire::bundle::{Encryption, FORMAT},
};
use std::rc::Rc;

/// Rounds of PBKDF2 that are used, and the fewest that are read: OWASP's advice for HMAC-SHA-256 (Password Storage
/// Cheat Sheet).
pub const ROUNDS: u32 = 600_000;
/// Most rounds that are read: a phone is done with them in less than a minute.
pub const MOST_ROUNDS: u32 = 10_000_000;

/// Bytes of a salt (at least 16, NIST SP 800-132, section 5.1).
const SALT: usize = 16;
/// Bytes of a nonce (NIST SP 800-38D, section 5.2.1.1).
const NONCE: usize = 12;
/// Bytes that sealing adds: the nonce in front, the tag behind.
pub(super) const ADDED: u64 = NONCE as u64 + 16;

/// A key for one bundle.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "a key has nothing to show")]
pub struct Lock {
    cipher: Rc<dyn Cipher>,
    key: Rc<dyn CipherKey>,
    encryption: Encryption,
}

/// What a file is sealed together with: its place in this format; the first is also sealed with how many there are.
fn associated(number: usize, count: Option<usize>) -> Vec<u8> {
    let count = count.map(|count| count.to_string()).unwrap_or_default();
    [FORMAT, "\n", &number.to_string(), "\n", &count].concat().into_bytes()
}

impl Lock {
    /// A new lock with a salt of its own.
    ///
    /// # Errors
    /// What the cipher said.
    pub async fn new(cipher: Rc<dyn Cipher>, passphrase: &str) -> Result<Self, CipherError> {
        let salt = cipher.random(SALT);
        let key = cipher.derive(passphrase, &salt, ROUNDS).await?;
        Ok(Self { cipher, key, encryption: Encryption { rounds: ROUNDS, salt } })
    }

    pub(super) fn encryption(&self) -> Encryption {
        self.encryption.clone()
    }

    /// The file as it stands in the bundle.
    pub(super) async fn seal(
        &self,
        number: usize,
        count: Option<usize>,
        plain: Vec<u8>,
    ) -> Result<Vec<u8>, CipherError> {
        let mut sealed = self.cipher.random(NONCE);
        let nonce = sealed.as_slice().try_into().map_err(|_| CipherError::Denied)?;
        sealed.append(&mut self.key.seal(nonce, &associated(number, count), plain).await?);
        Ok(sealed)
    }
}

/// A key that opens one bundle.
#[derive(Clone)]
pub(super) struct Key(Rc<dyn CipherKey>);

impl Key {
    pub(super) async fn derive(
        cipher: &dyn Cipher,
        passphrase: &str,
        encryption: &Encryption,
    ) -> Result<Self, BundleError> {
        let Encryption { rounds, salt } = encryption;
        if !(ROUNDS..=MOST_ROUNDS).contains(rounds) {
            return Err(BundleError::Rounds { rounds: *rounds });
        }
        Ok(Self(cipher.derive(passphrase, salt, *rounds).await?))
    }

    /// The file as it was.
    pub(super) async fn open(
        &self,
        number: usize,
        count: Option<usize>,
        mut sealed: Vec<u8>,
    ) -> Result<Vec<u8>, CipherError> {
        let nonce = *sealed.first_chunk().ok_or(CipherError::Unopened)?;
        sealed.drain(..NONCE);
        self.0.open(nonce, &associated(number, count), sealed).await
    }
}
