//! Tabs of the parts, with progress; the last is for papers and knockouts.

use super::Shown;
use crate::{
    i18n::I18n,
    pages::text::local,
    routes::{PAPERS, Route},
    state::session::Session,
    ui::icon::Icon,
};
use bintang_domain::progress;
use leptos::prelude::*;

/// How far a tab's part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    done: usize,
    of: usize,
}

/// The tabs.
#[component]
pub(super) fn PartTabs(session: Session, shown: Signal<Option<Shown>>) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let tabs = rubric.parts.iter().enumerate().map(|(place, part)| {
        let (range, label, rubric) = (part.criteria.clone(), part.label.clone(), rubric.clone());
        let count = Memo::new(move |_| {
            session.content.with(|content| {
                let progress = progress::of(&content.scorer, range.clone());
                Count { done: progress.answered, of: progress.asked }
            })
        });
        let name = Signal::derive(move || local(i18n, &rubric, &label));
        view! { <Tab session at=part.id.to_string() code=part.id.to_string() name count shown here=Shown::Part(place) /> }
    });
    let tabs = tabs.collect_view();
    let papers = (!rubric.requirements.is_empty() || !rubric.knockouts.is_empty()).then(|| {
        let count = Memo::new(move |_| {
            session.content.with(|content| {
                let asked = content.scorer.rubric().requirements.iter();
                let of = asked.filter(|requirement| content.scorer.asked_requirement(&requirement.id)).count();
                Count { done: of - content.score.unknown_requirements.len().min(of), of }
            })
        });
        let name = Signal::derive(move || i18n.words().requirements.to_owned());
        view! { <Tab session at=PAPERS.to_owned() code=String::new() name count shown here=Shown::Papers /> }
    });
    view! {
        <nav class="parts" aria-label=move || i18n.words().sheet_parts>
            <ol>{tabs}{papers}</ol>
        </nav>
    }
}

#[component]
fn Tab(
    session: Session,
    at: String,
    code: String,
    name: Signal<String>,
    count: Memo<Count>,
    shown: Signal<Option<Shown>>,
    here: Shown,
) -> impl IntoView {
    let i18n = I18n::get();
    let id = session.assessment();
    let complete = move || count.get().done == count.get().of;
    let named = code.is_empty();
    view! {
        <li>
            <a
                href=Route::sheet_at(id, &at).href()
                aria-current=move || (shown.get() == Some(here)).then_some("step")
            >
                {(!named).then(|| view! { <b>{code}</b> })}
                <span class=if named { "parts__name parts__name--whole" } else { "parts__name" }>{name}</span>
                <span class="parts__count">
                    {move || complete().then(|| view! {
                        {Icon::Check.view()}<span class="visually-hidden">{i18n.words().part_complete}</span>
                    })}
                    {move || count.get().done}"/"{move || count.get().of}
                </span>
                <progress max=move || count.get().of.max(1) value=move || count.get().done aria-hidden="true"></progress>
            </a>
        </li>
    }
}
