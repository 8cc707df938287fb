//! The phone's key in WebCrypto, not extractable, in a database of its own (docs/adr/0018).

use crate::{
    clock::BrowserClock,
    web_crypto::{algorithm, ask},
};
use bintang_domain::{
    es256::{Es256, KeyName, PublicKey},
    ports::{Clock as _, Pending, cipher::CipherError, signer::Signer},
};
use futures::{
    future::{Either, select},
    pin_mut,
};
use js_sys::{Array, Object, Reflect, Uint8Array};
use rexie::{ObjectStore, Rexie, TransactionMode};
use std::{future::Future, rc::Rc};
use wasm_bindgen::JsValue;

const DATABASE: &str = "bintang-device";
const TABLE: &str = "keys";
/// The one key in it.
const KEY: &str = "es256";
/// Nobody waits longer for a signature, in milliseconds: some browsers leave the opening of a database without an answer.
const PATIENCE: i64 = 5_000;

/// Signs with WebCrypto.
#[derive(Debug, Clone)]
pub struct WebSigner(Rc<str>);

impl Default for WebSigner {
    fn default() -> Self {
        Self(DATABASE.into())
    }
}

impl WebSigner {
    /// One with a database of another name, for tests.
    #[must_use]
    pub fn named(database: &str) -> Self {
        Self(database.into())
    }
}

/// Both halves of the phone's key.
struct Pair(JsValue);

impl Pair {
    fn half(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok()
    }

    /// The public half as others know it.
    async fn public(&self) -> Option<PublicKey> {
        let key = self.half("publicKey")?;
        let point = ask("exportKey", &Array::of2(&"raw".into(), &key)).await.ok()?;
        PublicKey::of_point(&Uint8Array::new(&point).to_vec())
    }

    async fn sign(&self, message: &[u8]) -> Option<Es256> {
        let private = self.half("privateKey")?;
        let signed = ask("sign", &Array::of3(&ecdsa(), &private, &Uint8Array::from(message))).await.ok()?;
        let value = Uint8Array::new(&signed).to_vec().try_into().ok()?;
        Some(Es256 { key: self.public().await?, value })
    }
}

fn ecdsa() -> Object {
    algorithm("ECDSA", &[("hash", "SHA-256".into())])
}

fn curve() -> Object {
    algorithm("ECDSA", &[("namedCurve", "P-256".into())])
}

/// The key that is kept, if there is one.
async fn kept(database: &Rexie) -> Option<Pair> {
    let transaction = database.transaction(&[TABLE], TransactionMode::ReadOnly).ok()?;
    transaction.store(TABLE).ok()?.get(KEY.into()).await.ok()?.map(Pair)
}

async fn open(name: &str) -> Option<Rexie> {
    Rexie::builder(name).version(1).add_object_store(ObjectStore::new(TABLE)).build().await.ok()
}

/// Makes a key and keeps it; of two that are made at once, the one that is kept.
async fn made(database: &Rexie) -> Option<Pair> {
    let usages = Array::of2(&"sign".into(), &"verify".into());
    // Not extractable: the page itself cannot read its private half.
    let pair = ask("generateKey", &Array::of3(&curve(), &false.into(), &usages)).await.ok()?;
    let transaction = database.transaction(&[TABLE], TransactionMode::ReadWrite).ok()?;
    // One that is not kept would be another phone the next time.
    let added = transaction.store(TABLE).ok()?.add(&pair, Some(&KEY.into())).await.is_ok();
    let ended = transaction.done().await.is_ok();
    if added && ended { Some(Pair(pair)) } else { kept(database).await }
}

async fn sign(name: Rc<str>, message: Vec<u8>) -> Option<Es256> {
    let database = open(&name).await?;
    let pair = match kept(&database).await {
        Some(pair) => Some(pair),
        None => made(&database).await,
    };
    database.close();
    pair?.sign(&message).await
}

async fn named(name: Rc<str>) -> Option<KeyName> {
    let database = open(&name).await?;
    let pair = kept(&database).await;
    database.close();
    Some(pair?.public().await?.name())
}

async fn holds(signature: Es256, message: Vec<u8>) -> Option<bool> {
    let (point, usages) = (Uint8Array::from(signature.key.point().as_slice()), Array::of1(&"verify".into()));
    let key = match ask("importKey", &Array::of5(&"raw".into(), &point, &curve(), &false.into(), &usages)).await {
        Ok(key) => key,
        // A point that is not on the curve (Web Cryptography API, section 23.7).
        Err(CipherError::Other(name)) if name == "DataError" => return Some(false),
        Err(_) => return None,
    };
    let (value, message) = (Uint8Array::from(signature.value.as_slice()), Uint8Array::from(message.as_slice()));
    ask("verify", &Array::of4(&ecdsa(), &key, &value, &message)).await.ok()?.as_bool()
}

/// The outcome, unless it takes too long.
async fn soon<T>(work: impl Future<Output = Option<T>>) -> Option<T> {
    let patience = BrowserClock.sleep(PATIENCE);
    pin_mut!(work);
    match select(work, patience).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => None,
    }
}

impl Signer for WebSigner {
    fn sign(&self, message: Vec<u8>) -> Pending<Option<Es256>> {
        Box::pin(soon(sign(self.0.clone(), message)))
    }

    fn name(&self) -> Pending<Option<KeyName>> {
        Box::pin(soon(named(self.0.clone())))
    }

    fn holds(&self, signature: Es256, message: Vec<u8>) -> Pending<Option<bool>> {
        Box::pin(soon(holds(signature, message)))
    }
}
