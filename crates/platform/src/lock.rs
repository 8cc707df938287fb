//! What tabs agree on: one of them sends at a time, and none changes version while a sheet is open. Web Locks.

use crate::window::window;
use bintang_domain::ports::{Pending, SendLock};
use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

const NAME: &str = "bintang-outbox";

/// `navigator.locks`. web-sys has it only behind an unstable flag, so it is called by name.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebLock;

impl SendLock for WebLock {
    fn run(&self, work: Pending<()>) -> Pending<bool> {
        Box::pin(async move {
            let (tell, told) = oneshot::channel();
            let held = Closure::once_into_js(move |lock: JsValue| -> Promise {
                if lock.is_null() {
                    let _ = tell.send(false);
                    return Promise::resolve(&JsValue::UNDEFINED);
                }
                future_to_promise(async move {
                    work.await;
                    let _ = tell.send(true);
                    Ok(JsValue::UNDEFINED)
                })
            });
            match request(NAME, &[("ifAvailable", JsValue::TRUE)], held.unchecked_ref()) {
                Some(released) => {
                    let held = told.await.unwrap_or(false);
                    // Free again only now: whoever asks next from here must not find it taken by us.
                    if let Ok(released) = released.dyn_into::<Promise>() {
                        let _ = JsFuture::from(released).await;
                    }
                    held
                }
                None => false,
            }
        })
    }
}

/// Asks for a lock; `held` is called with it, or with null where it is not free and was asked for only if it is.
pub(crate) fn request(name: &str, chosen: &[(&str, JsValue)], held: &Function) -> Option<JsValue> {
    let locks = Reflect::get(&window()?.navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    for (option, value) in chosen {
        Reflect::set(&options, &(*option).into(), value).ok()?;
    }
    request.call3(&locks, &name.into(), &options, held).ok()
}

/// Holds a lock together with others, from when it is free until what comes back is called. Where there are no Web Locks
/// nothing is held.
pub(crate) fn share(name: &str) -> Box<dyn FnOnce()> {
    let mut release = None;
    let until = Promise::new(&mut |resolve, _| release = Some(resolve));
    let held = Closure::once_into_js(move |_: JsValue| -> Promise { until });
    let _ = request(name, &[("mode", "shared".into())], held.unchecked_ref());
    Box::new(move || {
        if let Some(release) = release {
            // Resolving a promise calls nothing that could fail.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    })
}

/// Tells whether nobody holds the lock; true where there are no Web Locks to ask.
pub(crate) fn is_free(name: &str, then: impl FnOnce(bool) + 'static) {
    let then = std::rc::Rc::new(RefCell::new(Some(then)));
    let told = then.clone();
    let tell = move |free: bool| {
        if let Some(then) = told.borrow_mut().take() {
            then(free);
        }
    };
    let held = Closure::once_into_js(move |lock: JsValue| tell(!lock.is_null()));
    if request(name, &[("ifAvailable", JsValue::TRUE)], held.unchecked_ref()).is_none()
        && let Some(then) = then.borrow_mut().take()
    {
        then(true);
    }
}

/// For browsers without Web Locks: one page at a time is assumed, and never two rounds in one page.
#[derive(Debug, Clone, Default)]
pub struct PageLock(std::rc::Rc<RefCell<bool>>);

impl SendLock for PageLock {
    fn run(&self, work: Pending<()>) -> Pending<bool> {
        let busy = self.0.clone();
        Box::pin(async move {
            if busy.replace(true) {
                return false;
            }
            work.await;
            busy.replace(false);
            true
        })
    }
}

/// Web Locks where the browser has them, else one round a page.
#[must_use]
pub fn send_lock() -> std::rc::Rc<dyn SendLock> {
    let has = window()
        .is_some_and(|window| Reflect::get(&window.navigator(), &"locks".into()).is_ok_and(|locks| locks.is_object()));
    if has { std::rc::Rc::new(WebLock) } else { std::rc::Rc::new(PageLock::default()) }
}
