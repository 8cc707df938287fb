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
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

/// Name of the channel.
const CHANNEL: &str = "bintang-tabs";
const SAVED: &str = "saved ";
const LET_GO: &str = "let-go ";

/// Tabs of this browser.
#[derive(Debug, Clone, Default)]
pub struct BrowserTabs(Option<BroadcastChannel>);

impl BrowserTabs {
    /// Joins them.
    #[must_use]
    pub fn join() -> Self {
        Self(BroadcastChannel::new(CHANNEL).ok())
    }
}

fn written(word: Word) -> String {
    match word {
        Word::Saved(id) => [SAVED, &id.to_string()].concat(),
        Word::LetGo(id) => [LET_GO, &id.to_string()].concat(),
    }
}

/// Anything else on the channel is not ours.
fn read(text: &str) -> Option<Word> {
    let id = |text: &str| AssessmentId::parse(text).ok();
    match (text.strip_prefix(SAVED), text.strip_prefix(LET_GO)) {
        (Some(rest), _) => id(rest).map(Word::Saved),
        (_, Some(rest)) => id(rest).map(Word::LetGo),
        _ => None,
    }
}

impl Tabs for BrowserTabs {
    fn hold(&self, draft: AssessmentId, asking: Asking) -> Pending<Option<Held>> {
        let (tell, told) = oneshot::channel::<Box<dyn FnOnce()>>();
        let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
            if lock.is_null() {
                return Promise::resolve(&lock);
            }
            let mut release = None;
            let until = Promise::new(&mut |resolve, _| release = Some(resolve));
            let release = release.map(|resolve| move || drop(resolve.call0(&JsValue::UNDEFINED)));
            if let Some(release) = release
                && let Err(release) = tell.send(Box::new(release))
            {
                // Nobody waits for it any more.
                release();
            }
            until
        });
        let option = match asking {
            Asking::IfFree => ("ifAvailable", JsValue::TRUE),
            Asking::Queued => ("mode", "exclusive".into()),
            Asking::Stolen => ("steal", JsValue::TRUE),
        };
        let name = ["bintang-draft-", &draft.to_string()].concat();
        let ended = request(&name, option, held.unchecked_ref()).and_then(|ended| ended.dyn_into::<Promise>().ok());
        Box::pin(async move {
            let ended = JsFuture::from(ended?);
            let release = told.await.ok()?;
            // The request itself fails when the lock is stolen (Web Locks API, section 4.6).
            let lost: Pending<bool> = Box::pin(async move { ended.await.is_err() });
            Some(Held { release, lost })
        })
    }

    fn has_locks(&self) -> bool {
        window().is_some_and(|window| {
            Reflect::get(&window.navigator(), &"locks".into()).is_ok_and(|locks| locks.is_object())
        })
    }

    fn tell(&self, word: Word) {
        if let Some(channel) = &self.0 {
            // It fails only for values that cannot be copied.
            let _ = channel.post_message(&written(word).into());
        }
    }

    fn listen(&self, then: Box<dyn Fn(Word)>) {
        let Some(channel) = &self.0 else { return };
        listen(channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(word) = text.as_deref().and_then(read) {
                then(word);
            }
        });
    }
}
