//! Numbers and dates as a language writes them, by the browser's Intl.

use bintang_domain::{points::Fraction, ports::page::Formats, time::Millis};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// `Intl.NumberFormat` and `Intl.DateTimeFormat`.
#[derive(Debug, Clone, Copy, Default)]
pub struct IntlFormats;

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

fn date(at: Millis) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "a date's milliseconds are far below 2^53")]
    Date::new(&(at.0 as f64).into())
}

fn written(language: &str, at: Millis, pairs: &[(&str, JsValue)]) -> String {
    let format = Intl::DateTimeFormat::new(&Array::of1(&language.into()), &options(pairs));
    let text = format.format().call1(&JsValue::UNDEFINED, &date(at)).ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

impl Formats for IntlFormats {
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits; the score itself stays exact")]
    fn points(&self, language: &str, points: Fraction) -> String {
        let value = points.num() as f64 / points.den() as f64;
        let pairs = [("maximumFractionDigits", JsValue::from(2))];
        let format = Intl::NumberFormat::new(&Array::of1(&language.into()), &options(&pairs));
        let text = format.format().call1(&JsValue::UNDEFINED, &value.into()).ok();
        text.and_then(|text| text.as_string()).unwrap_or_else(|| value.to_string())
    }

    fn moment(&self, language: &str, at: Millis) -> String {
        written(language, at, &[("dateStyle", "long".into()), ("timeStyle", "short".into())])
    }

    fn time(&self, language: &str, at: Millis) -> String {
        written(language, at, &[("timeStyle", "short".into())])
    }
}
