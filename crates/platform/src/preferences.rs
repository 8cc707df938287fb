//! Small settings: in localStorage through gloo-storage, else in memory.

use crate::{host, window::window};
use bintang_domain::map::Map;
use bintang_domain::ports::page::Preferences;
use gloo_storage::{LocalStorage, Storage as _};
use std::cell::RefCell;

/// Settings under `bintang.` in localStorage, as plain texts; what the page decides comes first.
#[derive(Debug, Default)]
pub struct LocalPreferences {
    memory: RefCell<Map<String, String>>,
    /// What their keys begin with; `None` where nothing can be kept.
    prefix: Option<String>,
}

impl LocalPreferences {
    /// Looks first whether the browser allows localStorage at all: gloo-storage panics where it does not
    /// (sandboxed frames, blocked site data).
    #[must_use]
    pub fn new() -> Self {
        let allowed = window().and_then(|window| window.local_storage().ok().flatten()).is_some();
        let prefix = host::store().filter(|_| allowed).map(|name| name + ".");
        Self { memory: RefCell::default(), prefix }
    }
}

impl Preferences for LocalPreferences {
    fn get(&self, key: &str) -> Option<String> {
        if let Some(text) = self.memory.borrow().get(key) {
            return Some(text.clone());
        }
        // Not looked at where the browser blocks it: gloo-storage panics there.
        let kept = || {
            let key = [self.prefix.as_ref()?, key].concat();
            LocalStorage::raw().get_item(&key).ok().flatten()
        };
        host::given(key).or_else(kept)
    }

    fn set(&self, key: &str, text: &str) -> bool {
        let given = host::given(key).is_some();
        let kept = |prefix: &String| LocalStorage::raw().set_item(&[prefix, key].concat(), text).is_ok();
        if !given && self.prefix.as_ref().is_some_and(kept) {
            self.memory.borrow_mut().remove(key);
            return true;
        }
        self.memory.borrow_mut().insert(key.to_owned(), text.to_owned());
        false
    }
}
