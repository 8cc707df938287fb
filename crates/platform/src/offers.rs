//! What a link offers: `public/start.js` takes it out of the address and keeps it in the window.

use crate::window::{listen, window};
use bintang_domain::ports::offers::Offers;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Name of the window's property, as `public/start.js` has it.
const OFFER: &str = "bintangOffer";

/// The window's property.
#[derive(Debug, Clone, Copy, Default)]
pub struct WindowOffers;

fn set(value: &JsValue) {
    if let Some(window) = window() {
        // Setting a property of the window cannot fail.
        let _ = Reflect::set(&window, &OFFER.into(), value);
    }
}

impl Offers for WindowOffers {
    fn present(&self) -> Option<String> {
        let window = window()?;
        Reflect::get(&window, &OFFER.into()).ok()?.as_string()
    }

    fn offer(&self, text: &str) {
        set(&text.into());
    }

    fn withdraw(&self) {
        set(&JsValue::UNDEFINED);
    }

    fn on_offer(&self, then: Box<dyn Fn()>) {
        let Some(window) = window() else { return };
        // The listener of `public/start.js` was there before. Other links within the page change what is behind the `#`
        // too; what was looked at is offered no longer then.
        listen(&window, "hashchange", move |_| {
            if Self.present().is_some() {
                then();
            }
        });
    }
}
