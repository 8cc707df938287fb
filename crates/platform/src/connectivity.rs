//! The browser's own word on the network. It says "online" on any Wi-Fi; only a receipt proves more.

use crate::window::{listen, window};
use bintang_domain::ports::page::Connectivity;
use js_sys::Reflect;
use std::cell::Cell;
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

    fn wifi(&self) -> Option<bool> {
        let connection = connection()?;
        let kind = Reflect::get(&connection, &"type".into()).ok()?.as_string()?;
        (kind != "unknown").then_some(matches!(kind.as_str(), "wifi" | "ethernet"))
    }

    fn on_change(&self, then: Box<dyn Fn(bool)>) {
        let Some(window) = window() else { return };
        let then = std::rc::Rc::new(then);
        for (event, online) in [("online", true), ("offline", false)] {
            let then = then.clone();
            listen(&window, event, move |_| then(online));
        }
        if let Some(connection) = connection() {
            // The browser tells of each new guess at the speed, too.
            let before = Cell::new(self.wifi());
            listen(&connection, "change", move |_| {
                if before.replace(Self.wifi()) != Self.wifi() {
                    then(Self.online());
                }
            });
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
