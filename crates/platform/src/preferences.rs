//! Small settings: in localStorage through gloo-storage, else in memory.

use crate::window::window;
use bintang_domain::map::Map;
use bintang_domain::ports::page::Preferences;
use gloo_storage::{LocalStorage, Storage as _};
use std::cell::RefCell;

const PREFIX: &str = "bintang.";

/// Settings under `bintang.` in localStorage, as plain texts.
#[derive(Debug, Default)]
pub struct LocalPreferences {
    memory: RefCell<Map<String, String>>,
    blocked: bool,
}

impl LocalPreferences {
    /// Looks first whether the browser allows localStorage at all: gloo-storage panics where it does not
    /// (sandboxed frames, blocked site data).
    #[must_use]
    pub fn new() -> Self {
        let allowed = window().and_then(|window| window.local_storage().ok().flatten()).is_some();
        Self { memory: RefCell::default(), blocked: !allowed }
    }
}

impl Preferences for LocalPreferences {
    fn get(&self, key: &str) -> Option<String> {
        if let Some(text) = self.memory.borrow().get(key) {
            return Some(text.clone());
        }
        if self.blocked { None } else { LocalStorage::raw().get_item(&[PREFIX, key].concat()).ok().flatten() }
    }

    fn set(&self, key: &str, text: &str) -> bool {
        if !self.blocked && LocalStorage::raw().set_item(&[PREFIX, key].concat(), text).is_ok() {
            self.memory.borrow_mut().remove(key);
            return true;
        }
        self.memory.borrow_mut().insert(key.to_owned(), text.to_owned());
        false
    }
}
