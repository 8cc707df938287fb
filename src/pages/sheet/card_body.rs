//! What can be answered to a criterion: options, cases with options, or a checklist; "none" and "not applicable" last.

use crate::{
    i18n::I18n,
    pages::text::local,
    state::session::{Cell, Session},
    ui::option_row::{Choice, OptionRow, Worth},
};
use bintang_domain::{
    answers::Answer,
    edit::Edit,
    id::{ChoiceId, NodeId},
    rubric::{Case, ChoiceOption, Criterion, CriterionKind, Item, Rubric, Step},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What a card's rows need to know.
#[derive(Clone)]
struct Rows {
    session: Session,
    criterion: NodeId,
    rubric: Arc<Rubric>,
    answer: Memo<Option<Answer>>,
    i18n: I18n,
}

impl Rows {
    /// Whether this is the answer.
    fn is(&self, answer: Answer) -> Signal<bool> {
        let present = self.answer;
        Signal::derive(move || present.with(|present| present.as_ref() == Some(&answer)))
    }

    /// Answers this.
    fn choose(&self, answer: Answer) -> Callback<bool> {
        let (session, criterion) = (self.session, self.criterion.clone());
        Callback::new(move |chosen: bool| {
            session.dispatch(Edit::Choose(criterion.clone(), chosen.then(|| answer.clone())));
        })
    }

    fn option(&self, id: String, option: &ChoiceOption, answer: Answer) -> AnyView {
        let (i18n, words) = (self.i18n, self.i18n.words());
        let texts = [&option.help, &option.proof];
        let proof: Vec<String> = texts.into_iter().flatten().map(|text| local(i18n, &self.rubric, text)).collect();
        let worth = Worth {
            points: i18n.points(option.points),
            unit: words.points_word,
            gate: option.gate.map(|star| (star, words.gate_word)),
        };
        view! {
            <OptionRow
                id
                name=self.criterion.to_string()
                choice=Choice::One
                label=local(i18n, &self.rubric, &option.label)
                proof=(!proof.is_empty()).then(|| (words.proof_word, proof.join(" ")))
                worth=Some(worth)
                checked=self.is(answer.clone())
                on_choose=self.choose(answer)
            />
        }
        .into_any()
    }

    /// The plain rows at the end. In a checklist they are ticks of their own.
    fn last(&self, choice: Choice, may_exclude: bool) -> AnyView {
        let words = self.i18n.words();
        let name = match choice {
            Choice::One => self.criterion.to_string(),
            Choice::Tick => format!("{}-plain", self.criterion),
        };
        let row = |suffix: &str, label: &str, points: &str, unit: &'static str, answer: Answer| {
            view! {
                <OptionRow
                    id=format!("{}-{suffix}", self.criterion)
                    name=name.clone()
                    choice
                    plain=true
                    label=label.to_owned()
                    proof=None
                    worth=Some(Worth { points: points.to_owned(), unit, gate: None })
                    checked=self.is(answer.clone())
                    on_choose=self.choose(answer)
                />
            }
        };
        view! {
            {row("none", words.option_none, "0", words.points_word, Answer::None)}
            {may_exclude.then(|| row("na", words.option_na, "–", words.not_counted, Answer::NotApplicable))}
        }
        .into_any()
    }
}

/// The rows of a card. Built anew only when the language changes.
#[component]
pub(super) fn CardBody(session: Session, criterion: Criterion, cell: Memo<Option<Cell>>) -> impl IntoView {
    let i18n = I18n::get();
    let answer = Memo::new(move |_| cell.get().and_then(|cell| cell.answer));
    let rows = Rows { session, criterion: criterion.id.clone(), rubric: session.rubric(), answer, i18n };
    let case = RwSignal::new(answer.with_untracked(|answer| match answer {
        Some(Answer::Case(case, _)) => Some(case.clone()),
        _ => None,
    }));
    let may_exclude = criterion.may_exclude;
    move || match &criterion.kind {
        CriterionKind::Options(options) => view! {
            <div class="options">
                {options.iter().map(|option| {
                    let id = format!("{}-{}", rows.criterion, option.id);
                    rows.option(id, option, Answer::Option(option.id.clone()))
                }).collect_view()}
                {rows.last(Choice::One, may_exclude)}
            </div>
        }
        .into_any(),
        CriterionKind::Cases(cases) => cases_view(&rows, cases, case, may_exclude),
        CriterionKind::Checklist { items, scale } => checklist_view(&rows, items, scale, may_exclude),
    }
}

fn cases_view(rows: &Rows, cases: &[Case], shown: RwSignal<Option<ChoiceId>>, may_exclude: bool) -> AnyView {
    let i18n = rows.i18n;
    // An answer that comes from undo or from disk shows its case.
    let answer = rows.answer;
    Effect::new(move || {
        if let Some(Answer::Case(case, _)) = answer.get() {
            shown.set(Some(case));
        }
    });
    let tab = |case: &Case| {
        let (id, label) = (case.id.clone(), local(i18n, &rows.rubric, &case.label));
        let (is, rows) = (id.clone(), rows.clone());
        let input = format!("{}-case-{id}", rows.criterion);
        view! {
            <label>
                <input
                    type="radio"
                    id=input
                    name=format!("{}-case", rows.criterion)
                    prop:checked=move || shown.with(|shown| shown.as_ref() == Some(&is))
                    on:change=move |_| {
                        // The answer belongs to the case it was given in; undo brings both back.
                        let other = rows.answer.with_untracked(|answer| {
                            matches!(answer, Some(Answer::Case(case, _)) if *case != id)
                        });
                        if other {
                            rows.session.dispatch(Edit::Choose(rows.criterion.clone(), None));
                        }
                        shown.set(Some(id.clone()));
                    }
                />
                {label}
            </label>
        }
    };
    let (options, cases_again) = (rows.clone(), cases.to_vec());
    view! {
        <div class="cases" role="radiogroup">{cases.iter().map(tab).collect_view()}</div>
        <div class="options">
            {move || {
                let shown = shown.get();
                let case = cases_again.iter().find(|case| Some(&case.id) == shown.as_ref());
                match case {
                    None => view! { <p class="cases__hint small soft">{i18n.words().case_choose}</p> }.into_any(),
                    Some(case) => case.options.iter().map(|option| {
                        let id = format!("{}-{}-{}", options.criterion, case.id, option.id);
                        options.option(id, option, Answer::Case(case.id.clone(), option.id.clone()))
                    }).collect_view().into_any(),
                }
            }}
            {rows.last(Choice::One, may_exclude)}
        </div>
    }
    .into_any()
}

fn ticked(answer: Option<&Answer>) -> &[ChoiceId] {
    match answer {
        Some(Answer::Ticked(items)) => items,
        _ => &[],
    }
}

fn checklist_view(rows: &Rows, items: &[Item], scale: &[Step], may_exclude: bool) -> AnyView {
    let order: Arc<[ChoiceId]> = items.iter().map(|item| item.id.clone()).collect();
    let row = |item: &Item| {
        let (id, answer, is) = (item.id.clone(), rows.answer, item.id.clone());
        let (rows_again, order) = (rows.clone(), order.clone());
        let on_choose = Callback::new(move |chosen: bool| {
            // In the rubric's order, whatever the order of the taps.
            let next: Vec<ChoiceId> = answer.with_untracked(|answer| {
                let before = ticked(answer.as_ref());
                let keeps = |item: &&ChoiceId| if **item == id { chosen } else { before.contains(item) };
                order.iter().filter(keeps).cloned().collect()
            });
            let next = (!next.is_empty()).then_some(Answer::Ticked(next));
            rows_again.session.dispatch(Edit::Choose(rows_again.criterion.clone(), next));
        });
        let words = rows.i18n.words();
        view! {
            <OptionRow
                id=format!("{}-{}", rows.criterion, item.id)
                name=rows.criterion.to_string()
                choice=Choice::Tick
                label=local(rows.i18n, &rows.rubric, &item.label)
                proof=item.proof.as_ref().map(|proof| (words.proof_word, local(rows.i18n, &rows.rubric, proof)))
                worth=None
                checked=Signal::derive(move || answer.with(|answer| ticked(answer.as_ref()).contains(&is)))
                on_choose
            />
        }
    };
    view! {
        <Ladder rows=rows.clone() scale=scale.to_vec() />
        <div class="options">{items.iter().map(row).collect_view()}{rows.last(Choice::Tick, may_exclude)}</div>
    }
    .into_any()
}

/// The points a checklist gives, from none to most, with the present step marked.
#[component]
fn Ladder(rows: Rows, scale: Vec<Step>) -> impl IntoView {
    let (i18n, answer) = (rows.i18n, rows.answer);
    let mut rising: Vec<Step> = scale;
    rising.reverse();
    let lowest = rising.first().map_or(1, |step| step.at_least);
    let reached = {
        let rising = rising.clone();
        Memo::new(move |_| {
            let count = answer.with(|answer| ticked(answer.as_ref()).len());
            rising.iter().filter(|step| step.at_least as usize <= count).count()
        })
    };
    let words = i18n.words();
    let step = |place: usize, points: String, text: String, gate: Option<u8>| {
        view! {
            <li aria-current=move || (reached.get() == place).then_some("true")>
                <b>{(words.ladder_points)(&points)}</b>{text}
                {gate.map(|star| view! { <span class="gate">{crate::ui::icon::Icon::Star.sized("")}<span class="visually-hidden">{words.gate_word}</span>{star}</span> })}
            </li>
        }
    };
    view! {
        <ol class="ladder" aria-label=words.ladder>
            {step(0, "0".to_owned(), (words.ladder_below)(lowest as usize), None)}
            {rising.iter().enumerate().map(|(place, each)| {
                step(place + 1, i18n.points(each.points), (words.ladder_at_least)(each.at_least as usize), each.gate)
            }).collect_view()}
        </ol>
    }
}
