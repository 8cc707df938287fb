//! What a field or a fold says in an event.

use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent};

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

/// A key that was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What it says (UI Events, `key`), in small letters.
    pub key: String,
    /// With the key of commands: Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// With Shift.
    pub shift: bool,
    /// Whether a text is being typed there.
    pub typing: bool,
}

/// The key that was pressed; `None` for other events, with Alt, and while a letter is being put together.
#[must_use]
pub fn key_of(event: &Event) -> Option<Key> {
    let key = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.alt_key() && !key.is_composing())?;
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typing = target.is_some_and(|target| match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "radio" | "checkbox"),
        None => matches!(target.tag_name().as_str(), "TEXTAREA" | "SELECT"),
    });
    let (command, shift) = (key.ctrl_key() || key.meta_key(), key.shift_key());
    Some(Key { key: key.key().to_lowercase(), command, shift, typing })
}

/// The browser does nothing of its own with this event.
pub fn consume(event: &Event) {
    event.prevent_default();
}

/// Presses the radio or box of this number, from 0, within the `article` that the event comes from, as a tap does; whether
/// there is one.
#[must_use]
pub fn press_choice(event: &Event, number: u32) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let card = target.and_then(|target| target.closest("article").ok().flatten());
    let rows = ".options input[type=radio], .options input[type=checkbox]";
    let choices = card.and_then(|card| card.query_selector_all(rows).ok());
    let choice =
        choices.and_then(|choices| choices.get(number)).and_then(|choice| choice.dyn_into::<HtmlElement>().ok());
    let Some(choice) = choice else { return false };
    choice.click();
    // The focus stays with the hand.
    let _ = choice.focus();
    true
}

/// Presses the element with this id, as a tap does.
pub fn press(id: &str) {
    let element = crate::dom::host::root().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}
