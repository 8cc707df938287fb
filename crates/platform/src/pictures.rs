//! Photos: chosen, summed, scaled by `photo.js`, shown.

use crate::{
    host, web_crypto,
    window::{find, listen, window},
};
use bintang_domain::{
    digest::Digest,
    ports::{
        FileError, Pending,
        evidence::{Chosen, LONGEST, Pictures, Read, ScaleError},
    },
    time::Millis,
};
use futures::channel::oneshot;
use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement, MessageChannel, MessageEvent, MessagePort, Worker};

/// Scales beside the page.
const SCRIPT: &str = "photo.js";

/// Quality of the JPEGs, from 0 to 1.
pub(crate) const QUALITY: f64 = 0.8;

/// Who scales.
#[derive(Debug, Clone)]
enum Scaler {
    /// A worker of its own.
    Beside(Worker),
    /// The page itself.
    Here,
}

/// Pictures in the browser. What scales is started with the first picture.
#[derive(Debug, Clone, Default)]
pub struct BrowserPictures(Rc<RefCell<Option<Scaler>>>);

fn file(file: File) -> Read {
    Box::new(move || {
        let (media_type, reading) = (file.type_(), file.array_buffer());
        Box::pin(async move {
            let buffer: Result<JsValue, JsValue> = JsFuture::from(reading).await;
            // Gone or changed since it was chosen.
            let bytes = Uint8Array::new(&buffer.map_err(|_| FileError::Unreadable)?).to_vec();
            Ok(Chosen { media_type, bytes })
        })
    })
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // It fails only for objects that refuse members.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

impl Pictures for BrowserPictures {
    fn chosen(&self, field: &str) -> Vec<Read> {
        let Some(field) = find(field).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) else {
            return Vec::new();
        };
        let files = field.files();
        let files = (0..files.as_ref().map_or(0, web_sys::FileList::length))
            .filter_map(|index| files.as_ref()?.get(index))
            .map(file)
            .collect();
        field.set_value("");
        files
    }

    fn sum(&self, bytes: &[u8]) -> Pending<Digest> {
        let bytes = bytes.to_vec();
        Box::pin(async move {
            let asked =
                web_crypto::ask("digest", &Array::of2(&"SHA-256".into(), &Uint8Array::from(bytes.as_slice()))).await;
            // Pages that are not served securely have no subtle crypto.
            let sum = asked.ok().and_then(|sum| <[u8; 32]>::try_from(Uint8Array::new(&sum).to_vec()).ok());
            sum.map_or_else(|| Digest::of(&bytes), Digest::from)
        })
    }

    fn scale(&self, bytes: &[u8], media_type: &str) -> Pending<Result<Vec<u8>, ScaleError>> {
        let (this, bytes) = (self.clone(), Uint8Array::from(bytes));
        let question = Object::new();
        set(&question, "type", "bintang-scale");
        set(&question, "mediaType", media_type);
        set(&question, "longest", LONGEST);
        set(&question, "quality", QUALITY);
        Box::pin(async move {
            // WebKit's worker calls any picture undecodable while its page is being left: a new one is asked before that
            // is believed, and where the page goes it never answers.
            for _ in 0..2 {
                // Asking gives the bytes away.
                let buffer = bytes.slice(0, bytes.length()).buffer();
                set(&question, "bytes", buffer.clone());
                let scaler = this.scaler().await.ok_or(ScaleError::Unavailable)?;
                let answer = ask(&scaler, &question, buffer).await;
                let scaled = answer.as_ref().and_then(|answer| Reflect::get(answer, &"bytes".into()).ok());
                if let Some(scaled) = scaled.and_then(|bytes| bytes.dyn_into::<ArrayBuffer>().ok()) {
                    return Ok(Uint8Array::new(&scaled).to_vec());
                }
                // One that does not answer never will.
                if let Scaler::Beside(worker) = scaler {
                    worker.terminate();
                    this.0.take();
                }
                if answer.is_none() {
                    return Err(ScaleError::Unavailable);
                }
            }
            Err(ScaleError::Undecodable)
        })
    }

    fn show(&self, bytes: &[u8], media_type: &str) -> String {
        let parts = Array::of1(&Uint8Array::from(bytes));
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options);
        blob.and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob)).unwrap_or_default()
    }

    fn hide(&self, address: &str) {
        // It fails only for a text that is no address.
        let _ = web_sys::Url::revoke_object_url(address);
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "whole minutes of a day")]
    fn ahead(&self, at: Millis) -> i32 {
        let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
        -(date.get_timezone_offset() as i32)
    }
}

impl BrowserPictures {
    async fn scaler(&self) -> Option<Scaler> {
        if let Some(scaler) = self.0.borrow().clone() {
            return Some(scaler);
        }
        let has = |name: &str| window().is_some_and(|window| Reflect::has(&window, &name.into()).unwrap_or(false));
        let worker = if has("OffscreenCanvas") { Worker::new(&host::url(SCRIPT)).ok() } else { None };
        let scaler = match worker {
            Some(worker) => {
                let leaving = worker.clone();
                if let Some(window) = window() {
                    // Where the page stays and the app does not (`public/embedded.js`), nobody else ends it.
                    listen(&window, "bintang-end", move |_| leaving.terminate());
                }
                Scaler::Beside(worker)
            }
            None => {
                load().await?;
                Scaler::Here
            }
        };
        // Of two that were made at once the first one stays.
        Some(self.0.borrow_mut().get_or_insert(scaler).clone())
    }
}

/// Tells once, whichever listener hears of it first.
type Tell = Rc<RefCell<Option<oneshot::Sender<Option<JsValue>>>>>;

fn tell(tell: &Tell, what: Option<JsValue>) {
    if let Some(tell) = tell.borrow_mut().take() {
        let _ = tell.send(what);
    }
}

/// Brings the script into the page.
async fn load() -> Option<()> {
    let document = window()?.document()?;
    let script = document.create_element("script").ok()?;
    script.set_attribute("src", &host::url(SCRIPT)).ok()?;
    let (told, answer) = oneshot::channel();
    let told: Tell = Rc::new(RefCell::new(Some(told)));
    let (loaded, failed) = (told.clone(), told);
    listen(&script, "load", move |_| tell(&loaded, Some(JsValue::TRUE)));
    listen(&script, "error", move |_| tell(&failed, None));
    document.head()?.append_child(&script).ok()?;
    answer.await.ok().flatten().map(drop)
}

/// The answer to a question; `None` where nobody is there to answer.
async fn ask(scaler: &Scaler, question: &Object, buffer: ArrayBuffer) -> Option<JsValue> {
    let channel = MessageChannel::new().ok()?;
    let (told, answer) = oneshot::channel();
    let told: Tell = Rc::new(RefCell::new(Some(told)));
    let heard = told.clone();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| tell(&heard, Some(event.data())));
    let port: MessagePort = channel.port1();
    port.set_onmessage(Some(message.as_ref().unchecked_ref()));
    let failed = Closure::<dyn FnMut()>::new(move || tell(&told, None));
    let transfer = Array::of2(&channel.port2(), &buffer);
    match scaler {
        Scaler::Beside(worker) => {
            worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
            worker.post_message_with_transfer(question, &transfer).ok()?;
        }
        Scaler::Here => window()?.post_message_with_transfer(question, "/", &transfer).ok()?,
    }
    let answer = answer.await.ok().flatten();
    port.close();
    answer
}

/// A promise's value, or nothing.
pub(crate) async fn settled(promise: Promise) -> Option<JsValue> {
    JsFuture::from(promise).await.ok()
}
