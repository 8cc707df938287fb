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

/// A format as it was made, and for what: the language, the form, and how far the phone's time is from UTC, in minutes.
struct Kept {
    language: String,
    form: Form,
    offset: f64,
    format: Intl::DateTimeFormat,
}

/// How a moment is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Moment,
    Time,
}

impl Form {
    fn options(self) -> Object {
        match self {
            Self::Moment => options(&[("dateStyle", "long"), ("timeStyle", "short")]),
            Self::Time => options(&[("timeStyle", "short")]),
        }
    }
}

thread_local! {
    /// Making a format costs the page a millisecond on a fast machine, and "saved at" is written at each answer.
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

fn written(language: &str, at: Millis, form: Form) -> String {
    let date = date(at);
    // A format goes on with the zone in which it was made.
    let offset = date.get_timezone_offset();
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|kept| kept.form != form || kept.language == language && kept.offset == offset);
        if !kept.iter().any(|kept| kept.form == form) {
            let format = Intl::DateTimeFormat::new(&Array::of1(&language.into()), &form.options());
            kept.push(Kept { language: language.to_owned(), form, offset, format });
        }
        let kept = kept.iter().find(|kept| kept.form == form);
        let text = kept.and_then(|kept| kept.format.format().call1(&JsValue::UNDEFINED, &date).ok());
        text.and_then(|text| text.as_string()).unwrap_or_default()
    })
}

impl Formats for IntlFormats {
    fn small(&self, text: &str) -> String {
        js_sys::JsString::from(text).to_lower_case().into()
    }

    fn moment(&self, language: &str, at: Millis) -> String {
        written(language, at, Form::Moment)
    }

    fn time(&self, language: &str, at: Millis) -> String {
        written(language, at, Form::Time)
    }
}
