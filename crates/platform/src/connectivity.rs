//! The browser's own word on the network. It says "online" on any Wi-Fi; only a receipt proves more.

use crate::window::{listen, window};
use bintang_domain::ports::page::Connectivity;
use wasm_bindgen::JsCast as _;

/// `navigator.onLine` with its events, and visibility.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserConnectivity;

impl Connectivity for BrowserConnectivity {
    fn online(&self) -> bool {
        window().is_none_or(|window| window.navigator().on_line())
    }

    fn on_change(&self, then: Box<dyn Fn(bool)>) {
        let Some(window) = window() else { return };
        let then = std::rc::Rc::new(then);
        for (event, online) in [("online", true), ("offline", false)] {
            let then = then.clone();
            listen(&window, event, move |_| then(online));
        }
    }

    fn on_view(&self, then: Box<dyn Fn(bool)>) {
        let Some(document) = window().and_then(|window| window.document()) else { return };
        let target: web_sys::EventTarget = document.clone().unchecked_into();
        listen(&target, "visibilitychange", move |_| {
            then(document.visibility_state() == web_sys::VisibilityState::Visible);
        });
    }
}
