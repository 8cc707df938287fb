//! The live bar: stars now, total, what holds the next star; opened, the gates that hold it.

use crate::{
    i18n::{I18n, Words},
    pages::text::criterion_name,
    routes::{PAPERS, Route},
    state::session::Session,
    ui::{
        icon::Icon,
        stars::{StarSize, Stars},
    },
};
use bintang_domain::{
    hold::Hold,
    points::Fraction,
    rubric::CriterionIndex,
    score::{MissedGate, Score, Withheld},
};
use leptos::prelude::*;

/// Why stars are withheld, in words.
pub(in crate::pages) fn withheld_words(words: &Words, withheld: Withheld) -> &'static str {
    match withheld {
        Withheld::Disqualify => words.withheld_disqualify,
        Withheld::Stop => words.withheld_stop,
        Withheld::Reject => words.withheld_reject,
        Withheld::NoAward => words.withheld_no_award,
    }
}

/// What holds the next star, in one line.
pub(in crate::pages) fn hold_words(i18n: I18n, hold: Option<&Hold>) -> String {
    let words = i18n.words();
    let Some(hold) = hold else { return words.hold_top.to_owned() };
    if let Some(withheld) = hold.withheld {
        return withheld_words(words, withheld).to_owned();
    }
    let short = hold.short.map(|short| (words.hold_short)(&i18n.points(short)));
    let gates = match (hold.gates.len(), &short) {
        (0, _) => None,
        (gates, Some(_)) => Some((words.hold_gates)(gates)),
        (gates, None) => Some((words.hold_gates_only)(gates)),
    };
    let cap = hold.cap.map(|cap| (words.hold_cap)(cap.into()));
    let reasons: Vec<String> = [short, gates, cap].into_iter().flatten().collect();
    let text = if reasons.is_empty() { words.hold_ready.to_owned() } else { reasons.join(words.and) };
    (words.hold_star)(hold.star.into(), &text)
}

/// The gates that hold a star, each a link to its criterion.
pub(in crate::pages) fn gate_links(i18n: I18n, session: Session, score: &Score, gates: &[MissedGate]) -> AnyView {
    let rubric = session.rubric();
    let id = session.assessment();
    let row = |gate: &MissedGate| {
        let words = i18n.words();
        let (code, label) = criterion_name(i18n, &rubric, gate.criterion)?;
        let needs = i18n.points(gate.needs);
        let text = if score.unanswered.contains(&gate.criterion) {
            (words.way_unanswered)(&needs)
        } else {
            (words.way_has)(&i18n.points(gate.has), &needs)
        };
        let (mark, href) = (format!("{}:{code}", gate.star), Route::sheet_at(id, &code).href());
        Some(view! {
            <li>
                <a href=href data-gate=mark>
                    <span><strong><span class="code">{code}</span>" "{label}</strong><small>{text}</small></span>
                    {Icon::Right.view()}
                </a>
            </li>
        })
    };
    view! { <ol class="way">{gates.iter().filter_map(row).collect_view()}</ol> }.into_any()
}

/// The next criterion without an answer, from the present place on and round.
fn next_unanswered(session: Session, score: &Score) -> Option<CriterionIndex> {
    let present = session.content.with(|content| content.draft.head.return_to.clone());
    let present = present.and_then(|id| session.rubric().index_of(id.as_str()));
    let after = score.unanswered.iter().find(|index| present.is_none_or(|present| **index > present));
    after.or(score.unanswered.first()).copied()
}

/// The bar.
#[component]
pub(super) fn LiveBar(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let (highest, max) = (rubric.highest_star(), rubric.max);
    let score = Memo::new(move |_| session.score());
    let hold = {
        let rubric = rubric.clone();
        Memo::new(move |_| Hold::of(&rubric, &score.get()))
    };
    let stars = Memo::new(move |_| (score.get().stars, score.get().complete));
    let star_row = move || {
        let ((stars, complete), words) = (stars.get(), i18n.words());
        let label = if complete { words.stars_of } else { words.stars_of_provisional };
        view! {
            <Stars
                stars of=highest provisional=!complete size=StarSize::Regular
                label=label(stars.into(), highest.into())
            />
            {(!complete).then(|| view! { <span>{words.provisional}</span> })}
        }
    };
    let ratio = |total: Fraction| format!("{}/{}", total.num(), total.den());
    view! {
        <aside
            class="livebar on-brand"
            aria-label=move || i18n.words().livebar
            data-stars=move || stars.get().0.to_string()
            data-total=move || ratio(score.get().total)
            data-hold-star=move || hold.get().map(|hold| hold.star.to_string())
        >
            <div class="livebar__inner">
                <details>
                    <summary>
                        <span class="livebar__now">{star_row}</span>
                        <output class="livebar__total" aria-label=move || i18n.words().livebar_total>
                            <b>{move || i18n.points(score.get().total)}</b>" / "{move || i18n.points(max)}
                        </output>
                        <span class="livebar__chevron">
                            {Icon::Up.view()}
                            <span class="visually-hidden">{move || i18n.words().livebar_open}</span>
                        </span>
                    </summary>
                    <div class="livebar__up">
                        {move || hold.get().map(|hold| view! {
                            <h2>{(i18n.words().hold_title)(hold.star.into())}</h2>
                            <p>{hold_words(i18n, Some(&hold))}</p>
                            {gate_links(i18n, session, &score.get(), &hold.gates)}
                        })}
                        {move || hold.get().is_none().then(|| view! { <p>{i18n.words().hold_top}</p> })}
                    </div>
                </details>
                <div class="livebar__next">
                    <p class="livebar__hold">
                        {move || if hold.get().is_some() { Icon::Lock.view() } else { Icon::Check.view() }}
                        <span>{move || hold_words(i18n, hold.get().as_ref())}</span>
                    </p>
                    {move || next_link(i18n, session, &score.get())}
                </div>
            </div>
        </aside>
    }
}

/// Where the work goes on: the next unanswered criterion, the papers, else the review.
fn next_link(i18n: I18n, session: Session, score: &Score) -> AnyView {
    let words = i18n.words();
    let id = session.assessment();
    let left = score.unanswered.len() + score.unknown_requirements.len();
    let next = next_unanswered(session, score).and_then(|index| session.rubric().criterion(index).map(|c| c.id.to_string()));
    let place = match (next, score.complete) {
        (_, true) | (None, false) if score.unknown_requirements.is_empty() || score.complete => None,
        (Some(criterion), _) => Some(criterion),
        (None, _) => Some(PAPERS.to_owned()),
    };
    match place {
        Some(place) => view! {
            <a class="button button--star" id="next" href=Route::sheet_at(id, &place).href()>
                <span>{(words.remaining)(left)}<span class="visually-hidden">{words.remaining_hint}</span></span>
                {Icon::Down.view()}
            </a>
        }
        .into_any(),
        None => view! {
            <a class="button button--star" id="next" href=Route::Review(id).href()>
                <span>{words.review}</span>{Icon::Next.view()}
            </a>
        }
        .into_any(),
    }
}
