//! The browser's storage errors, turned into the port's once.

use bintang_domain::ports::StoreError;
use wasm_bindgen::{JsCast as _, JsValue};

/// By the DOMException's name (Web IDL, DOMException names table; Indexed Database API 3.0).
pub(super) fn by_name(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        "InvalidStateError" | "AbortError" => StoreError::Closed,
        "SecurityError" | "NotAllowedError" => StoreError::Denied,
        "VersionError" => StoreError::Outdated,
        "DataError" | "DataCloneError" | "NotReadableError" => StoreError::Corrupt,
        name => StoreError::Other(name.to_owned()),
    }
}

/// Of anything a browser threw.
pub(super) fn thrown(value: &JsValue) -> StoreError {
    let name = js_sys::Reflect::get(value, &"name".into()).ok().and_then(|name| name.as_string());
    by_name(name.as_deref().unwrap_or("unknown"))
}

/// Of what opening a database can end with: idb keeps the value the browser threw, rexie keeps idb's error.
pub(super) fn store_error(error: &rexie::Error) -> StoreError {
    use idb::Error::{DomException, IndexedDbNotFound, IndexedDbOpenFailed};
    match error {
        rexie::Error::IdbError(IndexedDbNotFound(_)) => StoreError::Denied,
        rexie::Error::IdbError(IndexedDbOpenFailed(value)) => thrown(value),
        rexie::Error::IdbError(DomException(exception)) => by_name(&exception.name()),
        _ => by_name("rexie"),
    }
}

/// Of the error a request or transaction ended with.
pub(super) fn of_exception(exception: Option<web_sys::DomException>) -> StoreError {
    exception.map_or(StoreError::Closed, |exception| thrown(exception.unchecked_ref()))
}
