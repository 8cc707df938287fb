//! A list whose elements stay as long as what they are made of.

use crate::{dom, element::El, reactive::follow};
use leptos::prelude::Owner;
use std::cell::RefCell;

/// An element that stands for a key, with the owner of what follows signals in it.
struct Kept<K> {
    key: K,
    element: El,
    owner: Owner,
}

impl El {
    /// Its children: one for each key, in their order. One whose key stays is not made anew, so that a picture among a
    /// hundred costs one picture, and whoever has the focus keeps it. Keys are different from each other; the element
    /// has no other children.
    pub fn each<K: PartialEq + 'static>(
        self,
        keys: impl Fn() -> Vec<K> + 'static,
        make: impl Fn(&K) -> Self + 'static,
    ) -> Self {
        let (parent, owner) = (self.clone(), Owner::current().unwrap_or_default());
        let before: RefCell<Vec<Kept<K>>> = RefCell::default();
        follow(move || {
            let mut old = before.take();
            let kept = keys().into_iter().map(|key| {
                old.iter().position(|kept| kept.key == key).map(|place| old.remove(place)).unwrap_or_else(|| {
                    let owner = owner.child();
                    let element = owner.with(|| make(&key));
                    Kept { key, element, owner }
                })
            });
            let kept: Vec<Kept<K>> = kept.collect();
            for gone in old {
                gone.owner.cleanup();
                dom::remove(gone.element.raw());
            }
            // Only what does not stand in its place is moved: moving an element takes its focus away.
            let mut next = None;
            for each in kept.iter().rev() {
                dom::place(parent.raw(), each.element.raw(), next);
                next = Some(each.element.raw());
            }
            before.replace(kept);
        });
        self
    }
}
