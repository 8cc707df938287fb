//! Chips: a state as icon and word.

use super::icon::Icon;
use leptos::prelude::*;

/// What a chip says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipKind {
    /// Complete, not finished.
    Draft,
    /// Something is missing.
    Missing,
    /// On its way.
    Queued,
    /// A person must act.
    Attention,
    /// Proved by a receipt.
    Proved,
}

/// A state as icon and word.
#[component]
pub fn Chip(
    /// Which state.
    kind: ChipKind,
    /// The word.
    text: String,
) -> impl IntoView {
    let (class, icon) = match kind {
        ChipKind::Draft => ("chip chip--draft", Icon::Note),
        ChipKind::Missing => ("chip chip--missing", Icon::Open),
        ChipKind::Queued => ("chip chip--queued", Icon::Clock),
        ChipKind::Attention => ("chip chip--attention", Icon::Alert),
        ChipKind::Proved => ("chip chip--proved", Icon::Proved),
    };
    view! { <span class=class>{icon.view()}{text}</span> }
}
