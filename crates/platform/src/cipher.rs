//! WebCrypto: keys from passphrases, and AES-256-GCM.

use crate::{
    web_crypto::{algorithm, ask},
    window::window,
};
use bintang_domain::ports::{
    Pending,
    cipher::{Cipher, CipherError, CipherKey},
};
use js_sys::{Array, Object, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// `crypto.subtle`; absent in pages that did not come by https.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebCipher;

#[derive(Debug, Clone)]
struct WebKey(JsValue);

async fn derive(passphrase: Uint8Array, salt: Uint8Array, rounds: u32) -> Result<Rc<dyn CipherKey>, CipherError> {
    let usages = |all: &[&str]| all.iter().map(|usage| JsValue::from_str(usage)).collect::<Array>();
    let import = Array::of5(&"raw".into(), &passphrase, &"PBKDF2".into(), &false.into(), &usages(&["deriveKey"]));
    let base = ask("importKey", &import).await?;
    let parameters = [("hash", "SHA-256".into()), ("salt", salt.into()), ("iterations", rounds.into())];
    let (how, what) = (algorithm("PBKDF2", &parameters), algorithm("AES-GCM", &[("length", 256.into())]));
    // Not extractable: the page itself cannot read it.
    let derive = Array::of5(&how, &base, &what, &false.into(), &usages(&["encrypt", "decrypt"]));
    Ok(Rc::new(WebKey(ask("deriveKey", &derive).await?)))
}

impl Cipher for WebCipher {
    fn random(&self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        bytes
    }

    fn derive(&self, passphrase: &str, salt: &[u8], rounds: u32) -> Pending<Result<Rc<dyn CipherKey>, CipherError>> {
        Box::pin(derive(Uint8Array::from(passphrase.as_bytes()), Uint8Array::from(salt), rounds))
    }
}

impl CipherKey for WebKey {
    fn seal(&self, nonce: [u8; 12], associated: &[u8], plain: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>> {
        let arguments = Array::of3(&gcm(nonce, associated), &self.0, &Uint8Array::from(plain.as_slice()));
        Box::pin(async move { Ok(Uint8Array::new(&ask("encrypt", &arguments).await?).to_vec()) })
    }

    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>> {
        let arguments = Array::of3(&gcm(nonce, associated), &self.0, &Uint8Array::from(sealed.as_slice()));
        Box::pin(async move {
            // What does not open is an OperationError (Web Cryptography API, section 29.4.2).
            let opened = ask("decrypt", &arguments).await.map_err(|error| match error {
                CipherError::Other(name) if name == "OperationError" => CipherError::Unopened,
                error => error,
            });
            Ok(Uint8Array::new(&opened?).to_vec())
        })
    }
}

fn gcm(nonce: [u8; 12], associated: &[u8]) -> Object {
    let (nonce, associated) = (Uint8Array::from(nonce.as_slice()), Uint8Array::from(associated));
    algorithm("AES-GCM", &[("iv", nonce.into()), ("additionalData", associated.into())])
}
