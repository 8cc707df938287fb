//! Beranda: the list of assessments.

use super::frame::{ConditionBanners, Frame, Framed, Mark, ThemeButton};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    state::{
        condition::Condition,
        drafts::{DraftList, Drafts},
        outbox::Outbox,
    },
    ui::{
        banner::{Banner, BannerKind},
        chip::{Chip, ChipKind},
        icon::Icon,
        stars::{StarSize, Stars},
    },
};
use bintang_domain::draft::{Delivery, Head, Phase};
use leptos::prelude::*;

/// Which assessments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Working,
    Queued,
    Proved,
}

impl Filter {
    const ALL: [Self; 4] = [Self::All, Self::Working, Self::Queued, Self::Proved];

    fn admits(self, head: &Head) -> bool {
        match (self, head.phase) {
            (Self::All, _) | (Self::Working, Phase::Draft) => true,
            (Self::Queued, Phase::Finished { delivery, .. }) => delivery != Delivery::Proved,
            (Self::Proved, Phase::Finished { delivery, .. }) => delivery == Delivery::Proved,
            (Self::Working, Phase::Finished { .. }) | (Self::Queued | Self::Proved, Phase::Draft) => false,
        }
    }

    fn value(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Working => "working",
            Self::Queued => "queued",
            Self::Proved => "proved",
        }
    }
}

fn found(head: &Head, wanted: &str) -> bool {
    let subject = &head.subject;
    let wanted = wanted.to_lowercase();
    let fields = [&subject.product, &subject.business, &subject.owner, &subject.place.village];
    wanted.split_whitespace().all(|word| fields.iter().any(|field| field.to_lowercase().contains(word)))
}

/// The list.
#[component]
pub(super) fn Home() -> impl IntoView {
    let (i18n, drafts, condition, outbox) = (I18n::get(), Drafts::get(), Condition::get(), Outbox::get());
    let (wanted, filter) = (RwSignal::new(String::new()), RwSignal::new(Filter::All));
    // The outbox writes delivery words into the heads, so its every change renews the list.
    Effect::new(move || {
        outbox.entries.track();
        drafts.renew();
    });
    let heads = Memo::new(move |_| match drafts.list.get() {
        DraftList::Ready { heads, .. } => heads,
        DraftList::Loading | DraftList::Failed(_) => Vec::new(),
    });
    let damaged = Memo::new(move |_| match drafts.list.get() {
        DraftList::Ready { damaged, .. } => damaged,
        DraftList::Loading | DraftList::Failed(_) => Vec::new(),
    });
    let shown = Memo::new(move |_| {
        let (wanted, filter) = (wanted.get(), filter.get());
        heads.with(|heads| {
            heads.iter().filter(|head| filter.admits(head) && found(head, &wanted)).cloned().collect::<Vec<_>>()
        })
    });
    let section = move |title: fn(&crate::i18n::Words) -> &'static str, working: bool| {
        move || {
            let words = i18n.words();
            let heads: Vec<Head> =
                shown.get().into_iter().filter(|head| (head.phase == Phase::Draft) == working).collect();
            (!heads.is_empty()).then(|| view! {
                <section class="stack home-section">
                    <h2 class="section-title">{title(words)}<small>{(words.assessments)(heads.len())}</small></h2>
                    <ul class="items">
                        {heads.into_iter().map(|head| view! { <li><Item head /></li> }).collect_view()}
                    </ul>
                </section>
            })
        }
    };
    view! {
        <Framed frame=Frame::Main>
            <header class="home-head on-brand">
                <div class="home-head__brand">
                    <Mark class="app-icon" />
                    <div><h1>"Bintang"</h1><p>{move || i18n.words().app_tagline}</p></div>
                    <ThemeButton />
                </div>
            </header>
            <main id="isi">
                <div class="page home-body">
                    <div class="home-tools">
                        <label class="search">
                            <span class="visually-hidden">{move || i18n.words().search_label}</span>
                            {Icon::Search.view()}
                            <input
                                class="field__control"
                                type="search"
                                placeholder=move || i18n.words().search_placeholder
                                prop:value=move || wanted.get()
                                on:input=move |event| wanted.set(event_target_value(&event))
                            />
                        </label>
                        <Filters filter heads />
                        {move || (!condition.online.get()).then(|| view! {
                            <p class="banner banner--offline banner--slim">
                                {Icon::Offline.view()}<span class="banner__title">{i18n.words().offline_home}</span>
                            </p>
                        })}
                        <ConditionBanners />
                    </div>
                    {section(|words| words.home_working, true)}
                    {section(|words| words.home_finished, false)}
                    {move || {
                        let keys = damaged.get();
                        (!keys.is_empty()).then(|| view! {
                            <section class="stack home-section">
                                <h2 class="section-title">{i18n.words().home_damaged}</h2>
                                <ul class="items">
                                    {keys.into_iter().map(|key| view! { <li><Damaged key /></li> }).collect_view()}
                                </ul>
                            </section>
                        })
                    }}
                    {move || nothing(i18n, drafts.list.get(), shown.with(Vec::is_empty))}
                </div>
            </main>
            <div class="foot foot--clear">
                <div class="foot__inner">
                    <a class="button button--wide" href=Route::New.href()>
                        {Icon::Plus.view()}{move || i18n.words().new_assessment}
                    </a>
                </div>
            </div>
        </Framed>
    }
}

/// What stands where the list would be, when there is none.
fn nothing(i18n: I18n, list: DraftList, none_shown: bool) -> Option<AnyView> {
    let words = i18n.words();
    match list {
        DraftList::Loading => Some(view! { <p class="soft home-section" role="status">{words.loading}</p> }.into_any()),
        DraftList::Failed(error) => Some(
            view! {
                <div class="home-section">
                    <Banner kind=BannerKind::Storage title=notice::store(words, &error) />
                </div>
            }
            .into_any(),
        ),
        DraftList::Ready { heads, damaged } if heads.is_empty() && damaged.is_empty() => Some(
            view! {
                <div class="empty">
                    {Icon::File.view()}
                    <h2>{words.home_empty_title}</h2>
                    <p>{words.home_empty_text}</p>
                </div>
            }
            .into_any(),
        ),
        DraftList::Ready { heads, .. } if none_shown && !heads.is_empty() => {
            Some(view! { <p class="soft home-section">{words.home_none_found}</p> }.into_any())
        }
        DraftList::Ready { .. } => None,
    }
}

#[component]
fn Filters(filter: RwSignal<Filter>, heads: Memo<Vec<Head>>) -> impl IntoView {
    let i18n = I18n::get();
    let row = move |each: Filter| {
        let name = move || {
            let words = i18n.words();
            match each {
                Filter::All => words.filter_all,
                Filter::Working => words.filter_working,
                Filter::Queued => words.filter_queued,
                Filter::Proved => words.filter_proved,
            }
        };
        let count = move || heads.with(|heads| heads.iter().filter(|head| each.admits(head)).count());
        view! {
            <label>
                <input
                    type="radio"
                    name="filter"
                    value=each.value()
                    prop:checked=move || filter.get() == each
                    on:change=move |_| filter.set(each)
                />
                {name}" "<span class="num">{count}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="visually-hidden">{move || i18n.words().filter_label}</legend>
            <div class="filter">{Filter::ALL.map(row).collect_view()}</div>
        </fieldset>
    }
}

/// The chip of an assessment.
fn chip(i18n: I18n, head: &Head) -> (ChipKind, String) {
    let words = i18n.words();
    let open = head.summary.asked.saturating_sub(head.summary.answered) as usize;
    match head.phase {
        Phase::Finished { delivery: Delivery::Queued, .. } => (ChipKind::Queued, words.chip_queued.into()),
        Phase::Finished { delivery: Delivery::Attention, .. } => (ChipKind::Attention, words.chip_attention.into()),
        Phase::Finished { delivery: Delivery::Proved, .. } => (ChipKind::Proved, words.chip_proved.into()),
        Phase::Draft if head.summary.complete => (ChipKind::Draft, words.chip_draft.into()),
        Phase::Draft if open > 0 => (ChipKind::Missing, (words.chip_missing)(open)),
        Phase::Draft => {
            (ChipKind::Missing, (words.chip_missing_papers)(head.summary.unknown_requirements as usize))
        }
    }
}

#[component]
fn Item(head: Head) -> impl IntoView {
    let i18n = I18n::get();
    let words = i18n.words();
    let draft = head.phase == Phase::Draft;
    let route = if draft { Route::sheet(head.assessment) } else { Route::Result(head.assessment) };
    let (kind, text) = chip(i18n, &head);
    let summary = &head.summary;
    let (stars, of) = (summary.stars, summary.highest);
    let points = i18n.points(summary.total);
    let label = if draft { words.stars_of_provisional } else { words.stars_of };
    let title = Some(head.subject.product.clone()).filter(|name| !name.is_empty());
    let place = [&head.subject.business, &head.subject.place.village];
    let (answered, asked) = (summary.answered, summary.asked);
    view! {
        <article class="item item--plain" data-assessment=head.assessment.to_string()>
            <div>
                <h3><a href=route.href()>{title.unwrap_or_else(|| words.untitled_product.to_owned())}</a></h3>
                {place.into_iter().filter(|line| !line.is_empty()).map(|line| view! {
                    <p class="item__place">{line.clone()}</p>
                }).collect_view()}
                <div class="item__state">
                    <Chip kind text />
                    <span class="item__value">
                        <Stars
                            stars of provisional=draft size=StarSize::Small
                            label=label(stars.into(), of.into())
                        />
                        <span class="num">
                            {if draft { (words.points_provisional)(&points) } else { points }}
                        </span>
                    </span>
                </div>
            </div>
            {draft.then(|| view! {
                <div class="item__foot">
                    <progress
                        max=asked
                        value=answered
                        aria-label=(words.answered_of)(answered as usize, asked as usize)
                    ></progress>
                    <span>{answered}"/"{asked}</span>
                </div>
            })}
        </article>
    }
}

#[component]
fn Damaged(key: String) -> impl IntoView {
    let (i18n, drafts) = (I18n::get(), Drafts::get());
    let words = i18n.words();
    let exported = key.clone();
    view! {
        <article class="item item--plain" data-damaged=key>
            <div>
                <h3>{words.damaged_title}</h3>
                <div class="item__state"><Chip kind=ChipKind::Attention text=words.chip_damaged.to_owned() /></div>
                <p class="item__why">{words.damaged_text}</p>
            </div>
            <div class="item__actions">
                <button class="button button--secondary" type="button" on:click=move |_| drafts.export(&exported)>
                    {Icon::File.view()}{words.save_file}
                </button>
            </div>
        </article>
    }
}
