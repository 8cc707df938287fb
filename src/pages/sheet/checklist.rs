//! A checklist: the ladder of points, then the items to tick.

use super::card_body::Rows;
use crate::{
    pages::text::local,
    ui::option_row::{Choice, OptionRow, gate},
};
use bintang_dom::{El, Memo, Node, el, group};
use bintang_domain::{
    answers::Answer,
    id::ChoiceId,
    rubric::{Item, Step},
};
use std::sync::Arc;

fn ticked(answer: Option<&Answer>) -> &[ChoiceId] {
    match answer {
        Some(Answer::Ticked(items)) => items,
        _ => &[],
    }
}

/// The rows of a checklist.
pub(super) fn checklist(rows: &Rows, items: &[Item], scale: &[Step], may_exclude: bool) -> Node {
    let order: Arc<[ChoiceId]> = items.iter().map(|item| item.id.clone()).collect();
    let list = group(items.iter().map(|item| row(rows, item, order.clone())));
    let list = el("div").class("options").child(list).child(rows.last(Choice::PlainTick, may_exclude));
    group([ladder(rows, scale), list])
}

fn row(rows: &Rows, item: &Item, order: Arc<[ChoiceId]>) -> El {
    let (id, is, answer, answered) = (item.id.clone(), item.id.clone(), rows.answer, rows.clone());
    let on_choose = Box::new(move |chosen: bool| {
        // In the rubric's order, whatever the order of the taps.
        let next: Vec<ChoiceId> = answer.with_untracked(|answer| {
            let before = ticked(answer.as_ref());
            let keeps = |item: &&ChoiceId| if **item == id { chosen } else { before.contains(item) };
            order.iter().filter(keeps).cloned().collect()
        });
        answered.choose((!next.is_empty()).then_some(Answer::Ticked(next)));
    });
    let proof_word = rows.i18n.words().proof_word();
    let row = OptionRow {
        id: rows.id(&[item.id.as_str()]),
        name: rows.criterion.to_string(),
        choice: Choice::Tick,
        label: local(rows.i18n, &rows.rubric, &item.label),
        proof: item.proof.as_ref().map(|proof| (proof_word, local(rows.i18n, &rows.rubric, proof))),
        worth: None,
        checked: Box::new(move || answer.with(|answer| ticked(answer.as_ref()).contains(&is))),
        on_choose,
    };
    row.view()
}

/// The points a checklist gives, from none to most, with the present step marked.
fn ladder(rows: &Rows, scale: &[Step]) -> El {
    let (i18n, answer, words) = (rows.i18n, rows.answer, rows.i18n.words());
    let rising: Vec<Step> = scale.iter().rev().copied().collect();
    let lowest = rising.first().map_or(1, |step| step.at_least);
    let steps = rising.clone();
    let reached = Memo::new(move || {
        let count = answer.with(|answer| ticked(answer.as_ref()).len());
        steps.iter().filter(|step| step.at_least as usize <= count).count()
    });
    let step = |place: usize, points: &str, text: &str, star: Option<u8>| {
        el("li")
            .attr_with("aria-current", move || (reached.get() == place).then_some("true"))
            .child(el("b").text(&words.ladder_points().of(points)))
            .text(text)
            .child(star.map(|star| gate(star, words.gate_word())))
    };
    let first = step(0, "0", &words.ladder_below().of(lowest as usize), None);
    let others = rising.iter().enumerate().map(|(place, each)| {
        step(place + 1, &i18n.points(each.points), &words.ladder_at_least().of(each.at_least as usize), each.gate)
    });
    el("ol").class("ladder").attr("aria-label", words.ladder()).child(first).child(group(others))
}
