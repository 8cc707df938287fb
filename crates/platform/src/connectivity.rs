//! The browser's own word on the network. It says "online" on any Wi-Fi; only a receipt proves more.

use crate::window::{listen, window};
use bintang_domain::ports::page::Connectivity;
use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use web_sys::EventTarget;

/// `navigator.onLine` with its events, and visibility.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserConnectivity;

/// What the phone is connected by (Network Information API); Chromium on phones has it, others do not.
fn connection() -> Option<EventTarget> {
    let navigator = window()?.navigator();
    Reflect::get(&navigator, &"connection".into()).ok()?.dyn_into().ok()
}

impl Connectivity for BrowserConnectivity {
    fn online(&self) -> bool {
        window().is_none_or(|window| window.navigator().on_line())
    }

    fn wifi(&self) -> bool {
        let kind = connection().and_then(|connection| Reflect::get(&connection, &"type".into()).ok());
        kind.and_then(|kind| kind.as_string()).is_some_and(|kind| matches!(kind.as_str(), "wifi" | "ethernet"))
    }

    fn on_change(&self, then: Box<dyn Fn(bool)>) {
        let Some(window) = window() else { return };
        let then = std::rc::Rc::new(then);
        for (event, online) in [("online", true), ("offline", false)] {
            let then = then.clone();
            listen(&window, event, move |_| then(online));
        }
        if let Some(connection) = connection() {
            listen(&connection, "change", move |_| then(Self.online()));
        }
    }

    fn on_view(&self, then: Box<dyn Fn(bool)>) {
        let Some(document) = window().and_then(|window| window.document()) else { return };
        let target: EventTarget = document.clone().unchecked_into();
        listen(&target, "visibilitychange", move |_| {
            then(document.visibility_state() == web_sys::VisibilityState::Visible);
        });
    }
}
