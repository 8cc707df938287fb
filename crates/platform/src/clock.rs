//! Time and chance from the browser.

use crate::{host, window::window};
use bintang_domain::{
    ports::{Clock, Pending},
    time::Millis,
};
use wasm_bindgen_futures::JsFuture;

/// `Date.now`, `performance.now`, the host's `sleep` and `crypto.getRandomValues`.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a date fit an i64")]
    fn now(&self) -> Millis {
        Millis(js_sys::Date::now() as i64)
    }

    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a session fit an i64")]
    fn monotonic(&self) -> i64 {
        window().and_then(|window| window.performance()).map_or(0, |performance| performance.now() as i64)
    }

    fn sleep(&self, span: i64) -> Pending<()> {
        let span = i32::try_from(span.max(0)).unwrap_or(i32::MAX);
        let promise = host::sleep(span);
        Box::pin(async move {
            let _ = JsFuture::from(promise).await;
        })
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        bytes
    }
}
