//! A criterion's card: what is judged, how it stands, its options, note and what is still asked for.

use super::{
    card_body::card_body,
    growth::Growth,
    note::{NoteField, note_field},
};
use crate::{
    i18n::I18n,
    pages::{
        later::Later,
        text::{card_id, local},
    },
    state::session::{Cell, Session},
    ui::icon::Icon,
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::{
    edit::{Edit, Place},
    points::Points,
    rubric::{Criterion, CriterionIndex},
    score::Standing,
};

/// The card of one criterion, empty until its turn comes.
pub(super) fn card(session: Session, index: CriterionIndex, growth: Growth) -> El {
    let rubric = session.rubric();
    let article = el("article");
    let Some((criterion, cell)) = rubric.criterion(index).zip(session.cell(index)) else { return article };
    let class = move || match cell.get().standing {
        Standing::Unanswered => "criterion criterion--unanswered",
        Standing::NotAsked => "criterion criterion--not-asked",
        Standing::Judged | Standing::Excluded => "criterion",
    };
    let entered = criterion.id.clone();
    let article = article
        .class_with(class)
        .id(&card_id(&criterion.id))
        // What is closed or gone within it gives the focus back to it.
        .attr("tabindex", "-1")
        .on("focusin", move |_| session.enter(&entered));
    match growth.made(index) {
        None => article.child(content(session, index)),
        Some(made) => article.child_with(move || made.get().then(|| content(session, index))),
    }
}

/// What is in the card.
fn content(session: Session, index: CriterionIndex) -> Node {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let Some((criterion, cell)) = rubric.criterion(index).zip(session.cell(index)) else { return Node::Nothing };
    let id = &criterion.id;
    let help_id = [id.as_str(), "-help"].concat();
    let meta = el("span").class("criterion__meta").child(el("span").class("code").text(id.as_str())).child(state(
        i18n,
        criterion.max,
        cell,
    ));
    let help = criterion.help.as_ref();
    let help = help.map(|help| el("p").class("criterion__help").id(&help_id).text(&local(i18n, &rubric, help)));
    let fieldset = el("fieldset")
        .attr_if("aria-describedby", help.is_some().then_some(help_id.as_str()))
        .child(el("legend").child(meta).text(&local(i18n, &rubric, &criterion.label)))
        .child(help)
        .child(card_body(session, criterion, cell));
    group([fieldset, under(session, index, criterion, cell)])
}

/// How it stands, in words.
fn state(i18n: I18n, max: Points, cell: RwSignal<Cell>) -> Node {
    with(move || {
        let words = i18n.words();
        let max = i18n.points(max);
        let Cell { standing, points, .. } = cell.get();
        let (icon, text) = match standing {
            Standing::Unanswered => (Icon::Open, words.unanswered_points().of(&max)),
            Standing::NotAsked => (Icon::Info, words.not_asked_state().to_owned()),
            Standing::Excluded => (Icon::Done, words.na_state().to_owned()),
            Standing::Judged => (Icon::Done, words.points_of().both(&i18n.points(points), &max)),
        };
        el("span").class("criterion__state").child(icon.view()).child(el("span").text(&text))
    })
}

fn remark(icon: Icon, text: &str) -> El {
    el("p").class("held").child(icon.view()).child(el("span").text(text))
}

/// Under the options: why it is not asked, which star it holds, the note, and taking the answer back.
fn under(session: Session, index: CriterionIndex, criterion: &Criterion, cell: RwSignal<Cell>) -> El {
    let i18n = I18n::get();
    let below = criterion.evidence.note_below;
    let kept = Memo::new(move || cell.get().note.unwrap_or_default());
    let asked = Memo::new(move || cell.get().judged().zip(below).is_some_and(|(points, below)| points < below));
    let answered = Memo::new(move || cell.get().answer.is_some());
    let id = criterion.id.clone();
    let clear = with(move || {
        let id = id.clone();
        answered.get().then(|| {
            el("button")
                .class("button button--quiet")
                .attr("type", "button")
                .on("click", move |_| session.dispatch(Edit::Choose(id.clone(), None)))
                .text(i18n.words().clear_answer())
        })
    });
    let place = Place::Criterion(criterion.id.clone());
    let note = NoteField { session, place, code: criterion.id.to_string(), kept, asked, beside: clear };
    el("div")
        .class("criterion__foot")
        .child(not_asked(session, criterion, cell))
        .child(held(cell))
        .child(Later::get().quietly(move |part| (part.under)(session, index)))
        .child(note_field(note))
}

fn not_asked(session: Session, criterion: &Criterion, cell: RwSignal<Cell>) -> Option<Node> {
    let i18n = I18n::get();
    let condition = criterion.applies_when?;
    let other = session.rubric().criterion(condition.criterion)?.id.to_string();
    Some(with(move || {
        (cell.get().standing == Standing::NotAsked).then(|| {
            let text = i18n.words().not_asked_because().both(&other, &i18n.points(condition.at_least));
            remark(Icon::Info, &text)
        })
    }))
}

fn held(cell: RwSignal<Cell>) -> Node {
    let i18n = I18n::get();
    with(move || {
        let (star, needs) = cell.get().gate?;
        Some(remark(Icon::Lock, &i18n.words().gate_missed().both(star, &i18n.points(needs))))
    })
}
