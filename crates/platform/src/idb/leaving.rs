//! What is running when the page is left.
//!
//! A browser may keep a page that is left as it is, for the way back. WebKit keeps its transactions too, open, and no page
//! can write until that page is thrown away (w3c/IndexedDB#381): the next one would say "saving" for ever. So what is
//! running is taken back then; nothing of it was called saved. Asking it to end would be in vain: its last requests are
//! often not sent yet, and are not sent any more.

use crate::window::{listen, window};
use js_sys::{Object, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, IdbTransaction};

/// The transactions that run.
#[derive(Clone, Debug)]
pub(super) struct Running {
    all: Rc<RefCell<Vec<IdbTransaction>>>,
    ended: Rc<Closure<dyn Fn(Event)>>,
}

impl Running {
    /// None yet; from now on they are taken back when the page is left and kept.
    pub(super) fn new() -> Self {
        let all = Rc::<RefCell<Vec<IdbTransaction>>>::default();
        let left = all.clone();
        if let Some(window) = window() {
            listen(&window, "pagehide", move |event| {
                // PageTransitionEvent.persisted. A page that is not kept takes its transactions with it.
                if Reflect::get(&event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy()) {
                    for transaction in left.take() {
                        // It fails only when the transaction has ended already.
                        let _ = transaction.abort();
                    }
                }
            });
        }
        let running = all.clone();
        let ended = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if let Some(target) = event.target() {
                running.borrow_mut().retain(|transaction| !Object::is(transaction, &target));
            }
        });
        Self { all, ended: Rc::new(ended) }
    }

    /// One more runs, until it says that it has ended.
    pub(super) fn begin(&self, transaction: &IdbTransaction) {
        self.all.borrow_mut().push(transaction.clone());
        for event in ["complete", "abort"] {
            // It fails only for a listener that is no function.
            let _ = transaction.add_event_listener_with_callback(event, (*self.ended).as_ref().unchecked_ref());
        }
    }
}
