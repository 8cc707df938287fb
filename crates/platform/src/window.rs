//! The window, and event listeners that live as long as the page.

use wasm_bindgen::{JsCast as _, closure::Closure};

/// The window; `None` outside a page (a worker), where none of these adapters is used.
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Calls `then` at each such event for as long as the page lives.
pub(crate) fn listen(target: &web_sys::EventTarget, event: &str, then: impl Fn(web_sys::Event) + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(then);
    // It fails only for a listener that is no function.
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}
