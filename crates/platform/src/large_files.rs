//! Files that are not in wasm's memory whole: the browser keeps them as blobs.

use crate::{
    files::{chosen, download},
    pictures::settled,
    window::window,
};
use bintang_domain::ports::{
    FileError, Pending,
    bytes::Bytes,
    large_files::{Gathered, Gathering, LargeFiles, ShareError},
};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Files of this browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserFiles;

/// A file of the browser.
#[derive(Debug)]
pub(crate) struct Chosen(pub(crate) File);

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole numbers below 2^53"
)]
impl Bytes for Chosen {
    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    fn read(&self, from: u64, length: usize) -> Pending<Result<Vec<u8>, FileError>> {
        let from = from as f64;
        let part = self.0.slice_with_f64_and_f64(from, from + length as f64).map(|part| part.array_buffer());
        Box::pin(async move {
            // Gone or changed since it was chosen.
            let buffer = settled(part.map_err(|_| FileError::Unreadable)?).await.ok_or(FileError::Unreadable)?;
            let bytes = Uint8Array::new(&buffer).to_vec();
            if bytes.len() == length { Ok(bytes) } else { Err(FileError::Unreadable) }
        })
    }
}

#[derive(Debug, Default)]
struct Pieces(Array);

/// A blob of its own: the browser may put it to the disk.
fn piece(bytes: &[u8]) -> JsValue {
    let bytes = Uint8Array::from(bytes);
    Blob::new_with_u8_array_sequence(&Array::of1(&bytes)).map_or(bytes.into(), Into::into)
}

impl Gathering for Pieces {
    fn add(&mut self, bytes: &[u8]) {
        self.0.push(&piece(bytes));
    }

    fn finish(self: Box<Self>, front: &[u8], back: &[u8], name: &str, media_type: &str) -> Option<Rc<dyn Gathered>> {
        self.0.unshift(&piece(front));
        self.0.push(&piece(back));
        let options = web_sys::FilePropertyBag::new();
        options.set_type(media_type);
        let file = File::new_with_blob_sequence_and_options(&self.0, name, &options).ok()?;
        Some(Rc::new(Ready(file)))
    }
}

#[derive(Debug)]
struct Ready(File);

impl Ready {
    /// What `navigator.share` takes (Web Share API, section 2.1).
    fn shared(&self) -> Object {
        let shared = Object::new();
        let _ = Reflect::set(&shared, &"files".into(), &Array::of1(&self.0));
        shared
    }
}

/// Calls `navigator.<name>` with this; absent in browsers without sharing.
fn navigator(name: &str, argument: &Object) -> Option<JsValue> {
    let navigator = window()?.navigator();
    let function: Function = Reflect::get(&navigator, &name.into()).ok()?.dyn_into().ok()?;
    function.call1(&navigator, argument).ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of files are below 2^53")]
impl Gathered for Ready {
    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    fn save(&self) {
        // It can only fail where there is no page to click in; then there is no person either.
        let _ = download(&self.0.name(), &self.0);
    }

    fn hand(&self) {
        hand(&self.0);
    }

    fn can_share(&self) -> bool {
        navigator("canShare", &self.shared()) == Some(JsValue::TRUE)
    }

    fn share(&self) -> Pending<Result<(), ShareError>> {
        let sharing = navigator("share", &self.shared()).and_then(|promise| promise.dyn_into::<Promise>().ok());
        Box::pin(async move {
            let shared = JsFuture::from(sharing.ok_or(ShareError::Refused)?).await;
            shared.map(drop).map_err(|error| {
                let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
                if name.as_deref() == Some("AbortError") { ShareError::Stopped } else { ShareError::Refused }
            })
        })
    }
}

#[wasm_bindgen(js_namespace = bintangHost)]
extern "C" {
    fn hand(file: &File);
}

impl LargeFiles for BrowserFiles {
    fn chosen(&self, field: &str) -> Option<Rc<dyn Bytes>> {
        chosen(field).map(|file| Rc::new(Chosen(file)) as Rc<dyn Bytes>)
    }

    fn today(&self) -> String {
        let now = js_sys::Date::new_0();
        let two = |number: u32| if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() };
        [now.get_full_year().to_string(), two(now.get_month() + 1), two(now.get_date())].join("-")
    }

    fn gather(&self) -> Box<dyn Gathering> {
        Box::new(Pieces::default())
    }
}
