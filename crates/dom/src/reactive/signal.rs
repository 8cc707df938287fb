//! A value that views and memos follow.

use super::stored::{StoredValue, gone};
use leptos::prelude::{Notify as _, Track as _, Trigger};
use std::fmt;

/// A value that can be read and written; what read it is run again after each write.
pub struct RwSignal<T> {
    value: StoredValue<T>,
    changed: Trigger,
}

impl<T> Copy for RwSignal<T> {}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> fmt::Debug for RwSignal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RwSignal")
    }
}

#[inline(never)]
fn track(changed: Trigger) {
    changed.track();
}

#[inline(never)]
fn notify(changed: Trigger) {
    changed.notify();
}

impl<T: 'static> RwSignal<T> {
    /// Keeps `value` in the running owner.
    pub fn new(value: T) -> Self {
        Self { value: StoredValue::new(value), changed: Trigger::new() }
    }

    /// Whether both are handles of one signal.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        self.value.is_same(other.value)
    }

    /// Follows it from here on, without reading it.
    pub fn track(self) {
        track(self.changed);
    }

    /// Reads it without following it; `None` when its owner is gone.
    pub fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.try_with_value(read)
    }

    /// Reads it and follows it.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.value.with_value(read)
    }

    /// Reads it without following it.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.value.with_value(read)
    }

    /// Changes it and tells who follows it; `None` when its owner is gone.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let answer = self.value.try_update_value(change)?;
        notify(self.changed);
        Some(answer)
    }

    /// Changes it and tells who follows it; nothing happens when its owner is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes it without telling anyone; nothing happens when its owner is gone.
    pub fn update_untracked(self, change: impl FnOnce(&mut T)) {
        self.value.try_update_value(change);
    }

    /// Puts `value` in its place and tells who follows it; nothing happens when its owner is gone.
    #[inline(never)]
    pub fn set(self, value: T) {
        self.value.set_value(value);
        notify(self.changed);
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// A copy of it, followed; `None` when its owner is gone.
    #[inline(never)]
    pub fn try_get(self) -> Option<T> {
        self.track();
        self.value.try_get_value()
    }

    /// A copy of it, followed.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn get(self) -> T {
        self.try_get().unwrap_or_else(|| gone())
    }

    /// A copy of it, not followed; `None` when its owner is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.value.try_get_value()
    }

    /// A copy of it, not followed.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn get_untracked(self) -> T {
        self.value.get_value()
    }
}
