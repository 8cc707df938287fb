//! Files handed to the person, and taken.

use crate::window::{find, window};
use bintang_domain::ports::{FileError, Pending, page::Files};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Downloads through a link, the way every browser has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Downloads;

impl Files for Downloads {
    fn save(&self, name: &str, media_type: &str, text: &str) {
        // Every step can only fail where there is no page to click in; then there is no person either.
        let _ = offer(name, media_type, text);
    }

    fn chosen(&self, field: &str, most: usize) -> Pending<Result<Vec<u8>, FileError>> {
        let reading = chosen(field).ok_or(FileError::Unreadable).and_then(|file| {
            // Sizes are whole numbers below 2^53.
            if file.size() > most as f64 { Err(FileError::TooLarge) } else { Ok(file.array_buffer()) }
        });
        Box::pin(async move {
            let buffer: Result<JsValue, JsValue> = JsFuture::from(reading?).await;
            // Gone or changed since it was chosen.
            Ok(Uint8Array::new(&buffer.map_err(|_| FileError::Unreadable)?).to_vec())
        })
    }
}

pub(crate) fn chosen(field: &str) -> Option<web_sys::File> {
    let field: web_sys::HtmlInputElement = find(field)?.dyn_into().ok()?;
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

fn offer(name: &str, media_type: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    download(name, &web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?)
}

/// Saves a blob under this name.
pub(crate) fn download(name: &str, blob: &web_sys::Blob) -> Option<()> {
    let url = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link: web_sys::HtmlAnchorElement = window()?.document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}
