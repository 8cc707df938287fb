//! Text fields with label, hint and error outside the control.

use super::icon::Icon;
use bintang_dom::{El, Memo, RwSignal, el, value_of};
use std::rc::Rc;

/// A text.
#[expect(missing_debug_implementations, reason = "closures")]
pub struct TextField {
    /// Id of the control.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// A sentence under the label.
    pub hint: Option<&'static str>,
    /// What is wrong, if something is.
    pub error: Option<Memo<Option<&'static str>>>,
    /// What the browser may fill in (HTML, autofill detail tokens).
    pub autocomplete: &'static str,
    /// Keyboard of a phone.
    pub inputmode: &'static str,
    /// Whether what is typed is hidden from who looks on.
    pub secret: bool,
    /// Lines that are shown of a text of several.
    pub lines: Option<u8>,
    /// The text.
    pub value: RwSignal<String>,
    /// Called when a change is complete.
    pub on_change: Option<Rc<dyn Fn(String)>>,
}

impl TextField {
    /// A plain field.
    #[must_use]
    pub fn new(id: &'static str, label: &'static str, value: RwSignal<String>) -> Self {
        Self {
            id,
            label,
            hint: None,
            error: None,
            autocomplete: "off",
            inputmode: "text",
            secret: false,
            lines: None,
            value,
            on_change: None,
        }
    }

    /// The field.
    pub fn view(self) -> El {
        let Self { id, label, hint, error, autocomplete, inputmode, secret, lines, value, on_change } = self;
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let wrong = move || error.and_then(Memo::get);
        let described = {
            let (hint_id, error_id) = (hint.is_some().then(|| hint_id.clone()), error_id.clone());
            move || if wrong().is_some() { Some(error_id.clone()) } else { hint_id.clone() }
        };
        let control = match lines {
            Some(lines) => el("textarea").attr("rows", &lines.to_string()),
            None => el("input").attr("type", if secret { "password" } else { "text" }),
        };
        let control = control
            .class("field__control")
            .id(id)
            .attr("autocomplete", autocomplete)
            .attr("inputmode", inputmode)
            .attr_with("aria-invalid", move || wrong().map(|_| "true"))
            .attr_with("aria-describedby", described)
            .value(move || value.get())
            .on("input", move |event| value.set(value_of(&event)))
            .on("change", move |event| {
                if let Some(on_change) = &on_change {
                    on_change(value_of(&event));
                }
            });
        el("div")
            .class("field")
            .child(el("label").class("field__label").attr("for", id).text(label))
            .child(hint.map(|hint| el("span").class("field__hint").id(&hint_id).text(hint)))
            .child(control)
            .child_with(move || wrong().map(|text| error_line(text).id(&error_id)))
    }
}

/// A sentence that says what is wrong.
pub fn error_line(text: &str) -> El {
    el("p").class("field__error").child(Icon::Alert.view()).child(el("span").text(text))
}
