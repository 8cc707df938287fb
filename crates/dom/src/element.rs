//! One element being made.

use crate::{
    dom,
    node::{Child, Node},
    reactive::follow,
};
use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, Event};

/// An element. Every method gives it back, so that a page reads like its markup.
#[derive(Debug, Clone)]
#[must_use]
pub struct El(Element);

/// An HTML element.
///
/// # Panics
/// Where there is no document at all; then nothing could be shown.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    made(dom::element(tag))
}

/// An SVG element.
///
/// # Panics
/// As [`el`].
#[inline(never)]
pub fn svg(tag: &'static str) -> El {
    made(dom::svg_element(tag))
}

fn made(element: Option<Element>) -> El {
    match element {
        Some(element) => El(element),
        #[expect(clippy::panic, reason = "tags are words of this program, and a page without a document shows nothing")]
        None => panic!("no document"),
    }
}

impl El {
    pub(crate) fn raw(&self) -> &Element {
        &self.0
    }

    /// Its classes.
    #[inline(never)]
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Its classes, following signals.
    pub fn class_with(self, names: impl Fn() -> &'static str + 'static) -> Self {
        self.attr_boxed("class", Box::new(move || Some(names().to_owned())))
    }

    /// Its id.
    #[inline(never)]
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// An attribute.
    #[inline(never)]
    pub fn attr(self, name: &'static str, value: &str) -> Self {
        dom::set(&self.0, name, Some(value));
        self
    }

    /// An attribute that is there or not.
    #[inline(never)]
    pub fn attr_if(self, name: &'static str, value: Option<&str>) -> Self {
        dom::set(&self.0, name, value);
        self
    }

    /// An attribute following signals; `None` takes it away.
    pub fn attr_with<S: Into<String>>(self, name: &'static str, value: impl Fn() -> Option<S> + 'static) -> Self {
        self.attr_boxed(name, Box::new(move || value().map(Into::into)))
    }

    #[inline(never)]
    fn attr_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let (element, last) = (self.0.clone(), RefCell::new(None));
        follow(move || {
            // Set again to what it is, an attribute would have the browser look for what follows from it.
            let value = value();
            if last.borrow().as_ref() != Some(&value) {
                dom::set(&element, name, value.as_deref());
                last.replace(Some(value));
            }
        });
        self
    }

    /// A text at its end.
    #[inline(never)]
    pub fn text(self, text: &str) -> Self {
        let _ = dom::append_text(&self.0, text);
        self
    }

    /// A text at its end, following signals.
    pub fn text_with<S: Into<String>>(self, text: impl Fn() -> S + 'static) -> Self {
        self.text_boxed(Box::new(move || text().into()))
    }

    #[inline(never)]
    fn text_boxed(self, text: Box<dyn Fn() -> String>) -> Self {
        if let Some(node) = dom::append_text(&self.0, "") {
            follow(move || node.set_data(&text()));
        }
        self
    }

    /// Something at its end.
    pub fn child(self, node: impl Child) -> Self {
        node.put_into(self)
    }

    #[inline(never)]
    pub(crate) fn child_element(self, child: Self) -> Self {
        dom::append(&self.0, &child.0);
        self
    }

    #[inline(never)]
    pub(crate) fn child_node(self, node: Node) -> Self {
        node.append_to(&self.0);
        self
    }

    /// A region at its end that is made anew whenever a signal that `make` reads changes.
    pub fn child_with<N: Into<Node>>(self, make: impl Fn() -> N + 'static) -> Self {
        self.child_node(crate::with(make))
    }

    /// Calls `then` at each such event.
    pub fn on(self, event: &'static str, then: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(then))
    }

    #[inline(never)]
    fn on_boxed(self, event: &'static str, then: Box<dyn FnMut(Event)>) -> Self {
        // Its memory is the browser's to free, together with the element.
        let listener = Closure::wrap(then).into_js_value();
        let _ = self.0.add_event_listener_with_callback(event, listener.unchecked_ref());
        self
    }

    /// Whether it is ticked, following signals.
    pub fn checked(self, checked: impl Fn() -> bool + 'static) -> Self {
        self.checked_boxed(Box::new(checked))
    }

    #[inline(never)]
    fn checked_boxed(self, checked: Box<dyn Fn() -> bool>) -> Self {
        let element = self.0.clone();
        follow(move || dom::set_checked(&element, checked()));
        self
    }

    /// What the field holds, following signals.
    pub fn value(self, value: impl Fn() -> String + 'static) -> Self {
        self.value_boxed(Box::new(value))
    }

    #[inline(never)]
    fn value_boxed(self, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        follow(move || dom::set_value(&element, &value()));
        self
    }
}
