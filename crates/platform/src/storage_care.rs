//! How safe the browser's store is.

use crate::{host, window::window};
use bintang_domain::ports::{
    Pending,
    page::{Keeping, StorageCare},
};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// `navigator.storage`. WebKit's private mode has none of it, so every call is looked for first.
#[derive(Debug, Clone, Copy)]
pub struct BrowserStorage {
    /// Whether IndexedDB could be opened.
    pub opened: bool,
}

impl StorageCare for BrowserStorage {
    fn keeping(&self) -> Pending<Keeping> {
        let opened = self.opened;
        Box::pin(async move {
            if !opened || host::fleeting() {
                Keeping::Temporary
            } else if ask("persisted").await {
                Keeping::Lasting
            } else {
                Keeping::BestEffort
            }
        })
    }

    fn keep(&self) -> Pending<bool> {
        Box::pin(ask("persist"))
    }
}

async fn ask(what: &str) -> bool {
    let Some(promise) = call(what) else { return false };
    JsFuture::from(promise).await.is_ok_and(|answer| answer == JsValue::TRUE)
}

fn call(what: &str) -> Option<Promise> {
    let storage = Reflect::get(&window()?.navigator(), &"storage".into()).ok()?;
    let function: Function = Reflect::get(&storage, &what.into()).ok()?.dyn_into().ok()?;
    function.call0(&storage).ok()?.dyn_into().ok()
}
