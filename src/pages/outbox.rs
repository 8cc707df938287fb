//! Kotak keluar: what is on its way, and the proof of what arrived.

use super::frame::{Bar, ConditionBanners, Frame, Framed};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    state::{condition::Condition, outbox::Outbox, preferences::Settings},
    ui::{
        banner::{Banner, BannerKind},
        chip::{Chip, ChipKind},
        icon::Icon,
    },
};
use bintang_domain::outbox::{Entry, SendError, State};
use leptos::prelude::*;

/// Characters of a digest that are shown: enough to compare by eye.
const DIGEST_SHOWN: usize = 12;

/// The three groups of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Attention,
    Waiting,
    Proved,
}

fn group(entry: &Entry) -> Group {
    match entry.state {
        State::Attention(_) => Group::Attention,
        State::Waiting { .. } | State::Trying { .. } => Group::Waiting,
        State::Proved { .. } => Group::Proved,
    }
}

/// The page.
#[component]
pub(super) fn OutboxPage() -> impl IntoView {
    let (i18n, outbox, settings, condition) = (I18n::get(), Outbox::get(), Settings::get(), Condition::get());
    let title = Signal::derive(move || i18n.words().nav_outbox.to_owned());
    let target = move || match settings.endpoint.get() {
        Some(endpoint) => (i18n.words().outbox_target)(endpoint.origin()),
        None => i18n.words().outbox_no_target.to_owned(),
    };
    let entries = move || outbox.entries.get().unwrap_or_default();
    let section = move |wanted: Group, title: fn(&crate::i18n::Words) -> &'static str| {
        move || {
            let entries: Vec<Entry> = entries().into_iter().filter(|entry| group(entry) == wanted).collect();
            (!entries.is_empty()).then(|| view! {
                <section>
                    <h2 class="section-title">{title(i18n.words())}<small>{entries.len()}</small></h2>
                    <ul class="items">{entries.into_iter().map(|entry| view! { <li><Item entry /></li> }).collect_view()}</ul>
                </section>
            })
        }
    };
    view! {
        <Framed frame=Frame::Main>
            <Bar title under=view! { <p>{target}</p> }.into_any() />
            <main id="isi">
                <div class="page stack">
                    {move || (!condition.online.get()).then(|| view! {
                        <Banner
                            kind=BannerKind::Offline
                            title=i18n.words().outbox_offline_title.to_owned()
                            text=i18n.words().outbox_offline_text.to_owned()
                        />
                    })}
                    <ConditionBanners />
                    {move || outbox.failure.get().map(|error| view! {
                        <Banner kind=BannerKind::Storage title=notice::store(i18n.words(), &error) />
                    })}
                    {section(Group::Attention, |words| words.outbox_attention)}
                    {section(Group::Waiting, |words| words.outbox_waiting)}
                    {section(Group::Proved, |words| words.outbox_proved)}
                    {move || outbox.entries.get().is_some_and(|entries| entries.is_empty()).then(|| view! {
                        <div class="empty">
                            {Icon::Outbox.view()}
                            <h2>{i18n.words().outbox_empty_title}</h2>
                            <p>{i18n.words().outbox_empty_text}</p>
                        </div>
                    })}
                </div>
            </main>
            {move || entries().iter().any(|entry| group(entry) == Group::Waiting).then(|| view! {
                <section class="foot">
                    <div class="foot__inner">
                        <button class="button button--wide" id="send-now" type="button" on:click=move |_| outbox.send_now(None)>
                            {i18n.words().outbox_send_now}
                        </button>
                    </div>
                </section>
            })}
        </Framed>
    }
}

#[component]
fn Item(entry: Entry) -> impl IntoView {
    let i18n = I18n::get();
    let words = i18n.words();
    let (state, kind, chip) = match entry.state {
        State::Waiting { .. } => ("waiting", ChipKind::Queued, words.chip_queued),
        State::Trying { .. } => ("trying", ChipKind::Queued, words.outbox_sending),
        State::Proved { .. } => ("proved", ChipKind::Proved, words.chip_proved),
        State::Attention(_) => ("attention", ChipKind::Attention, words.chip_attention),
    };
    let title = Some(entry.product.clone()).filter(|name| !name.is_empty());
    view! {
        <article class="item item--plain" data-submission=entry.id.to_string() data-state=state>
            <div>
                <h3>
                    <a href=Route::Result(entry.assessment).href()>
                        {title.unwrap_or_else(|| words.untitled_product.to_owned())}
                    </a>
                </h3>
                <p class="item__place">{entry.business.clone()}</p>
                <div class="item__state"><Chip kind text=chip.to_owned() /></div>
                {details(i18n, &entry)}
            </div>
            {actions(i18n, &entry)}
        </article>
    }
}

/// What is to be said of its state.
fn details(i18n: I18n, entry: &Entry) -> AnyView {
    let (words, condition) = (i18n.words(), Condition::get());
    match &entry.state {
        State::Trying { .. } => ().into_any(),
        State::Waiting { until, last } => {
            let when = match (last, condition.online.get()) {
                (_, false) => words.outbox_waiting_network.to_owned(),
                (None, true) => words.outbox_waiting_soon.to_owned(),
                (Some(_), true) => (words.outbox_waiting_until)(&i18n.time(*until)),
            };
            view! {
                {last.as_ref().map(|error| view! { <p class="item__why">{notice::send(words, error)}</p> })}
                <p class="item__place">{when}</p>
            }
            .into_any()
        }
        State::Attention(error) => view! { <p class="item__why">{notice::send(words, error)}</p> }.into_any(),
        State::Proved { at, receiver, .. } => {
            let digest: String = entry.digest.to_string().chars().take(DIGEST_SHOWN).collect();
            view! {
                <dl class="receipt">
                    <dt>{words.receipt_received}</dt><dd>{i18n.moment(*at)}</dd>
                    <dt>{words.receipt_by}</dt><dd>{receiver.clone()}</dd>
                    <dt>{words.receipt_digest}</dt><dd class="num">{digest}"…"</dd>
                </dl>
            }
            .into_any()
        }
    }
}

/// What a person can do about it.
fn actions(i18n: I18n, entry: &Entry) -> Option<AnyView> {
    let (words, outbox, settings) = (i18n.words(), Outbox::get(), Settings::get());
    let State::Attention(error) = &entry.state else { return None };
    let id = entry.id;
    let present = settings.endpoint.get();
    let elsewhere = present.filter(|present| Some(present) != entry.endpoint.as_ref());
    let settings_link = (*error == SendError::NoEndpoint && elsewhere.is_none()).then(|| view! {
        <a class="button button--secondary" href=Route::Settings.href()>{words.open_settings}</a>
    });
    let again = entry.endpoint.is_some().then(|| view! {
        <button class="button" type="button" on:click=move |_| outbox.send_now(Some(id))>
            {Icon::Refresh.view()}{words.outbox_again}
        </button>
    });
    let bind = elsewhere.map(|endpoint| view! {
        <button class="button" type="button" data-bind on:click=move |_| outbox.bind(id, endpoint.clone())>
            {Icon::Outbox.view()}{words.outbox_bind}
        </button>
    });
    Some(view! { <div class="item__actions">{settings_link}{again}{bind}</div> }.into_any())
}
