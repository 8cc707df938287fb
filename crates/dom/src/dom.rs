//! The browser's calls, each in one place. Where there is no page they do nothing: then there is nobody to see it.

use wasm_bindgen::JsCast as _;
use web_sys::{Comment, Document, DocumentFragment, Element};

const SVG: &str = "http://www.w3.org/2000/svg";

pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

#[inline(never)]
pub(crate) fn element(tag: &str) -> Option<Element> {
    document()?.create_element(tag).ok()
}

#[inline(never)]
pub(crate) fn svg_element(tag: &str) -> Option<Element> {
    document()?.create_element_ns(Some(SVG), tag).ok()
}

pub(crate) fn mark() -> Option<Comment> {
    Some(document()?.create_comment(""))
}

pub(crate) fn fragment() -> Option<DocumentFragment> {
    Some(document()?.create_document_fragment())
}

/// What the page hands over (docs/adr/0022; `public/start.js` and `public/embedded.js` say how).
pub(crate) mod host {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(js_namespace = bintangHost)]
    extern "C" {
        /// Where the app is shown.
        pub(crate) fn place() -> web_sys::HtmlElement;
        /// What has its elements: the document or a shadow root, which finds them by the same name.
        pub(crate) fn root() -> web_sys::Document;
    }
}

#[inline(never)]
pub(crate) fn append(parent: &web_sys::Node, child: &web_sys::Node) {
    let _ = parent.append_child(child);
}

#[inline(never)]
pub(crate) fn append_text(parent: &web_sys::Node, text: &str) -> Option<web_sys::Text> {
    let node = document()?.create_text_node(text);
    append(parent, &node);
    Some(node)
}

/// Puts an element before another one, or at the end, unless it stands there.
pub(crate) fn place(parent: &web_sys::Node, element: &Element, next: Option<&Element>) {
    let next: Option<&web_sys::Node> = next.map(AsRef::as_ref);
    if element.parent_node().as_ref() != Some(parent) || element.next_sibling().as_ref() != next {
        let _ = parent.insert_before(element, next);
    }
}

pub(crate) fn remove(element: &Element) {
    element.remove();
}

/// Takes away everything between two marks.
pub(crate) fn clear(from: &web_sys::Node, to: &web_sys::Node) {
    let Some(parent) = to.parent_node() else { return };
    while let Some(next) = from.next_sibling() {
        if next == *to {
            break;
        }
        let _ = parent.remove_child(&next);
    }
}

#[inline(never)]
pub(crate) fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

pub(crate) fn set_checked(element: &Element, checked: bool) {
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.set_checked(checked);
    }
}

/// Sets what a field holds, unless it holds it already: setting it anew would move the caret.
pub(crate) fn set_value(element: &Element, value: &str) {
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        if input.value() != value {
            input.set_value(value);
        }
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>()
        && area.value() != value
    {
        area.set_value(value);
    }
}
