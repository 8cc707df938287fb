//! A value made from others, which tells who follows it only when it differs.

use super::stored::StoredValue;
use leptos::prelude::{Get as _, GetUntracked as _, Memo as Counter};
use std::fmt;

/// A value made from signals and other memos. It is made when it is first read and again after a change of what it
/// read; what follows it is run again only when it came out different.
pub struct Memo<T> {
    value: StoredValue<Option<T>>,
    /// How many times the value came out different: what Leptos compares.
    version: Counter<u32>,
}

impl<T> Copy for Memo<T> {}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

/// Counts the times that `renew` says that something changed.
#[inline(never)]
fn counter(renew: Box<dyn Fn() -> bool>) -> Counter<u32> {
    let renew = StoredValue::new(renew);
    Counter::new(move |before: Option<&u32>| {
        let before = before.copied().unwrap_or_default();
        match renew.try_with_value(|renew| renew()) {
            Some(true) => before.wrapping_add(1),
            _ => before,
        }
    })
}

#[inline(never)]
fn follow(version: Counter<u32>) {
    version.try_get();
}

#[inline(never)]
fn renew(version: Counter<u32>) {
    version.try_get_untracked();
}

impl<T: PartialEq + 'static> Memo<T> {
    /// A value that `make` makes.
    pub fn new(make: impl Fn() -> T + 'static) -> Self {
        let value = StoredValue::new(None);
        let version = counter(Box::new(move || keep(value, make())));
        Self { value, version }
    }
}

#[inline(never)]
fn keep<T: PartialEq + 'static>(value: StoredValue<Option<T>>, next: T) -> bool {
    let next = Some(next);
    value
        .try_update_value(|value| {
            let differs = *value != next;
            *value = next;
            differs
        })
        .unwrap_or_default()
}

impl<T: 'static> Memo<T> {
    /// Reads it and follows it.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        follow(self.version);
        self.present(read)
    }

    /// Reads it without following it.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        renew(self.version);
        self.present(read)
    }

    fn present<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.value.with_value(|value| match value {
            Some(value) => read(value),
            None => super::stored::gone(),
        })
    }
}

impl<T: Clone + 'static> Memo<T> {
    /// A copy of it, followed.
    ///
    /// # Panics
    /// When its owner is gone.
    #[inline(never)]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it, not followed; `None` when its owner is gone.
    #[inline(never)]
    pub fn try_get_untracked(self) -> Option<T> {
        renew(self.version);
        self.value.try_get_value().flatten()
    }

    /// A copy of it, not followed.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn get_untracked(self) -> T {
        self.try_get_untracked().unwrap_or_else(|| super::stored::gone())
    }
}
