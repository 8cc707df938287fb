//! The browser's storage errors, turned into the port's once.

use bintang_domain::ports::StoreError;
use std::error::Error;
use wasm_bindgen::{JsCast as _, JsValue};

/// By the DOMException's name (Web IDL, DOMException names table; Indexed Database API 3.0).
pub(super) fn by_name(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        "InvalidStateError" | "AbortError" => StoreError::Closed,
        "SecurityError" | "NotAllowedError" => StoreError::Denied,
        "DataError" | "DataCloneError" | "NotReadableError" => StoreError::Corrupt,
        name => StoreError::Other(name.to_owned()),
    }
}

/// Of anything a browser threw.
pub(super) fn thrown(value: &JsValue) -> StoreError {
    let name = js_sys::Reflect::get(value, &"name".into()).ok().and_then(|name| name.as_string());
    by_name(name.as_deref().unwrap_or("unknown"))
}

/// Of rexie's error, whose text hides the DOMException's name: the source chain holds the value the browser threw.
pub(super) fn store_error(error: &rexie::Error) -> StoreError {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = source {
        if let Some(idb::Error::IndexedDbNotFound(_)) = error.downcast_ref::<idb::Error>() {
            return StoreError::Denied;
        }
        source = error.source();
    }
    // The rest of idb's errors carry the thrown value inside; Debug shows its name and message.
    let text = format!("{error:?}");
    let known = ["QuotaExceededError", "InvalidStateError", "SecurityError", "NotAllowedError", "UnknownError", "VersionError"];
    by_name(known.into_iter().find(|name| text.contains(name)).unwrap_or("rexie"))
}

/// Of the error a request or transaction ended with.
pub(super) fn of_exception(exception: Option<web_sys::DomException>) -> StoreError {
    exception.map_or(StoreError::Closed, |exception| thrown(exception.unchecked_ref()))
}
