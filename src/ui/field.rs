//! Text fields with label, hint and error outside the control.

use super::icon::Icon;
use leptos::prelude::*;

/// One line of text.
#[component]
pub fn TextField(
    /// Id of the control.
    id: &'static str,
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// A sentence under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong, if something is.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Keyboard of a phone.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// The text.
    value: RwSignal<String>,
    /// Called when a change is complete.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let wrong = move || error.and_then(|error| error.get());
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || match (hint.is_some(), wrong().is_some()) {
            (_, true) => Some(error_id.clone()),
            (true, false) => Some(hint_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{move || label.get()}</label>
            {hint.map(|hint| view! { <span class="field__hint" id=hint_id>{move || hint.get()}</span> })}
            <input
                class="field__control"
                id=id
                type="text"
                autocomplete=autocomplete
                inputmode=inputmode
                prop:value=move || value.get()
                aria-invalid=move || wrong().is_some().then_some("true")
                aria-describedby=described
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            />
            {move || wrong().map(|text| view! {
                <p class="field__error" id=error_id.clone()>{Icon::Alert.view()}<span>{text}</span></p>
            })}
        </div>
    }
}
