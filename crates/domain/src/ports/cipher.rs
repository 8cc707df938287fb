//! What locks a bundle: keys from passphrases, and AES-256-GCM.

use super::Pending;
use std::rc::Rc;

/// Why it could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CipherError {
    /// There is no cryptography here (a page that did not come by https).
    Denied,
    /// The bytes do not open: another key, other associated data, or changed on the way.
    Unopened,
    /// Anything else, with the browser's name for it.
    Other(String),
}

/// Makes keys, and chance to make them with.
pub trait Cipher {
    /// Bytes by chance, fit for salts and nonces.
    fn random(&self, length: usize) -> Vec<u8>;

    /// The key that PBKDF2 with HMAC-SHA-256 makes of a passphrase (RFC 8018, section 5.2), for AES-256-GCM.
    fn derive(&self, passphrase: &str, salt: &[u8], rounds: u32) -> Pending<Result<Rc<dyn CipherKey>, CipherError>>;
}

/// A key of AES-256-GCM (NIST SP 800-38D). What is sealed is followed by its tag of 16 bytes.
pub trait CipherKey {
    /// Seals; a nonce is used once with a key.
    fn seal(&self, nonce: [u8; 12], associated: &[u8], plain: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>>;

    /// Opens what was sealed with the same nonce and associated data.
    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>>;
}
