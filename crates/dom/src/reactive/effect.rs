//! What is done again whenever something that it read changes.

use leptos::prelude::{Effect, RenderEffect, StoredValue};

/// Does `run` soon, and again whenever a signal that it read changes, for as long as the running owner lives.
pub fn effect(run: impl Fn() + 'static) {
    later(Box::new(run));
}

#[inline(never)]
fn later(run: Box<dyn Fn()>) {
    Effect::new(run);
}

/// Does `run` now, and again whenever a signal that it read changes, for as long as the running owner lives.
pub(crate) fn follow(run: impl Fn() + 'static) {
    now(Box::new(run));
}

#[inline(never)]
fn now(run: Box<dyn Fn()>) {
    // The effect lives in the owner's arena: when the owner is cleaned up, it ends.
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}
