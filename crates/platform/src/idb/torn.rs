//! What a full disk does to the log in which Chromium keeps IndexedDB, and what undoes it (docs/adr/0013).
//!
//! A write that finds no room is cut off in the middle of a record of LevelDB's log. The next opening goes on writing
//! behind that piece; the one after it meets it in the middle of the log, takes the log for damaged and throws the whole
//! database away, also what was saved long before (Chromium 148; google/leveldb#1180, electron/electron#41877). A log that
//! is full is closed for good, and its content moved to tables: so more is written, and deleted again, than a log holds.

use crate::window::window;
use bintang_domain::ports::Pending;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Texts that fill a log, and bytes of each: LevelDB begins a new log after 4 MiB (`Options::write_buffer_size`), and
/// Chromium puts what has 64 KiB or more into files of its own.
pub(super) const FILLERS: usize = 100;
pub(super) const FILLER: u32 = 50_000;

/// Bytes that must be free before the database is opened again: opening it writes too, and what is begun must not be
/// cut off again.
const ROOM: u32 = 8 << 20;

/// What is kept while the log is whole, in a cache of its own that belongs to the origin, as the database does. Taking it
/// away needs no room on the disk, and holds when the browser is killed at once.
const WHOLE: &str = "/bintang-log-is-whole";

/// Whether the log may be torn.
#[derive(Debug)]
pub(super) struct Log {
    /// Name of the cache that says it.
    name: String,
    /// The cache; `None` where the browser gives none, and only this page knows.
    cache: RefCell<Option<JsValue>>,
    torn: Cell<bool>,
}

impl Log {
    /// Of a database; nothing is known yet.
    pub(super) fn new(database: &str) -> Self {
        Self { name: [database, ".log"].concat(), cache: RefCell::default(), torn: Cell::new(false) }
    }

    /// Looks how it was left, by another tab too. One that was never looked at is taken for whole.
    pub(super) async fn look(&self) {
        let known = in_caches("has", &self.name).await;
        let cache = in_caches("open", &self.name).await;
        self.cache.replace(cache);
        if known == Some(JsValue::TRUE) {
            let there = self.ask("match", &[&WHOLE.into()]).await.is_some_and(|there| !there.is_undefined());
            self.torn.set(self.torn.get() || !there);
        } else if known == Some(JsValue::FALSE) && !self.torn.get() {
            self.whole().await;
        }
    }

    /// Whether it may be torn.
    pub(super) fn is_torn(&self) -> bool {
        self.torn.get()
    }

    /// A write was cut off. The mark goes in this very call.
    pub(super) fn tear(&self) {
        self.torn.set(true);
        if let Some(cache) = &*self.cache.borrow() {
            drop(call(cache, "delete", &[&WHOLE.into()]));
        }
    }

    /// It is whole: a new one, or another log was begun.
    pub(super) async fn whole(&self) {
        self.torn.set(false);
        if let Some(empty) = response(0) {
            self.ask("put", &[&WHOLE.into(), &empty]).await;
        }
    }

    /// Whether there is room for what mending writes; `true` where it cannot be tried.
    pub(super) async fn has_room(&self) -> bool {
        let name = [&self.name, ".room"].concat();
        let (Some(cache), Some(large)) = (in_caches("open", &name).await, response(ROOM)) else { return true };
        let stored = ended(call(&cache, "put", &[&WHOLE.into(), &large])).await.is_some();
        // The file goes with its entry; a cache stays for as long as somebody has hold of it.
        ended(call(&cache, "delete", &[&WHOLE.into()])).await;
        in_caches("delete", &name).await;
        stored
    }

    fn ask(&self, what: &str, words: &[&JsValue]) -> Pending<Option<JsValue>> {
        ended(self.cache.borrow().as_ref().and_then(|cache| call(cache, what, words)))
    }
}

fn response(bytes: u32) -> Option<Response> {
    Response::new_with_opt_buffer_source(Some(&Uint8Array::new_with_length(bytes))).ok()
}

/// The same of the caches of the origin, by a cache's name.
fn in_caches(what: &str, name: &str) -> Pending<Option<JsValue>> {
    let caches = window().and_then(|window| Reflect::get(&window, &"caches".into()).ok());
    ended(caches.and_then(|caches| call(&caches, what, &[&name.into()])))
}

/// What a call came to; `None` where there was none, or it failed.
#[inline(never)]
fn ended(begun: Option<Promise>) -> Pending<Option<JsValue>> {
    Box::pin(async { JsFuture::from(begun?).await.ok() })
}

#[inline(never)]
fn call(target: &JsValue, what: &str, words: &[&JsValue]) -> Option<Promise> {
    let function: Function = Reflect::get(target, &what.into()).ok()?.dyn_into().ok()?;
    function.apply(target, &words.iter().collect::<Array>()).ok()?.dyn_into().ok()
}

/// One of the texts that fill a log.
pub(super) fn filler() -> JsValue {
    Uint8Array::new_with_length(FILLER).into()
}
