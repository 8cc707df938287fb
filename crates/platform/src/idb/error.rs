//! The browser's storage errors, turned into the port's once.

use bintang_domain::ports::StoreError;
use wasm_bindgen::{JsCast as _, JsValue};

/// What browsers call that which has no name, such as what the disk refuses.
pub(super) const UNKNOWN: &str = "UnknownError";

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

/// Whether a message has these words in it; a search of its own would cost the first load a kilobyte.
fn says(message: &str, words: &str) -> bool {
    message.as_bytes().windows(words.len()).any(|part| part == words.as_bytes())
}

/// Of anything a browser threw.
pub(super) fn thrown(value: &JsValue) -> StoreError {
    let text = |key: &str| js_sys::Reflect::get(value, &key.into()).ok().and_then(|text| text.as_string());
    // So Chromium says that the disk is full while it writes; the quota's end has a name of its own.
    if text("message").is_some_and(|message| says(&message, "NO_SPACE")) {
        return StoreError::Full;
    }
    by_name(text("name").as_deref().unwrap_or("unknown"))
}

/// Whether a transaction that ended so may have been cut off in the middle of what the browser wrote. Chromium 148 calls
/// it the end of the quota too, but gives the quota's own end no words.
pub(super) fn is_cut_off(exception: &web_sys::DomException) -> bool {
    exception.name() == UNKNOWN || says(&exception.message(), "disk full")
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
