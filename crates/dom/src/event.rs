//! What a field or a fold says in an event.

use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement};

/// The text of the field, or the value of the choice, that the event comes from.
#[must_use]
pub fn value_of(event: &Event) -> String {
    let value = event.target().and_then(|target| Reflect::get(&target, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Whether the box that the event comes from is ticked.
#[must_use]
pub fn checked_of(event: &Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).is_some_and(|input| input.checked())
}

/// Whether the `details` that the event comes from stands open.
#[must_use]
pub fn open_of(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|details| details.has_attribute("open"))
}
