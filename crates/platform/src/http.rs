//! Fetching rubrics, from the app's folder and from elsewhere, with the browser's fetch.

use crate::{host, window::window};
use bintang_domain::ports::{FileError, Pending, WebFiles};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Bytes of a file that are read: twice what a rubric may have, so that one a little too large is still looked at.
const LARGEST_FILE: usize = 2 * bintang_domain::rubric::MAX_BYTES;

/// Files that lie beside the app, and elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct FetchedFiles;

impl WebFiles for FetchedFiles {
    fn fetch(&self, address: &str) -> Pending<Result<Vec<u8>, FileError>> {
        let fetching = window().map(|window| window.fetch_with_str(&host::url(address)));
        Box::pin(async move {
            let response = JsFuture::from(fetching.ok_or(FileError::Unreachable)?).await;
            let response: Response = response.and_then(JsValue::dyn_into).map_err(|_| FileError::Unreachable)?;
            if !response.ok() {
                return Err(FileError::Refused(response.status()));
            }
            let size = response.headers().get("Content-Length").ok().flatten().and_then(|size| size.parse().ok());
            if size.is_some_and(|size: usize| size > LARGEST_FILE) {
                return Err(FileError::TooLarge);
            }
            let buffer = response.array_buffer().map_err(|_| FileError::Unreadable)?;
            let buffer = JsFuture::from(buffer).await.map_err(|_| FileError::Unreadable)?;
            Ok(Uint8Array::new(&buffer).to_vec())
        })
    }
}
