//! A value that lives as long as its owner, behind a handle that is copied freely.

use leptos::prelude::{self as reactive, LocalStorage, ReadValue as _};
use std::{any::Any, cell::RefCell, fmt, marker::PhantomData, rc::Rc};

/// What a handle leads to. Every one of them is the `RefCell` of the handle's own type.
pub(crate) type Shared = Rc<dyn Any>;

/// A value that lives as long as the owner it was made in. Reading it makes nothing follow it.
pub struct StoredValue<T> {
    place: reactive::StoredValue<Shared, LocalStorage>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Copy for StoredValue<T> {}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> fmt::Debug for StoredValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredValue")
    }
}

#[inline(never)]
fn placed(shared: Shared) -> reactive::StoredValue<Shared, LocalStorage> {
    reactive::StoredValue::new_local(shared)
}

#[inline(never)]
fn found(place: reactive::StoredValue<Shared, LocalStorage>) -> Option<Shared> {
    place.try_read_value().map(|shared| shared.clone())
}

/// The value behind a handle.
#[inline(never)]
fn typed<T: 'static>(shared: &Shared) -> Option<&RefCell<T>> {
    shared.downcast_ref()
}

/// What reading without `try` says when the owner is gone: a mistake of the program, found by its tests.
#[inline(never)]
pub(crate) fn gone() -> ! {
    #[expect(clippy::panic, reason = "the same contract as Leptos' own signals; `try_` is there for what may be gone")]
    {
        panic!("the owner of this value is gone")
    }
}

impl<T: 'static> StoredValue<T> {
    /// Keeps `value` in the running owner.
    pub fn new(value: T) -> Self {
        Self { place: placed(Rc::new(RefCell::new(value))), kind: PhantomData }
    }

    /// Whether both are handles of one value.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        self.place == other.place
    }

    /// Reads it; `None` when its owner is gone.
    pub fn try_with_value<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        let shared = found(self.place)?;
        let value = typed::<T>(&shared)?.borrow();
        Some(read(&value))
    }

    /// Changes it; `None` when its owner is gone.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let shared = found(self.place)?;
        let mut value = typed::<T>(&shared)?.borrow_mut();
        Some(change(&mut value))
    }

    /// Reads it.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with_value(read).unwrap_or_else(|| gone())
    }

    /// Puts `value` in its place; nothing happens when its owner is gone.
    #[inline(never)]
    pub fn set_value(self, value: T) {
        self.try_update_value(|place| *place = value);
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// A copy of it; `None` when its owner is gone.
    #[inline(never)]
    pub fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }

    /// A copy of it.
    ///
    /// # Panics
    /// When its owner is gone.
    pub fn get_value(self) -> T {
        self.try_get_value().unwrap_or_else(|| gone())
    }
}
