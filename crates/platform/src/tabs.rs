//! The other tabs: Web Locks and a BroadcastChannel.

use crate::{
    lock::{request, share},
    pictures::settled,
    window::{listen, window},
};
use bintang_domain::{
    id::AssessmentId,
    ports::{
        Pending,
        tabs::{Asking, Held, Tabs, Word},
    },
};
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Array, Function, Promise, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

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

/// Held by every open page of the app.
const OPEN: &str = "bintang-open";

/// How many pages have the app open; `None` where the browser does not say.
async fn open_pages() -> Option<usize> {
    let locks = Reflect::get(&window()?.navigator(), &"locks".into()).ok()?;
    let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
    let known = settled(query.call0(&locks).ok()?.dyn_into().ok()?).await?;
    let held: Array = Reflect::get(&known, &"held".into()).ok()?.dyn_into().ok()?;
    let own = |lock: &JsValue| Reflect::get(lock, &"name".into()).is_ok_and(|name| name == JsValue::from_str(OPEN));
    Some(held.iter().filter(own).count())
}

/// What is known of this page's coming and going.
#[derive(Default)]
struct Presence {
    /// Lets go of [`OPEN`].
    open: RefCell<Option<Box<dyn FnOnce()>>>,
    /// The page was left; it may be kept for "back".
    away: Cell<bool>,
    /// Locks that are held.
    kept: RefCell<Vec<Rc<Kept>>>,
    /// Requests that wait in a queue.
    queued: RefCell<Vec<AbortController>>,
    /// Who waits until the page is shown again.
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Presence {
    /// A page that is kept for "back" would go on holding its locks, and be given those it waits for; nobody else would
    /// ever write then.
    fn leave(&self) {
        self.away.set(true);
        for kept in self.kept.borrow_mut().drain(..) {
            kept.left.set(true);
            kept.release();
        }
        self.queued.borrow_mut().drain(..).for_each(|queued| queued.abort());
        if let Some(open) = self.open.take() {
            open();
        }
    }

    fn come(&self) {
        self.away.set(false);
        if self.open.borrow().is_none() {
            self.open.replace(Some(share(OPEN)));
        }
        self.waiting.borrow_mut().drain(..).for_each(|waiting| _ = waiting.send(()));
    }

    /// Waits until the page is shown.
    async fn shown(&self) {
        if self.away.get() {
            let (tell, told) = oneshot::channel();
            self.waiting.borrow_mut().push(tell);
            let _ = told.await;
        }
    }
}

/// Tabs of this browser.
#[derive(Clone, Default)]
#[expect(missing_debug_implementations, reason = "a lock is a function")]
pub struct BrowserTabs {
    channel: Option<BroadcastChannel>,
    presence: Rc<Presence>,
}

impl BrowserTabs {
    /// Joins them.
    #[must_use]
    pub fn join() -> Self {
        let presence = Rc::<Presence>::default();
        if let Some(window) = window() {
            let (leaving, coming) = (presence.clone(), presence.clone());
            listen(&window, "pagehide", move |_| leaving.leave());
            listen(&window, "pageshow", move |_| coming.come());
        }
        presence.come();
        Self { channel: BroadcastChannel::new(CHANNEL).ok(), presence }
    }

    /// Asks for a lock once: a promise that ends with the lock, and what tells of it when it is there.
    fn ask(
        &self,
        name: &str,
        asking: Asking,
        queued: Option<&AbortController>,
    ) -> Option<(Promise, oneshot::Receiver<Rc<Kept>>)> {
        let (tell, told) = oneshot::channel::<Rc<Kept>>();
        let presence = self.presence.clone();
        let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
            if lock.is_null() {
                return Promise::resolve(&lock);
            }
            let mut resolve = None;
            let until = Promise::new(&mut |resolves, _| resolve = Some(resolves));
            if let Some(resolve) = resolve {
                let kept = Rc::new(Kept { resolve, left: Cell::new(false) });
                presence.kept.borrow_mut().push(kept.clone());
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
        let mut options = vec![option];
        options.extend(queued.map(|queued| ("signal", queued.signal().into())));
        let ended = request(name, &options, held.unchecked_ref())?.dyn_into().ok()?;
        Some((ended, told))
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
        let (this, name) = (self.clone(), ["bintang-draft-", &draft.to_string()].concat());
        Box::pin(async move {
            loop {
                this.presence.shown().await;
                let queued = (asking == Asking::Queued).then(|| AbortController::new().ok()).flatten();
                let (ended, told) = this.ask(&name, asking, queued.as_ref())?;
                this.presence.queued.borrow_mut().extend(queued);
                let kept = match select(told, JsFuture::from(ended.clone())).await {
                    Either::Left((kept, _)) => kept.ok(),
                    // It ended without being had: not free, or taken back because the page was left.
                    Either::Right(_) => None,
                };
                let Some(kept) = kept else {
                    if asking == Asking::Queued && this.presence.away.get() {
                        continue;
                    }
                    return None;
                };
                let (own, held) = (this.clone(), kept.clone());
                // The request itself fails when the lock is stolen (Web Locks API, section 4.6).
                let lost: Pending<bool> = Box::pin(async move {
                    let stolen = JsFuture::from(ended).await.is_err();
                    if held.left.get() {
                        own.presence.shown().await;
                    }
                    stolen || held.left.get()
                });
                let release = move || {
                    this.presence.kept.borrow_mut().retain(|other| !Rc::ptr_eq(other, &kept));
                    kept.release();
                };
                return Some(Held { release: Box::new(release), lost });
            }
        })
    }

    fn has_locks(&self) -> bool {
        window().is_some_and(|window| {
            Reflect::get(&window.navigator(), &"locks".into()).is_ok_and(|locks| locks.is_object())
        })
    }

    fn alone(&self) -> Pending<bool> {
        Box::pin(async { open_pages().await.is_none_or(|pages| pages <= 1) })
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
