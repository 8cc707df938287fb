//! The cipher of bundles as the domain's ports ask for it, on the crates aes-gcm and pbkdf2: what a browser's must be
//! equal to. Its chance is a counter, so that tests can be repeated; nothing real may ever be locked with it.

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use bintang_domain::{
    digest::Digest,
    lock::StoreKey,
    ports::{
        Pending,
        cipher::{Cipher, CipherError, CipherKey},
        seal::{Sealer, Sealers},
    },
};
use sha2::Sha256;
use std::{cell::Cell, rc::Rc};

/// The cipher.
#[derive(Debug, Default)]
pub struct TestCipher {
    drawn: Cell<u64>,
    quick: bool,
}

impl TestCipher {
    /// One that runs a single round, however many are asked for: hundreds of thousands take a test build half a minute.
    #[must_use]
    pub fn quick() -> Self {
        Self { quick: true, ..Self::default() }
    }

    fn key(&self, passphrase: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
        let mut key = [0; 32];
        let rounds = if self.quick { 1 } else { rounds };
        pbkdf2::pbkdf2_hmac::<Sha256>(passphrase.as_bytes(), salt, rounds, &mut key);
        key
    }
}

struct TestKey(Aes256Gcm);

fn ready<T: 'static>(value: T) -> Pending<T> {
    Box::pin(std::future::ready(value))
}

impl Cipher for TestCipher {
    fn random(&self, length: usize) -> Vec<u8> {
        self.drawn.set(self.drawn.get() + 1);
        let sum = Digest::of(&self.drawn.get().to_be_bytes());
        sum.bytes().iter().copied().cycle().take(length).collect()
    }

    fn derive(&self, passphrase: &str, salt: &[u8], rounds: u32) -> Pending<Result<Rc<dyn CipherKey>, CipherError>> {
        let key: Rc<dyn CipherKey> = Rc::new(TestKey(Aes256Gcm::new(&self.key(passphrase, salt, rounds).into())));
        ready(Ok(key))
    }
}

impl CipherKey for TestKey {
    fn seal(&self, nonce: [u8; 12], associated: &[u8], plain: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>> {
        let payload = Payload { msg: &plain, aad: associated };
        ready(self.0.encrypt(Nonce::from_slice(&nonce), payload).map_err(|_| CipherError::Other("seal".to_owned())))
    }

    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>> {
        let payload = Payload { msg: &sealed, aad: associated };
        ready(self.0.decrypt(Nonce::from_slice(&nonce), payload).map_err(|_| CipherError::Unopened))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_as_the_rfc_says() {
        // RFC 7914, section 11: PBKDF2-HMAC-SHA-256 of “passwd” and “salt”, one round; the first half of 64 bytes.
        let key = TestCipher::default().key("passwd", b"salt", 1);
        assert_eq!(key[..8], [0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f]);
    }
}

/// Makes sealers as the ports ask for them, on the crate aes-gcm too.
#[derive(Debug, Default)]
pub struct TestSealers;

impl Sealers for TestSealers {
    fn of(&self, key: &StoreKey) -> Rc<dyn Sealer> {
        Rc::new(TestKey(Aes256Gcm::new(&key.0.into())))
    }
}

impl Sealer for TestKey {
    fn seal(&self, nonce: [u8; 12], associated: &[u8], plain: Vec<u8>) -> Option<Vec<u8>> {
        self.0.encrypt(Nonce::from_slice(&nonce), Payload { msg: &plain, aad: associated }).ok()
    }

    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Option<Vec<u8>> {
        self.0.decrypt(Nonce::from_slice(&nonce), Payload { msg: &sealed, aad: associated }).ok()
    }
}
