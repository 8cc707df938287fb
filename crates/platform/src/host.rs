//! The page that the app runs in, as whoever started it hands it over (docs/adr/0022): `public/start.js` for the app
//! itself, `public/embedded.js` inside somebody else's page. Both say what each of these does.

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{Document, EventTarget};

#[wasm_bindgen(js_namespace = bintangHost)]
extern "C" {
    /// What has the app's elements and hears of its events: the document, or a shadow root, which answers to the same
    /// calls as far as they are used here.
    pub(crate) fn root() -> Document;
    /// The query of the address, without its question mark.
    pub(crate) fn query() -> String;
    /// Another query, as a step.
    pub(crate) fn push(query: &str);
    /// Another query in this step's place.
    pub(crate) fn replace(query: &str);
    /// Calls the function whenever a person goes back or forward.
    pub(crate) fn moved(then: &JsValue);
    /// Shows the top.
    pub(crate) fn top();
    /// Language, direction and title.
    pub(crate) fn describe(language: &str, direction: &str, title: &str);
    /// The theme as it is shown.
    pub(crate) fn theme(shown: &str);
    /// Starts anew.
    pub(crate) fn reload();
    /// The address of a file beside the app.
    pub(crate) fn url(file: &str) -> String;
    /// Adds a listener for as long as the app runs.
    pub(crate) fn listen(target: &EventTarget, event: &str, then: &JsValue);
    /// Waits so many milliseconds.
    pub(crate) fn sleep(span: i32) -> Promise;
    /// What the names of its stores begin with; `None` where nothing is to be stored.
    pub(crate) fn store() -> Option<String>;
    /// A setting that the page decides.
    pub(crate) fn given(key: &str) -> Option<String>;
    /// Whether this is somebody else's page.
    pub(crate) fn embedded() -> bool;
    /// Whether what is stored may be gone at any time.
    pub(crate) fn fleeting() -> bool;
}
