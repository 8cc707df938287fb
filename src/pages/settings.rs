//! Pengaturan: assessor, endpoint, language, look, and the condition of the phone.

use super::frame::{Bar, ConditionBanners, Frame, Framed};
use crate::{
    i18n::{I18n, Language, Words},
    notice,
    state::{
        condition::Condition,
        preferences::{Settings, Theme},
    },
    ui::{field::TextField, icon::Icon},
};
use bintang_domain::{
    endpoint::{Endpoint, EndpointProblem},
    ports::page::{Keeping, ShellState},
    subject::Assessor,
};
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let title = Signal::derive(move || i18n.words().settings.to_owned());
    view! {
        <Framed frame=Frame::Main>
            <Bar title />
            <main id="isi">
                <div class="page stack stack--section">
                    <ConditionBanners />
                    {move || (!settings.kept.get()).then(|| view! {
                        <p class="banner banner--warn">{Icon::Alert.view()}<span class="banner__title">{i18n.words().settings_not_kept}</span></p>
                    })}
                    <AssessorFields />
                    <EndpointField />
                    <LanguageChoice />
                    <ThemeChoice />
                    <PhoneCondition />
                    <p class="small soft">{move || (i18n.words().settings_version)(env!("CARGO_PKG_VERSION"))}</p>
                </div>
            </main>
        </Framed>
    }
}

fn word(i18n: I18n, name: fn(&Words) -> &'static str) -> Signal<String> {
    Signal::derive(move || name(i18n.words()).to_owned())
}

/// Says for this visit that a change was kept.
#[component]
fn Kept(changed: RwSignal<bool>) -> impl IntoView {
    let i18n = I18n::get();
    view! {
        <output class="saved">
            {move || changed.get().then(|| view! { {Icon::Check.view()}{i18n.words().settings_saved} })}
        </output>
    }
}

#[component]
fn AssessorFields() -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let Assessor { name, office } = settings.assessor.get_untracked();
    let (name, office, changed) = (RwSignal::new(name), RwSignal::new(office), RwSignal::new(false));
    let keep = Callback::new(move |_: String| {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        settings.assess_as(Assessor { name: text(name), office: text(office) });
        changed.set(true);
    });
    view! {
        <section class="stack" aria-labelledby="assessor">
            <h2 class="section-title" id="assessor">{move || i18n.words().settings_assessor}<Kept changed /></h2>
            <TextField
                id="assessor-name"
                label=word(i18n, |words| words.settings_assessor_name)
                autocomplete="name"
                value=name
                on_change=keep
            />
            <TextField
                id="assessor-office"
                label=word(i18n, |words| words.settings_assessor_office)
                autocomplete="organization"
                value=office
                on_change=keep
            />
        </section>
    }
}

#[component]
fn EndpointField() -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let present = settings.endpoint.get_untracked();
    let url = RwSignal::new(present.map(|endpoint| endpoint.url().to_owned()).unwrap_or_default());
    let (problem, changed) = (RwSignal::new(None::<EndpointProblem>), RwSignal::new(false));
    let keep = Callback::new(move |text: String| match Endpoint::parse(&text) {
        Ok(endpoint) => {
            problem.set(None);
            settings.send_to(Some(endpoint));
            changed.set(true);
        }
        Err(EndpointProblem::Empty) => {
            problem.set(None);
            settings.send_to(None);
            changed.set(true);
        }
        Err(wrong) => {
            problem.set(Some(wrong));
            changed.set(false);
        }
    });
    let error = Signal::derive(move || problem.get().map(|problem| notice::endpoint(i18n.words(), problem).to_owned()));
    view! {
        <section class="stack" aria-labelledby="endpoint">
            <h2 class="section-title" id="endpoint">{move || i18n.words().settings_endpoint}<Kept changed /></h2>
            <TextField
                id="endpoint-url"
                label=word(i18n, |words| words.settings_endpoint_url)
                hint=word(i18n, |words| words.settings_endpoint_hint)
                error
                autocomplete="url"
                inputmode="url"
                value=url
                on_change=keep
            />
            <p class="small soft">
                {move || match settings.endpoint.get() {
                    Some(endpoint) => (i18n.words().settings_endpoint_now)(endpoint.origin()),
                    None => i18n.words().outbox_no_target.to_owned(),
                }}
            </p>
        </section>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let row = move |language: Language| {
        let id = format!("language-{}", language.tag());
        let labelled = id.clone();
        view! {
            <label class="option" for=labelled>
                <input
                    type="radio"
                    id=id
                    name="language"
                    prop:checked=move || i18n.language.get() == language
                    on:change=move |_| settings.speak(language)
                />
                <span class="option__label" lang=language.tag()>{language.name()}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="section-title">{move || i18n.words().settings_language}</legend>
            <div class="rows">{Language::ALL.map(row).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let row = move |theme: Theme| {
        let id = format!("theme-{}", theme.as_str());
        let labelled = id.clone();
        let name = move || {
            let words = i18n.words();
            match theme {
                Theme::Auto => words.theme_auto,
                Theme::Light => words.theme_light,
                Theme::Sun => words.theme_sun,
                Theme::Dark => words.theme_dark,
            }
        };
        view! {
            <label class="option" for=labelled>
                <input
                    type="radio"
                    id=id
                    name="theme"
                    prop:checked=move || settings.theme.get() == theme
                    on:change=move |_| settings.look(theme)
                />
                <span class="option__label">{name}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="section-title">{move || i18n.words().settings_theme}</legend>
            <div class="rows">{Theme::ALL.map(row).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn PhoneCondition() -> impl IntoView {
    let (i18n, condition) = (I18n::get(), Condition::get());
    let line = |good: bool, icon: Icon, title: &'static str, text: &'static str| {
        let class = if good { "line line--good" } else { "line line--warn" };
        view! { <li><div class=class>{icon.view()}<span><strong>{title}</strong><small>{text}</small></span></div></li> }
    };
    let storage = move || {
        let words = i18n.words();
        let (good, text) = match condition.keeping.get() {
            Some(Keeping::Lasting) => (true, words.storage_lasting),
            Some(Keeping::BestEffort) => (false, words.storage_best_effort_text),
            Some(Keeping::Temporary) => (false, words.storage_temporary_text),
            None => (true, words.loading),
        };
        line(good, Icon::Storage, words.settings_storage, text)
    };
    let shell = move || {
        let words = i18n.words();
        let (good, text) = match condition.shell.get() {
            ShellState::Starting => (true, words.shell_starting),
            ShellState::Offline | ShellState::UpdateWaiting => (true, words.shell_offline),
            ShellState::Unavailable => (false, words.shell_unavailable),
        };
        line(good, Icon::Offline, words.settings_shell, text)
    };
    view! { <ul class="rows" id="condition">{storage}{shell}</ul> }
}
