//! Option rows: the whole row is the target. Nothing moves when one is chosen.

use super::icon::Icon;
use leptos::prelude::*;

/// Whether a row is one of several or stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// One of several.
    One,
    /// Ticked by itself.
    Tick,
}

/// What a row is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// The number as written.
    pub points: String,
    /// The word after it, for screen readers.
    pub unit: &'static str,
    /// The star it is a gate for, with the word for screen readers.
    pub gate: Option<(u8, &'static str)>,
}

/// A row to choose.
#[component]
pub fn OptionRow(
    /// Id of the control.
    id: String,
    /// Name of the group.
    name: String,
    /// One of several, or a tick.
    choice: Choice,
    /// A plainer row: "none", "not applicable".
    #[prop(default = false)]
    plain: bool,
    /// What is chosen.
    label: String,
    /// Help and proof in words, with the word for screen readers before the proof.
    #[prop(optional_no_strip)]
    proof: Option<(&'static str, String)>,
    /// What it is worth.
    #[prop(optional_no_strip)]
    worth: Option<Worth>,
    /// Whether it is chosen.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    on_choose: Callback<bool>,
) -> impl IntoView {
    let class = match (choice, plain) {
        (_, true) => "option option--none",
        (Choice::Tick, false) => "option option--tick",
        (Choice::One, false) => "option",
    };
    let labelled = id.clone();
    let kind = if choice == Choice::One { "radio" } else { "checkbox" };
    view! {
        <label class=class for=labelled>
            <input
                type=kind
                id=id
                name=name
                prop:checked=move || checked.get()
                on:change=move |event| on_choose.run(event_target_checked(&event))
            />
            <span>
                <span class="option__label">{label}</span>
                {proof.map(|(word, text)| view! {
                    <span class="option__proof">
                        {Icon::File.view()}
                        <span><span class="visually-hidden">{word}</span>{text}</span>
                    </span>
                })}
            </span>
            {worth.map(|worth| view! {
                <span class="option__side">
                    <span class="option__points">{worth.points}<span class="visually-hidden">{worth.unit}</span></span>
                    {worth.gate.map(|(star, word)| view! {
                        <span class="gate">
                            {Icon::Star.sized("")}
                            <span class="visually-hidden">{word}</span>
                            {star}
                        </span>
                    })}
                </span>
            })}
        </label>
    }
}
