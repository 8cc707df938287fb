//! The browser's offer to install the app.

use crate::window::window;
use bintang_domain::ports::install::Install;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// Where `start.js` keeps the offer: it may come before this code does.
const KEPT: &str = "bintangInstall";

/// The offer of this page.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserInstall;

fn kept() -> Option<JsValue> {
    Reflect::get(&window()?.into(), &KEPT.into()).ok().filter(|kept| !kept.is_undefined())
}

impl Install for BrowserInstall {
    fn offered(&self) -> bool {
        kept().is_some()
    }

    fn ask(&self) {
        let Some((offer, window)) = kept().zip(window()) else { return };
        let prompt = Reflect::get(&offer, &"prompt".into()).ok().and_then(|prompt| prompt.dyn_into::<Function>().ok());
        // An offer can be taken up once.
        let _ = Reflect::set(&window, &KEPT.into(), &JsValue::UNDEFINED);
        let _ = prompt.map(|prompt| prompt.call0(&offer));
    }
}
