//! Papers and knockouts: what must be there, and what ends the chance of a star.

use super::{sheet::NoteField, text::local};
use crate::{i18n::{I18n, Words}, state::session::Session, ui::icon::Icon};
use bintang_domain::{
    edit::{Edit, Place},
    rubric::{Knockout, KnockoutEffect, Requirement, RequirementEffect, Trigger},
};
use leptos::prelude::*;

/// Both lists.
#[component]
pub(super) fn Papers(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let asked = Memo::new(move |_| {
        session.content.with(|content| {
            let requirements = content.scorer.rubric().requirements.iter();
            let asked = requirements.filter(|requirement| content.scorer.asked_requirement(&requirement.id)).count();
            (asked - content.score.unknown_requirements.len().min(asked), asked)
        })
    });
    let raised = Memo::new(move |_| session.content.with(|content| content.scorer.fired_knockouts().count()));
    let (requirements, knockouts) = (rubric.requirements.clone(), rubric.knockouts.clone());
    let count = move || {
        let (answered, asked) = asked.get();
        (i18n.words().requirements_answered)(answered, asked)
    };
    let raised = move || match raised.get() {
        0 => i18n.words().knockouts_none.to_owned(),
        raised => (i18n.words().knockouts_raised)(raised),
    };
    view! {
        {(!requirements.is_empty()).then(|| view! {
            <section class="papers" aria-labelledby="papers">
                <h2 class="section-title" id="papers">{move || i18n.words().requirements}<small>{count}</small></h2>
                <ul class="rows">
                    {requirements.into_iter().map(|each| view! { <li><Paper session requirement=each /></li> }).collect_view()}
                </ul>
            </section>
        })}
        {(!knockouts.is_empty()).then(|| view! {
            <section class="papers" aria-labelledby="knockouts">
                <h2 class="section-title" id="knockouts">{move || i18n.words().knockouts}<small>{raised}</small></h2>
                <fieldset class="rows">
                    <legend class="visually-hidden">{move || i18n.words().knockouts_legend}</legend>
                    {knockouts.into_iter().map(|each| view! { <Flag session knockout=each /> }).collect_view()}
                </fieldset>
            </section>
        })}
    }
}

fn effect(words: &Words, effect: RequirementEffect) -> String {
    match effect {
        RequirementEffect::NoAward => words.effect_no_award.to_owned(),
        RequirementEffect::Reject => words.effect_reject.to_owned(),
        RequirementEffect::Cap(stars) => (words.effect_cap)(stars.into()),
    }
}

#[component]
fn Paper(session: Session, requirement: Requirement) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let id = requirement.id.clone();
    let met = {
        let id = id.clone();
        Memo::new(move |_| session.content.with(|content| content.draft.answers.requirements.get(&id).copied()))
    };
    let asked = {
        let id = id.clone();
        Memo::new(move |_| session.content.with(|content| content.scorer.asked_requirement(&id)))
    };
    let (label, help, rule) = (requirement.label, requirement.help, requirement.effect);
    let helped = rubric.clone();
    let choice = |suffix: &'static str, value: bool, word: fn(&Words) -> &'static str| {
        let (edited, input) = (id.clone(), format!("r-{id}-{suffix}"));
        view! {
            <label>
                <input
                    type="radio"
                    id=input
                    name=format!("r-{id}")
                    value=suffix
                    prop:checked=move || met.get() == Some(value)
                    on:change=move |_| session.dispatch(Edit::Require(edited.clone(), Some(value)))
                />
                {move || word(i18n.words())}
            </label>
        }
    };
    view! {
        <fieldset class="paper-row">
            <legend>{move || local(i18n, &rubric, &label)}</legend>
            <p class="small">
                {help.map(|help| move || local(i18n, &helped, &help))}" "{move || effect(i18n.words(), rule)}
            </p>
            {move || (met.get().is_none() && asked.get()).then(|| view! {
                <p class="asked">{Icon::Alert.view()}{i18n.words().requirement_unanswered}</p>
            })}
            <div class="yesno">
                {choice("yes", true, |words| words.requirement_yes)}
                {choice("no", false, |words| words.requirement_no)}
            </div>
            <NoteField session place=Place::Requirement(id.clone()) code=id.to_string() asked=Signal::stored(false)>""</NoteField>
        </fieldset>
    }
}

#[component]
fn Flag(session: Session, knockout: Knockout) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let id = knockout.id.clone();
    let by_hand = knockout.trigger == Trigger::Flag;
    let fired = {
        let id = id.clone();
        Memo::new(move |_| session.content.with(|content| content.scorer.fired_knockouts().any(|fired| fired.id == id)))
    };
    let words = move || {
        let words = i18n.words();
        let effect = match knockout.effect {
            KnockoutEffect::Disqualify => words.knockout_disqualify,
            KnockoutEffect::Stop => words.knockout_stop,
        };
        if by_hand { effect.to_owned() } else { format!("{effect} {}", words.knockout_auto) }
    };
    let (label, input, edited) = (knockout.label, format!("k-{id}"), id.clone());
    let labelled = input.clone();
    view! {
        <div class="knockout">
            <label class="option option--tick" for=labelled>
                <input
                    type="checkbox"
                    id=input
                    disabled=!by_hand
                    prop:checked=move || fired.get()
                    on:change=move |event| session.dispatch(Edit::Flag(edited.clone(), event_target_checked(&event)))
                />
                <span>
                    <span class="option__label">{move || local(i18n, &rubric, &label)}</span>
                    <span class="option__proof">{words}</span>
                </span>
            </label>
            {move || fired.get().then(|| view! {
                <NoteField session place=Place::Knockout(id.clone()) code=id.to_string() asked=Signal::stored(true)>""</NoteField>
            })}
        </div>
    }
}
