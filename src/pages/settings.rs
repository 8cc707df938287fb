//! Pengaturan: assessor, endpoint, language, look, and the condition of the phone.

use super::frame::{Frame, bar, condition_banners, framed};
use crate::{
    context::App,
    i18n::{I18n, Language},
    routes::Route,
    services::{LaterPorts, Services},
    state::{
        camera::{CameraChoice, choose, chosen},
        condition::Condition,
        endpoints::EndpointBook,
        preferences::{Settings, Theme},
    },
    ui::{
        field::TextField,
        icon::Icon,
        line::{Tone, coded, line, link_line, section, section_title},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, with};
use bintang_domain::{
    es256::KeyName,
    ports::{
        StoreError,
        page::{Keeping, ShellState},
    },
    subject::Assessor,
    wire::endpoint::LONGEST_OFFER,
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// The field for an endpoint that came as a file.
const FILE: &str = "endpoint-file";

/// The page.
pub(super) fn page() -> Node {
    let (i18n, settings) = (I18n::get(), Settings::get());
    let bar = bar(None, i18n.later().settings(), Node::Nothing, Node::Nothing);
    let not_kept = with(move || {
        (!settings.kept.get()).then(|| {
            let text = el("span").class("banner__title").text(i18n.later().settings_not_kept());
            el("p").class("banner banner--warn").child(Icon::Alert.view()).child(text)
        })
    });
    let version = i18n.later().settings_version().of(env!("CARGO_PKG_VERSION"));
    let content = el("div")
        .class("page stack stack--section")
        .child(condition_banners())
        .child(not_kept)
        .child(assessor(i18n, settings))
        .child(endpoints(i18n))
        .child(language(i18n, settings))
        .child(theme(i18n, settings))
        .child(camera(i18n))
        .child(more(i18n))
        .child(phone(i18n))
        .child(el("p").class("small soft").text(&version));
    framed(Frame::Main, bar, content, Node::Nothing)
}

/// A section whose title says for this visit that a change was kept.
fn kept_section(i18n: I18n, id: &str, name: &str, changed: RwSignal<bool>) -> El {
    let kept = move || {
        let text = changed.get().then(|| [Icon::Check.view(), el("span").text(i18n.later().settings_saved())]);
        Node::from(text)
    };
    let title = el("h2").class("section-title").id(id).text(name).child(el("output").class("saved").child_with(kept));
    el("section").class("stack").attr("aria-labelledby", id).child(title)
}

/// Who assesses.
pub(super) fn assessor(i18n: I18n, settings: Settings) -> El {
    let Assessor { name, office } = settings.assessor.get_untracked();
    let (name, office, changed) = (RwSignal::new(name), RwSignal::new(office), RwSignal::new(false));
    let keep: Rc<dyn Fn(String)> = Rc::new(move |_| {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        settings.assess_as(Assessor { name: text(name), office: text(office) });
        changed.set(true);
    });
    let field = |id, name, autocomplete, value| {
        let field = TextField::new(id, name, value);
        TextField { autocomplete, on_change: Some(keep.clone()), ..field }.view()
    };
    kept_section(i18n, "assessor", i18n.later().settings_assessor(), changed)
        .child(field("assessor-name", i18n.later().settings_assessor_name(), "name", name))
        .child(field("assessor-office", i18n.later().settings_assessor_office(), "organization", office))
}

/// The endpoints: each leads to its own page.
fn endpoints(i18n: I18n) -> El {
    let (words, book) = (i18n.later(), EndpointBook::open());
    let rows = with(move || {
        if book.failure.get() == Some(StoreError::Corrupt) {
            let says = line(Tone::Bad, Icon::Alert, coded(None, words.endpoints_damaged()), None);
            return el("ul").class("rows").child(says).into();
        }
        let Some(endpoints) = book.now.get() else { return Node::Nothing };
        let chosen = endpoints.chosen().map(|endpoint| endpoint.address.clone());
        let rows = endpoints.all().iter().enumerate().map(|(number, endpoint)| {
            let is_chosen = chosen.as_ref() == Some(&endpoint.address);
            // A name says nothing of where it leads.
            let origin = endpoint.address.origin();
            let text = if is_chosen { [words.endpoint_chosen(), " · ", origin].concat() } else { origin.to_owned() };
            let (tone, icon) = if is_chosen { (Tone::Good, Icon::Done) } else { (Tone::Plain, Icon::Outbox) };
            link_line(tone, icon, coded(None, endpoint.title()), &text, &Route::endpoint(Some(number)).href(), "")
        });
        let rows: Vec<Node> = rows.collect();
        if rows.is_empty() {
            return el("p").class("small soft").text(words.outbox_no_target()).into();
        }
        el("ul").class("rows").id("endpoints").child(group(rows)).into()
    });
    let app = App::get();
    let field = el("input")
        .id(FILE)
        .attr("type", "file")
        .class("visually-hidden")
        .attr("accept", ".json,application/json")
        .on("change", move |_| look_at_file(app));
    let choose = el("label").class("button button--secondary button--wide").attr("for", FILE);
    let file = el("div").child([field, choose.child(Icon::File.view()).text(words.offer_file())]);
    let add = el("a").class("button button--secondary button--wide").id("endpoint-add");
    let add = add.attr("href", &Route::endpoint(None).href()).text(words.endpoint_add());
    section("endpoint")
        .class("stack")
        .child(section_title("endpoint", words.settings_endpoint(), ""))
        .child(rows)
        .child(add)
        .child(file)
}

/// Looks at an endpoint that came as a file; what cannot be read is told there.
fn look_at_file(app: App) {
    let reading = app.services.ports().files.chosen(FILE, LONGEST_OFFER);
    spawn_local(async move {
        let Some(LaterPorts { offers, .. }) = app.services.later() else { return };
        let text = reading.await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        offers.offer(&text.unwrap_or_default());
        app.address.go(Route::offer());
    });
}

/// One of several, in a list of rows.
pub(super) fn choice(
    name: &'static str,
    value: &str,
    checked: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
    text: El,
) -> El {
    let id = [name, "-", value].concat();
    let control =
        el("input").attr("type", "radio").id(&id).attr("name", name).checked(checked).on("change", move |_| choose());
    el("label").class("option").attr("for", &id).child(control).child(text.class("option__label"))
}

pub(super) fn choices(name: &str, rows: Node) -> El {
    let legend = el("legend").class("section-title").text(name);
    el("fieldset").child(legend).child(el("div").class("rows").child(rows))
}

fn language(i18n: I18n, settings: Settings) -> El {
    let rows = Language::ALL.map(|each| {
        let text = el("span").attr("lang", each.tag()).text(each.name());
        choice(
            "language",
            each.tag(),
            move || settings.language.get_untracked() == each,
            move || settings.speak(each),
            text,
        )
    });
    choices(i18n.later().settings_language(), rows.into())
}

fn theme(i18n: I18n, settings: Settings) -> El {
    let rows = Theme::ALL.map(|each| {
        let words = i18n.later();
        let name = match each {
            Theme::Auto => words.theme_auto(),
            Theme::Light => words.theme_light(),
            Theme::Sun => words.theme_sun(),
            Theme::Dark => words.theme_dark(),
        };
        let text = el("span").text(name);
        choice("theme", each.as_str(), move || settings.theme.get() == each, move || settings.look(each), text)
    });
    choices(i18n.later().settings_theme(), rows.into())
}

fn camera(i18n: I18n) -> El {
    let services = Services::get();
    let chosen = RwSignal::new(chosen(services));
    let row = |value, each, name: &str| {
        let pick = move || {
            choose(services, each);
            chosen.set(each);
        };
        choice("camera", value, move || chosen.get() == each, pick, el("span").text(name))
    };
    let words = i18n.later();
    let phone = row("phone", CameraChoice::Phone, words.camera_phone());
    let rows = [phone, row("page", CameraChoice::InPage, words.camera_in_page())];
    choices(words.camera_choice(), rows.into())
}

fn more(i18n: I18n) -> El {
    let words = i18n.later();
    let href = Route::rubrics(None).href();
    let rubrics = link_line(Tone::Plain, Icon::File, coded(None, words.rubrics()), words.rubrics_hint(), &href, "");
    let href = Route::backup(None).href();
    let backup = link_line(Tone::Plain, Icon::Storage, coded(None, words.backup()), words.backup_hint(), &href, "");
    let href = Route::readiness().href();
    let ready = link_line(Tone::Plain, Icon::Done, coded(None, words.readiness()), words.readiness_hint(), &href, "");
    let href = Route::lock().href();
    let lock = link_line(Tone::Plain, Icon::Lock, coded(None, words.lock_title()), words.lock_hint(), &href, "");
    let href = Route::help(None).href();
    let help = link_line(Tone::Plain, Icon::Info, coded(None, words.help()), words.help_hint(), &href, "");
    el("ul").class("rows").child([ready, backup, lock, rubrics, help])
}

fn phone(i18n: I18n) -> El {
    let condition = Condition::get();
    let fact = |good: bool, icon: Icon, title: &str, text: &str| {
        line(if good { Tone::Good } else { Tone::Warn }, icon, coded(None, title), Some(text))
    };
    let storage = with(move || {
        let words = i18n.later();
        let (good, text) = match condition.keeping.get() {
            Some(Keeping::Lasting) => (true, words.storage_lasting()),
            Some(Keeping::BestEffort) => (false, words.storage_best_effort_text()),
            Some(Keeping::Temporary) => (false, words.storage_temporary_text()),
            None => (true, words.loading()),
        };
        fact(good, Icon::Storage, words.settings_storage(), text)
    });
    let shell = with(move || {
        let words = i18n.later();
        let (good, text) = match condition.shell.get() {
            ShellState::Starting => (true, words.shell_starting()),
            ShellState::Offline | ShellState::UpdateWaiting => (true, words.shell_offline()),
            ShellState::Unavailable => (false, words.shell_unavailable()),
        };
        fact(good, Icon::Offline, words.settings_shell(), text)
    });
    el("ul").class("rows").id("condition").child(group([storage, shell, key(i18n)]))
}

/// The phone's key, by which a receiver knows it.
fn key(i18n: I18n) -> Node {
    let (services, name) = (Services::get(), RwSignal::new(None));
    spawn_local(async move {
        let Some(LaterPorts { signer, .. }) = services.later() else { return };
        name.set(signer.name().await);
    });
    with(move || {
        let words = i18n.later();
        let text = name.get().map_or_else(|| words.phone_key_none().to_owned(), |name: KeyName| name.short());
        line(Tone::Plain, Icon::Lock, coded(None, words.phone_key()), Some(&text))
    })
}
