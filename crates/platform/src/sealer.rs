//! AES-256-GCM in wasm, by the crate aes-gcm: a transaction of the store waits for no promise (docs/adr/0011).

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use bintang_domain::{
    lock::StoreKey,
    ports::seal::{Sealer, Sealers},
};
use std::rc::Rc;

/// Makes sealers of the crate aes-gcm.
#[derive(Debug, Clone, Copy, Default)]
pub struct AesSealers;

struct AesSealer(Aes256Gcm);

impl Sealers for AesSealers {
    fn of(&self, key: &StoreKey) -> Rc<dyn Sealer> {
        Rc::new(AesSealer(Aes256Gcm::new(&key.0.into())))
    }
}

impl Sealer for AesSealer {
    fn seal(&self, nonce: [u8; 12], associated: &[u8], plain: Vec<u8>) -> Option<Vec<u8>> {
        self.0.encrypt(Nonce::from_slice(&nonce), Payload { msg: &plain, aad: associated }).ok()
    }

    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Option<Vec<u8>> {
        self.0.decrypt(Nonce::from_slice(&nonce), Payload { msg: &sealed, aad: associated }).ok()
    }
}
