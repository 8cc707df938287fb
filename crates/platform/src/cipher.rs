//! WebCrypto: keys from passphrases, and AES-256-GCM.

use crate::window::window;
use bintang_domain::ports::{
    Pending,
    cipher::{Cipher, CipherError, CipherKey},
};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// `crypto.subtle`; absent in pages that did not come by https.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebCipher;

#[derive(Debug, Clone)]
struct WebKey(CryptoKey);

fn subtle() -> Result<SubtleCrypto, CipherError> {
    let crypto = window().and_then(|window| window.crypto().ok());
    let subtle = crypto.and_then(|crypto| Reflect::get(&crypto, &"subtle".into()).ok());
    subtle.and_then(|subtle| subtle.dyn_into().ok()).ok_or(CipherError::Denied)
}

/// An algorithm and its parameters (Web Cryptography API, sections 29 and 33).
fn algorithm(name: &str, parameters: &[(&str, JsValue)]) -> Object {
    let algorithm = Object::new();
    for (name, value) in [("name", JsValue::from_str(name))].iter().chain(parameters) {
        // A plain object takes every member.
        let _ = Reflect::set(&algorithm, &(*name).into(), value);
    }
    algorithm
}

fn other(error: JsValue) -> CipherError {
    let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
    CipherError::Other(name.unwrap_or_default())
}

async fn done(begun: Result<Promise, JsValue>) -> Result<JsValue, CipherError> {
    let value: Result<JsValue, JsValue> = JsFuture::from(begun.map_err(other)?).await;
    value.map_err(other)
}

async fn derive(passphrase: Uint8Array, salt: Uint8Array, rounds: u32) -> Result<Rc<dyn CipherKey>, CipherError> {
    let (subtle, key) = (subtle()?, |value: JsValue| value.dyn_into::<CryptoKey>().map_err(other));
    let usages = Array::of1(&"deriveKey".into());
    let base = done(subtle.import_key_with_str("raw", &passphrase, "PBKDF2", false, &usages)).await?;
    let parameters = [("hash", "SHA-256".into()), ("salt", salt.into()), ("iterations", rounds.into())];
    let (how, what) = (algorithm("PBKDF2", &parameters), algorithm("AES-GCM", &[("length", 256.into())]));
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    // Not extractable: the page itself cannot read it.
    let made = done(subtle.derive_key_with_object_and_object(&how, &key(base)?, &what, false, &usages)).await?;
    Ok(Rc::new(WebKey(key(made)?)))
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
        let how = gcm(nonce, associated);
        let begun = subtle().map(|subtle| subtle.encrypt_with_object_and_u8_array(&how, &self.0, &plain));
        Box::pin(async move { Ok(Uint8Array::new(&done(begun?).await?).to_vec()) })
    }

    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Pending<Result<Vec<u8>, CipherError>> {
        let how = gcm(nonce, associated);
        let begun = subtle().map(|subtle| subtle.decrypt_with_object_and_u8_array(&how, &self.0, &sealed));
        Box::pin(async move {
            // What does not open is an OperationError (Web Cryptography API, section 29.4.2).
            let opened = done(begun?).await.map_err(|error| match error {
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
