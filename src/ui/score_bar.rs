//! A bar of points out of their most, with the numbers written out.

use leptos::prelude::*;

/// One bar.
#[component]
pub fn ScoreBar(
    /// Id of the part or group.
    code: String,
    /// Its name.
    label: String,
    /// Points of most points, as written.
    value: String,
    /// The share, 0 to 1000.
    thousandths: i128,
) -> impl IntoView {
    let words = format!("{code} {label}: {value}");
    view! {
        <div class="scorebar">
            <span class="scorebar__label"><span class="code">{code}</span>" "{label}</span>
            <span class="scorebar__value">{value}</span>
            <meter min="0" max="1000" value=thousandths.to_string() aria-label=words></meter>
        </div>
    }
}
