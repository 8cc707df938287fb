//! A criterion's card: what is judged, how it stands, its options, note and what is still asked for.

use super::{
    card_body::card_body,
    note::{NoteField, note_field},
};
use crate::{
    i18n::I18n,
    pages::text::{card_id, local},
    state::session::{Cell, Session},
    ui::icon::Icon,
};
use bintang_dom::{El, Node, el, group, with};
use bintang_domain::{
    edit::{Edit, Place},
    points::Points,
    rubric::{Criterion, CriterionIndex},
    score::Standing,
};
use leptos::prelude::*;

/// The card of one criterion.
pub(super) fn card(session: Session, index: CriterionIndex) -> El {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let article = el("article");
    let Some(criterion) = rubric.criterion(index) else { return article };
    let cell = Memo::new(move |_| session.cell(index));
    let standing = Memo::new(move |_| cell.with(|cell| cell.as_ref().map(|cell| cell.standing)));
    let class = move || match standing.get() {
        Some(Standing::Unanswered) => "criterion criterion--unanswered",
        Some(Standing::NotAsked) => "criterion criterion--not-asked",
        _ => "criterion",
    };
    let (id, entered) = (&criterion.id, criterion.id.clone());
    let help_id = [id.as_str(), "-help"].concat();
    let (labelled, helped, label) = (rubric.clone(), rubric.clone(), criterion.label.clone());
    let meta = el("span").class("criterion__meta").child(el("span").class("code").text(id.as_str())).child(state(
        i18n,
        criterion.max,
        cell,
    ));
    let help = criterion
        .help
        .clone()
        .map(|help| el("p").class("criterion__help").id(&help_id).text_with(move || local(i18n, &helped, &help)));
    let fieldset = el("fieldset")
        .attr_if("aria-describedby", help.is_some().then_some(help_id.as_str()))
        .child(el("legend").child(meta).text_with(move || local(i18n, &labelled, &label)))
        .child(help)
        .child(card_body(session, criterion, cell));
    article
        .class_with(class)
        .id(&card_id(id))
        .on("focusin", move |_| session.enter(&entered))
        .child(fieldset)
        .child(under(session, index, criterion, cell))
}

/// How it stands, in words.
fn state(i18n: I18n, max: Points, cell: Memo<Option<Cell>>) -> Node {
    let shown = Memo::new(move |_| cell.with(|cell| cell.as_ref().map(|cell| (cell.standing, cell.points))));
    with(move || {
        let words = i18n.words();
        let max = i18n.points(max);
        let (standing, points) = shown.get()?;
        let (icon, text) = match standing {
            Standing::Unanswered => (Icon::Open, (words.unanswered_points)(&max)),
            Standing::NotAsked => (Icon::Info, words.not_asked_state.to_owned()),
            Standing::Excluded => (Icon::Done, words.na_state.to_owned()),
            Standing::Judged => (Icon::Done, (words.points_of)(&i18n.points(points), &max)),
        };
        Some(el("span").class("criterion__state").child(icon.view()).child(el("span").text(&text)))
    })
}

fn remark(icon: Icon, text: &str) -> El {
    el("p").class("held").child(icon.view()).child(el("span").text(text))
}

/// Under the options: why it is not asked, which star it holds, the note, and taking the answer back.
fn under(session: Session, index: CriterionIndex, criterion: &Criterion, cell: Memo<Option<Cell>>) -> El {
    let i18n = I18n::get();
    let judged = Memo::new(move |_| {
        cell.with(|cell| cell.as_ref().filter(|cell| cell.standing == Standing::Judged).map(|cell| cell.points))
    });
    let below = criterion.evidence.note_below;
    let asked = Memo::new(move |_| judged.get().zip(below).is_some_and(|(points, below)| points < below));
    let answered = Memo::new(move |_| cell.with(|cell| cell.as_ref().is_some_and(|cell| cell.answer.is_some())));
    let id = criterion.id.clone();
    let clear = with(move || {
        let id = id.clone();
        answered.get().then(|| {
            el("button")
                .class("button button--quiet")
                .attr("type", "button")
                .on("click", move |_| session.dispatch(Edit::Choose(id.clone(), None)))
                .text(i18n.words().clear_answer)
        })
    });
    let place = Place::Criterion(criterion.id.clone());
    let note = NoteField { session, place, code: criterion.id.to_string(), asked: asked.into(), beside: clear };
    el("div")
        .class("criterion__foot")
        .child(not_asked(session, criterion, cell))
        .child(held(session, index, judged))
        .child(note_field(note))
}

fn not_asked(session: Session, criterion: &Criterion, cell: Memo<Option<Cell>>) -> Option<Node> {
    let i18n = I18n::get();
    let condition = criterion.applies_when?;
    let other = session.rubric().criterion(condition.criterion)?.id.to_string();
    let hidden =
        Memo::new(move |_| cell.with(|cell| cell.as_ref().is_some_and(|cell| cell.standing == Standing::NotAsked)));
    Some(with(move || {
        hidden.get().then(|| {
            let text = (i18n.words().not_asked_because)(&other, &i18n.points(condition.at_least));
            remark(Icon::Info, &text)
        })
    }))
}

fn held(session: Session, index: CriterionIndex, judged: Memo<Option<Points>>) -> Node {
    let i18n = I18n::get();
    let gate = Memo::new(move |_| {
        judged.get()?;
        let score = session.score();
        score.missed_gates.iter().find(|gate| gate.criterion == index).map(|gate| (gate.star, gate.needs))
    });
    let text = move || {
        let (star, needs) = gate.get()?;
        Some(remark(Icon::Lock, &(i18n.words().gate_missed)(star.into(), &i18n.points(needs))))
    };
    group([with(text)])
}
