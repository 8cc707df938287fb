//! The other tabs: Web Locks and a BroadcastChannel.

use crate::{
    lock::request,
    window::{listen, window},
};
use bintang_domain::{
    id::AssessmentId,
    ports::{
        Pending,
        tabs::{Asking, Held, Tabs, Word},
    },
};
use futures::channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

/// Name of the channel.
const CHANNEL: &str = "bintang-tabs";
const SAVED: &str = "saved ";
const LET_GO: &str = "let-go ";
const LOCK: &str = "lock";

/// A lock that is held here.
#[derive(Debug)]
struct Kept {
    resolve: Function,
    /// It was let go because the page was left.
    left: Cell<bool>,
}

impl Kept {
    fn release(&self) {
        // Resolving a promise calls nothing that could fail.
        let _ = self.resolve.call0(&JsValue::UNDEFINED);
    }
}

/// Tabs of this browser.
#[derive(Debug, Clone, Default)]
pub struct BrowserTabs {
    channel: Option<BroadcastChannel>,
    kept: Rc<RefCell<Vec<Rc<Kept>>>>,
}

impl BrowserTabs {
    /// Joins them.
    #[must_use]
    pub fn join() -> Self {
        let kept = Rc::<RefCell<Vec<Rc<Kept>>>>::default();
        let all = kept.clone();
        // A page that is left may be kept for "back", with its locks; nobody else would ever write then.
        if let Some(window) = window() {
            listen(&window, "pagehide", move |_| {
                for kept in all.borrow_mut().drain(..) {
                    kept.left.set(true);
                    kept.release();
                }
            });
        }
        Self { channel: BroadcastChannel::new(CHANNEL).ok(), kept }
    }
}

fn written(word: Word) -> String {
    match word {
        Word::Saved(id) => [SAVED, &id.to_string()].concat(),
        Word::LetGo(id) => [LET_GO, &id.to_string()].concat(),
        Word::Lock => LOCK.to_owned(),
    }
}

/// Anything else on the channel is not ours.
fn read(text: &str) -> Option<Word> {
    let id = |text: &str| AssessmentId::parse(text).ok();
    if text == LOCK {
        return Some(Word::Lock);
    }
    match (text.strip_prefix(SAVED), text.strip_prefix(LET_GO)) {
        (Some(rest), _) => id(rest).map(Word::Saved),
        (_, Some(rest)) => id(rest).map(Word::LetGo),
        _ => None,
    }
}

impl Tabs for BrowserTabs {
    fn hold(&self, draft: AssessmentId, asking: Asking) -> Pending<Option<Held>> {
        let (tell, told) = oneshot::channel::<Rc<Kept>>();
        let all = self.kept.clone();
        let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
            if lock.is_null() {
                return Promise::resolve(&lock);
            }
            let mut resolve = None;
            let until = Promise::new(&mut |resolves, _| resolve = Some(resolves));
            if let Some(resolve) = resolve {
                let kept = Rc::new(Kept { resolve, left: Cell::new(false) });
                all.borrow_mut().push(kept.clone());
                if let Err(kept) = tell.send(kept) {
                    // Nobody waits for it any more.
                    kept.release();
                }
            }
            until
        });
        let option = match asking {
            Asking::IfFree => ("ifAvailable", JsValue::TRUE),
            Asking::Queued => ("mode", "exclusive".into()),
            Asking::Stolen => ("steal", JsValue::TRUE),
        };
        let all = self.kept.clone();
        let name = ["bintang-draft-", &draft.to_string()].concat();
        let ended = request(&name, option, held.unchecked_ref()).and_then(|ended| ended.dyn_into::<Promise>().ok());
        Box::pin(async move {
            let ended = JsFuture::from(ended?);
            let kept = told.await.ok()?;
            let letting = kept.clone();
            // The request itself fails when the lock is stolen (Web Locks API, section 4.6).
            let lost: Pending<bool> = Box::pin(async move { ended.await.is_err() || kept.left.get() });
            let release = move || {
                all.borrow_mut().retain(|other| !Rc::ptr_eq(other, &letting));
                letting.release();
            };
            Some(Held { release: Box::new(release), lost })
        })
    }

    fn has_locks(&self) -> bool {
        window().is_some_and(|window| {
            Reflect::get(&window.navigator(), &"locks".into()).is_ok_and(|locks| locks.is_object())
        })
    }

    fn tell(&self, word: Word) {
        if let Some(channel) = &self.channel {
            // It fails only for values that cannot be copied.
            let _ = channel.post_message(&written(word).into());
        }
    }

    fn listen(&self, then: Box<dyn Fn(Word)>) {
        let Some(channel) = &self.channel else { return };
        listen(channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(word) = text.as_deref().and_then(read) {
                then(word);
            }
        });
    }
}
