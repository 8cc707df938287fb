//! A criterion's card: what is judged, how it stands, its options, note and what is still asked for.

use super::{card_body::CardBody, note::NoteField};
use crate::{
    i18n::I18n,
    pages::text::{card_id, local},
    state::session::{Cell, Session},
    ui::icon::Icon,
};
use bintang_domain::{
    edit::{Edit, Place},
    rubric::{Criterion, CriterionIndex},
    score::Standing,
};
use leptos::prelude::*;

/// One card.
#[component]
pub(super) fn CriterionCard(session: Session, index: CriterionIndex) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let Some(criterion) = rubric.criterion(index).cloned() else { return ().into_any() };
    let cell = Memo::new(move |_| session.cell(index));
    let standing = Memo::new(move |_| cell.get().map_or(Standing::NotAsked, |cell| cell.standing));
    let id = criterion.id.clone();
    let entered = id.clone();
    let class = move || match standing.get() {
        Standing::Unanswered => "criterion criterion--unanswered",
        Standing::NotAsked => "criterion criterion--not-asked",
        Standing::Excluded | Standing::Judged => "criterion",
    };
    let help_id = criterion.help.is_some().then(|| format!("{id}-help"));
    let described = help_id.clone();
    let (labelled, helped) = (rubric.clone(), rubric.clone());
    let label = criterion.label.clone();
    view! {
        <article class=class id=card_id(&id) on:focusin=move |_| session.enter(&entered)>
            <fieldset aria-describedby=described>
                <legend>
                    <span class="criterion__meta">
                        <span class="code">{id.to_string()}</span>
                        <State criterion=criterion.clone() cell />
                    </span>
                    {move || local(i18n, &labelled, &label)}
                </legend>
                {criterion.help.clone().map(|help| view! {
                    <p class="criterion__help" id=help_id>{move || local(i18n, &helped, &help)}</p>
                })}
                <CardBody session criterion=criterion.clone() cell />
            </fieldset>
            <Foot session index criterion cell />
        </article>
    }
    .into_any()
}

#[component]
fn State(criterion: Criterion, cell: Memo<Option<Cell>>) -> impl IntoView {
    let i18n = I18n::get();
    move || {
        let words = i18n.words();
        let max = i18n.points(criterion.max);
        let cell = cell.get()?;
        let (icon, text) = match cell.standing {
            Standing::Unanswered => (Icon::Open, (words.unanswered_points)(&max)),
            Standing::NotAsked => (Icon::Info, words.not_asked_state.to_owned()),
            Standing::Excluded => (Icon::Done, words.na_state.to_owned()),
            Standing::Judged => (Icon::Done, (words.points_of)(&i18n.points(cell.points), &max)),
        };
        Some(view! { <span class="criterion__state">{icon.view()}<span>{text}</span></span> })
    }
}

/// Under the options: why it is not asked, which star it holds, the note, and taking the answer back.
#[component]
fn Foot(session: Session, index: CriterionIndex, criterion: Criterion, cell: Memo<Option<Cell>>) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let condition = criterion.applies_when;
    let not_asked = move || {
        let condition = condition.filter(|_| cell.get().is_some_and(|cell| cell.standing == Standing::NotAsked))?;
        let other = rubric.criterion(condition.criterion)?.id.to_string();
        let text = (i18n.words().not_asked_because)(&other, &i18n.points(condition.at_least));
        Some(view! { <p class="held">{Icon::Info.view()}<span>{text}</span></p> })
    };
    let gate = Memo::new(move |_| {
        let score = session.score();
        let answered = cell.get().is_some_and(|cell| cell.answer.is_some() && cell.standing == Standing::Judged);
        score.missed_gates.iter().find(|gate| gate.criterion == index && answered).map(|gate| (gate.star, gate.needs))
    });
    let held = move || {
        gate.get().map(|(star, needs)| {
            let text = (i18n.words().gate_missed)(star.into(), &i18n.points(needs));
            view! { <p class="held">{Icon::Lock.view()}<span>{text}</span></p> }
        })
    };
    let below = criterion.evidence.note_below;
    let asked = Memo::new(move |_| {
        let cell = cell.get();
        cell.is_some_and(|cell| cell.standing == Standing::Judged && below.is_some_and(|below| cell.points < below))
    });
    let id = criterion.id.clone();
    let answered = Memo::new(move |_| cell.get().is_some_and(|cell| cell.answer.is_some()));
    let code = id.to_string();
    let place = Place::Criterion(id.clone());
    view! {
        <div class="criterion__foot">
            {not_asked}
            {held}
            <NoteField session place code asked=asked.into()>
                {move || {
                    let id = id.clone();
                    answered.get().then(|| view! {
                        <button
                            class="button button--quiet"
                            type="button"
                            on:click=move |_| session.dispatch(Edit::Choose(id.clone(), None))
                        >
                            {i18n.words().clear_answer}
                        </button>
                    })
                }}
            </NoteField>
        </div>
    }
}
