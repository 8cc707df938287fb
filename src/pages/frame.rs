//! The frame around every page: skip link, navigation, bar.

use crate::{
    i18n::I18n,
    routes::Route,
    state::{address::Address, condition::Condition, outbox::Outbox, preferences::Settings},
    ui::{
        banner::{Banner, BannerKind},
        icon::Icon,
    },
};
use bintang_domain::ports::page::ShellState;
use leptos::prelude::*;

/// Which kind of frame a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// With navigation at the bottom of a phone.
    Main,
    /// Work in the middle: no navigation on a phone.
    Focus,
}

/// A page in its frame.
#[component]
pub(super) fn Framed(
    /// Which kind.
    frame: Frame,
    /// The page.
    children: Children,
) -> impl IntoView {
    let i18n = I18n::get();
    let class = if frame == Frame::Focus { "app app--focus" } else { "app" };
    view! {
        <a class="skip-link" href="#isi">{move || i18n.words().skip}</a>
        <div class=class>
            <Navigation />
            <div class="app__main">{children()}</div>
        </div>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let (i18n, address, outbox) = (I18n::get(), Address::get(), Outbox::get());
    let link = move |route: Route, icon: Icon, name: fn(&crate::i18n::Words) -> &'static str, count: bool| {
        let here = route.clone();
        view! {
            <li>
                <a href=route.href() aria-current=move || (address.route.get() == here).then_some("page")>
                    <span class="nav__pill">{icon.view()}</span>
                    {move || name(i18n.words())}
                    {move || {
                        let unproved = if count { outbox.unproved() } else { 0 };
                        (unproved > 0).then(|| view! {
                            <span class="nav__count">
                                <span aria-hidden="true">{unproved}</span>
                                <span class="visually-hidden">{(i18n.words().nav_outbox_count)(unproved)}</span>
                            </span>
                        })
                    }}
                </a>
            </li>
        }
    };
    view! {
        <nav class="nav" aria-label=move || i18n.words().nav_main>
            <Mark class="nav__brand" />
            <ul>
                {link(Route::Home, Icon::Home, |words| words.nav_home, false)}
                {link(Route::Outbox, Icon::Outbox, |words| words.nav_outbox, true)}
                {link(Route::Settings, Icon::More, |words| words.nav_settings, false)}
            </ul>
        </nav>
    }
}

/// The app's mark: a star of five jasmine petals.
#[component]
pub(super) fn Mark(
    /// Its class.
    class: &'static str,
) -> impl IntoView {
    view! { <img class=class src="icons/icon.svg" alt="" width="44" height="44" /> }
}

/// The button that goes round the looks.
#[component]
pub(super) fn ThemeButton() -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    view! {
        <button
            class="button button--icon"
            type="button"
            aria-label=move || i18n.words().change_theme
            on:click=move |_| settings.look(settings.theme.get_untracked().next())
        >
            {Icon::Sun.view()}
        </button>
    }
}

/// The bar at the top of a page.
#[component]
pub(super) fn Bar(
    /// Where "back" leads, if anywhere.
    #[prop(optional, into)]
    back: Option<Signal<Route>>,
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// Something under the name.
    #[prop(optional)]
    under: Option<AnyView>,
    /// Buttons before the one for the look.
    #[prop(optional)]
    buttons: Option<AnyView>,
) -> impl IntoView {
    let i18n = I18n::get();
    view! {
        <header class="bar">
            <div class="bar__inner">
                {back.map(|back| view! {
                    <a class="button button--icon" href=move || back.get().href() aria-label=move || i18n.words().back>
                        {Icon::Back.view()}
                    </a>
                })}
                <div class="bar__title"><h1>{move || title.get()}</h1>{under}</div>
                {buttons}
                <ThemeButton />
            </div>
        </header>
    }
}

/// Banners on the condition of the phone: store, new version. Never in a sheet, where an update would be in the way.
#[component]
pub(super) fn ConditionBanners() -> impl IntoView {
    use bintang_domain::ports::page::Keeping;
    let (i18n, condition) = (I18n::get(), Condition::get());
    let services = crate::services::Services::get();
    move || {
        let words = i18n.words();
        let storage = match condition.keeping.get() {
            Some(Keeping::Temporary) => Some(view! {
                <Banner
                    kind=BannerKind::Storage
                    title=words.storage_temporary_title.to_owned()
                    text=words.storage_temporary_text.to_owned()
                />
            }),
            Some(Keeping::BestEffort) => Some(view! {
                <Banner
                    kind=BannerKind::Warn
                    title=words.storage_best_effort_title.to_owned()
                    text=words.storage_best_effort_text.to_owned()
                />
            }),
            Some(Keeping::Lasting) | None => None,
        };
        let version = (condition.shell.get() == ShellState::UpdateWaiting).then(|| view! {
            <Banner
                kind=BannerKind::Version
                title=words.version_ready_title.to_owned()
                text=words.version_ready_text.to_owned()
            >
                <button class="button" type="button" on:click=move |_| services.with(|ports| ports.shell.activate())>
                    {words.version_use}
                </button>
            </Banner>
        });
        (storage, version)
    }
}
