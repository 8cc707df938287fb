//! Files handed to the person.

use crate::window::window;
use bintang_domain::ports::page::Files;
use wasm_bindgen::JsCast as _;

/// Downloads through a link, the way every browser has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Downloads;

impl Files for Downloads {
    fn save(&self, name: &str, media_type: &str, text: &str) {
        // Every step can only fail where there is no page to click in; then there is no person either.
        let _ = offer(name, media_type, text);
    }
}

fn offer(name: &str, media_type: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link: web_sys::HtmlAnchorElement = window()?.document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}
