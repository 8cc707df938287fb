//! What is common to all that WebCrypto does.

use crate::window::window;
use bintang_domain::ports::cipher::CipherError;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// `crypto.subtle`; absent in pages that did not come by https.
fn subtle() -> Result<JsValue, CipherError> {
    let crypto = window().and_then(|window| window.crypto().ok());
    let subtle = crypto.and_then(|crypto| Reflect::get(&crypto, &"subtle".into()).ok());
    subtle.filter(JsValue::is_object).ok_or(CipherError::Denied)
}

/// An algorithm and its parameters (Web Cryptography API, sections 29 and 33).
pub(crate) fn algorithm(name: &str, parameters: &[(&str, JsValue)]) -> Object {
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

/// What a method of `crypto.subtle` comes to. Called by its name: the glue of each method would weigh on the first load.
pub(crate) async fn ask(method: &str, arguments: &Array) -> Result<JsValue, CipherError> {
    let subtle = subtle()?;
    let method: Function = Reflect::get(&subtle, &method.into()).map_err(other)?.dyn_into().map_err(other)?;
    let promise: Promise = method.apply(&subtle, arguments).map_err(other)?.dyn_into().map_err(other)?;
    let value: Result<JsValue, JsValue> = JsFuture::from(promise).await;
    value.map_err(other)
}
