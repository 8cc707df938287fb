//! Text fields with label, hint and error outside the control.

use super::icon::Icon;
use bintang_dom::{El, el, value_of};
use leptos::prelude::*;

/// A text that follows the language.
pub type Label = Box<dyn Fn() -> String>;

/// One line of text.
#[expect(missing_debug_implementations, reason = "closures")]
pub struct TextField {
    /// Id of the control.
    pub id: &'static str,
    /// Its label.
    pub label: Label,
    /// A sentence under the label.
    pub hint: Option<Label>,
    /// What is wrong, if something is.
    pub error: Signal<Option<String>>,
    /// What the browser may fill in (HTML, autofill detail tokens).
    pub autocomplete: &'static str,
    /// Keyboard of a phone.
    pub inputmode: &'static str,
    /// The text.
    pub value: RwSignal<String>,
    /// Called when a change is complete.
    pub on_change: Callback<String>,
}

impl TextField {
    /// A plain field.
    #[must_use]
    pub fn new(id: &'static str, label: Label, value: RwSignal<String>) -> Self {
        Self {
            id,
            label,
            hint: None,
            error: Signal::stored(None),
            autocomplete: "off",
            inputmode: "text",
            value,
            on_change: Callback::new(|_| {}),
        }
    }

    /// The field.
    pub fn view(self) -> El {
        let Self { id, label, hint, error, autocomplete, inputmode, value, on_change } = self;
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let wrong = Memo::new(move |_| error.with(Option::is_some));
        let described = {
            let (hint_id, error_id, has_hint) = (hint_id.clone(), error_id.clone(), hint.is_some());
            move || match (has_hint, wrong.get()) {
                (_, true) => Some(error_id.clone()),
                (true, false) => Some(hint_id.clone()),
                (false, false) => None,
            }
        };
        let control = el("input")
            .class("field__control")
            .id(id)
            .attr("type", "text")
            .attr("autocomplete", autocomplete)
            .attr("inputmode", inputmode)
            .attr_with("aria-invalid", move || wrong.get().then_some("true"))
            .attr_with("aria-describedby", described)
            .value(move || value.get())
            .on("input", move |event| value.set(value_of(&event)))
            .on("change", move |event| on_change.run(value_of(&event)));
        el("div")
            .class("field")
            .child(el("label").class("field__label").attr("for", id).text_with(label))
            .child(hint.map(|hint| el("span").class("field__hint").id(&hint_id).text_with(hint)))
            .child(control)
            .child_with(move || error.get().map(|text| error_line(&text).id(&error_id)))
    }
}

/// A sentence that says what is wrong.
pub fn error_line(text: &str) -> El {
    el("p").class("field__error").child(Icon::Alert.view()).child(el("span").text(text))
}
