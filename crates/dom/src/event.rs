//! What a field or a fold says in an event.

use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlInputElement, PointerEvent};

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
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|details| details.has_attribute("open"))
}

fn pointer(event: &Event) -> Option<(&PointerEvent, Element)> {
    Some((event.dyn_ref()?, event.current_target()?.dyn_into().ok()?))
}

/// Where in the element that listens a pointer is: thousandths of its width and height from the upper left; outside of
/// it below 0 or above 1000.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "thousandths of a screen")]
pub fn spot_of(event: &Event) -> Option<(i32, i32)> {
    let (pointer, element) = pointer(event)?;
    let field = element.get_bounding_client_rect();
    let share = |at: i32, from: f64, size: f64| ((f64::from(at) - from) * 1000.0 / size.max(1.0)) as i32;
    let across = share(pointer.client_x(), field.left(), field.width());
    Some((across, share(pointer.client_y(), field.top(), field.height())))
}

/// Sends everything further of this pointer to the element that listens, also when it leaves it.
pub fn capture(event: &Event) {
    if let Some((pointer, element)) = pointer(event) {
        // It fails for pointers that are gone already.
        let _ = element.set_pointer_capture(pointer.pointer_id());
    }
}
