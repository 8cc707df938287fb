//! Dates as a language writes them, by the browser's Intl.

use bintang_domain::{ports::page::Formats, time::Millis};
use js_sys::{Array, Date, Intl, Object, Reflect};
use std::cell::RefCell;
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

fn format(language: &str, pairs: &[(&str, &str)]) -> Intl::DateTimeFormat {
    Intl::DateTimeFormat::new(&Array::of1(&language.into()), &options(pairs))
}

fn written(format: &Intl::DateTimeFormat, date: &Date) -> String {
    let text = format.format().call1(&JsValue::UNDEFINED, date).ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

/// A format of the time of day, of which language, and how far the phone's time was from UTC when it was made, in minutes:
/// it goes on with the zone in which it was made.
type Kept = (String, f64, Intl::DateTimeFormat);

thread_local! {
    /// Making one costs the page a millisecond on a fast machine, and "saved at" is written at each answer.
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

impl Formats for IntlFormats {
    fn small(&self, text: &str) -> String {
        js_sys::JsString::from(text).to_lower_case().into()
    }

    fn moment(&self, language: &str, at: Millis) -> String {
        written(&format(language, &[("dateStyle", "long"), ("timeStyle", "short")]), &date(at))
    }

    fn time(&self, language: &str, at: Millis) -> String {
        let date = date(at);
        let offset = date.get_timezone_offset();
        KEPT.with_borrow_mut(|kept| {
            let fits = |kept: &Kept| kept.0 == language && kept.1 == offset;
            let (_, _, format) = match kept.take() {
                Some(before) if fits(&before) => kept.insert(before),
                _ => kept.insert((language.to_owned(), offset, format(language, &[("timeStyle", "short")]))),
            };
            written(format, &date)
        })
    }
}
