//! Banners: what a person must know before going on.

use super::icon::Icon;
use leptos::prelude::*;

/// What a banner is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BannerKind {
    /// No network.
    Offline,
    /// The store: the one that interrupts.
    Storage,
    /// A new version.
    Version,
    /// To beware of.
    Warn,
}

/// A banner with a title, a sentence and perhaps something to do.
#[component]
pub fn Banner(
    /// What it is about.
    kind: BannerKind,
    /// Its title.
    title: String,
    /// One sentence more.
    #[prop(optional, into)]
    text: Option<String>,
    /// Something to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, icon, role) = match kind {
        BannerKind::Offline => ("banner banner--offline", Icon::Offline, None),
        BannerKind::Storage => ("banner banner--storage", Icon::Storage, Some("alert")),
        BannerKind::Version => ("banner banner--version", Icon::Refresh, None),
        BannerKind::Warn => ("banner banner--warn", Icon::Alert, None),
    };
    view! {
        <div class=class role=role>
            {icon.view()}
            <p class="banner__title">{title}</p>
            {text.map(|text| view! { <p class="banner__text">{text}</p> })}
            {children.map(|children| view! { <div class="banner__action">{children()}</div> })}
        </div>
    }
}
