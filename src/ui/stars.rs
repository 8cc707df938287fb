//! Stars: full when final, a small star inside an empty one while provisional.

use super::icon::Icon;
use leptos::prelude::*;

/// How large stars are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StarSize {
    /// In lists.
    Small,
    /// On the live bar.
    Regular,
    /// On the verdict.
    Large,
}

/// The small star of a provisional result.
const INNER: &str = "M12 8.9l1.1 2.3 2.5.3-1.9 1.8.5 2.5-2.2-1.2-2.2 1.2.5-2.5-1.9-1.8 2.5-.3z";

/// A row of stars with its meaning in words.
#[component]
pub fn Stars(
    /// Stars there are.
    stars: u8,
    /// Stars there could be.
    of: u8,
    /// Not a result yet.
    provisional: bool,
    /// How large.
    size: StarSize,
    /// What a screen reader says.
    label: String,
) -> impl IntoView {
    let class = match (size, provisional) {
        (StarSize::Small, false) => "stars stars--small",
        (StarSize::Small, true) => "stars stars--small stars--provisional",
        (StarSize::Regular, false) => "stars",
        (StarSize::Regular, true) => "stars stars--provisional",
        (StarSize::Large, false) => "stars stars--large",
        (StarSize::Large, true) => "stars stars--large stars--provisional",
    };
    let star = move |number: u8| {
        let on = number <= stars;
        view! {
            <svg class=on.then_some("is-on") viewBox="0 0 24 24" aria-hidden="true">
                <path d=Icon::Star.path() />
                {(on && provisional).then(|| view! { <path class="stars__inner" d=INNER /> })}
            </svg>
        }
    };
    view! { <span class=class role="img" aria-label=label>{(1..=of).map(star).collect_view()}</span> }
}
