//! The window, and event listeners that live as long as the app does in it.

use crate::host;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget};

/// The window; `None` outside a page (a worker), where none of these adapters is used.
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The app's element with this id.
pub(crate) fn find(id: &str) -> Option<Element> {
    host::root().get_element_by_id(id)
}

/// Calls `then` at each such event for as long as the app runs.
pub(crate) fn listen(target: &EventTarget, event: &str, then: impl Fn(Event) + 'static) {
    // Its memory is the browser's to free, once nobody can call it any more.
    host::listen(target, event, &Closure::<dyn Fn(Event)>::new(then).into_js_value());
}
