//! The page around the app (`public/embedded.js`), and the tab that a frame opens.

use crate::{
    host,
    large_files::Chosen,
    window::{listen, window},
};
use bintang_domain::ports::{
    Pending,
    bytes::Bytes,
    embedding::{Embedding, Serve},
};
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Object, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsError, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{File, MessageEvent, Window};

#[wasm_bindgen(js_namespace = bintangHost)]
extern "C" {
    fn options() -> String;
    fn tell(event: &str, detail: &str);
    fn serve(answer: &JsValue);
    #[wasm_bindgen(js_name = canHand)]
    fn can_hand() -> bool;
    #[wasm_bindgen(js_name = openTab)]
    fn open_tab() -> bool;
}

/// Name of the window's property, as `public/start.js` has it.
const BEGIN: &str = "bintangBegin";
/// What `public/embedded.js` hears and says when a file is handed over.
const READY: &str = "bintang-ready";
const HANDED: &str = "bintang-handed";
/// How long the page that opened a tab may take to hand something over, in milliseconds.
const PATIENCE: i32 = 10_000;

/// The page around.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageAround;

impl Embedding for PageAround {
    fn options(&self) -> Option<String> {
        host::embedded().then(options)
    }

    fn tell(&self, event: &str, detail: &str) {
        tell(event, detail);
    }

    fn serve(&self, answer: Serve) {
        let asked = Closure::<dyn Fn(String, String) -> Promise>::new(move |what, text| {
            let answering = answer(what, text);
            future_to_promise(async move {
                match answering.await {
                    Ok(text) => Ok(JsValue::from_str(&text)),
                    Err(message) => Err(JsError::new(&message).into()),
                }
            })
        });
        serve(&asked.into_js_value());
    }

    fn beginning(&self) -> Option<String> {
        let text = Reflect::get(&window()?.into(), &BEGIN.into()).ok()?.as_string()?;
        js_sys::decode_uri_component(&text).ok().map(String::from)
    }

    fn withdraw(&self) {
        if let Some(window) = window() {
            // Setting a property of the window cannot fail.
            let _ = Reflect::set(&window, &BEGIN.into(), &JsValue::UNDEFINED);
        }
    }

    fn can_hand(&self) -> bool {
        host::embedded() && can_hand()
    }

    fn open_tab(&self) -> bool {
        open_tab()
    }

    fn handed(&self) -> Pending<Option<Rc<dyn Bytes>>> {
        Box::pin(async {
            let file = ask_opener()?;
            match select(file, JsFuture::from(host::sleep(PATIENCE))).await {
                Either::Left((file, _)) => file.ok().map(|file| Rc::new(Chosen(file)) as Rc<dyn Bytes>),
                Either::Right(_) => None,
            }
        })
    }
}

/// Asks the page that opened this tab, if it is of this origin: the browser gives the question to no other.
fn ask_opener() -> Option<oneshot::Receiver<File>> {
    let window = window()?;
    let origin = window.location().origin().ok()?;
    let opener = window.opener().ok().filter(|opener| !opener.is_null() && !opener.is_undefined())?;
    // Of another page, and so of none of this page's classes.
    let opener: Window = opener.unchecked_into();
    let (give, given) = oneshot::channel();
    let give = RefCell::new(Some(give));
    let (from, own) = (JsValue::from(opener.clone()), origin.clone());
    listen(&window, "message", move |event| {
        let Some(message) = event.dyn_ref::<MessageEvent>() else { return };
        let data = message.data();
        let member = |name: &str| Reflect::get(&data, &name.into()).unwrap_or_default();
        let said = member("type").as_string();
        let source = message.source().map(JsValue::from).unwrap_or_default();
        if message.origin() != own || !Object::is(&source, &from) || said.as_deref() != Some(HANDED) {
            return;
        }
        if let (Ok(file), Some(give)) = (member("file").dyn_into::<File>(), give.borrow_mut().take()) {
            let _ = give.send(file);
        }
    });
    let ready = Object::new();
    Reflect::set(&ready, &"type".into(), &READY.into()).ok()?;
    opener.post_message(&ready, &origin).ok()?;
    Some(given)
}
