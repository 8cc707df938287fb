//! Dates as a language writes them, by the browser's Intl.

use bintang_domain::{ports::page::Formats, time::Millis};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// `Intl.DateTimeFormat` and the browser's letters.
#[derive(Debug, Clone, Copy, Default)]
pub struct IntlFormats;

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    object
}

fn date(at: Millis) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "a date's milliseconds are far below 2^53")]
    Date::new(&(at.0 as f64).into())
}

fn written(language: &str, at: Millis, pairs: &[(&str, &str)]) -> String {
    let format = Intl::DateTimeFormat::new(&Array::of1(&language.into()), &options(pairs));
    let text = format.format().call1(&JsValue::UNDEFINED, &date(at)).ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

impl Formats for IntlFormats {
    fn small(&self, text: &str) -> String {
        js_sys::JsString::from(text).to_lower_case().into()
    }

    fn moment(&self, language: &str, at: Millis) -> String {
        written(language, at, &[("dateStyle", "long"), ("timeStyle", "short")])
    }

    fn time(&self, language: &str, at: Millis) -> String {
        written(language, at, &[("timeStyle", "short")])
    }
}
