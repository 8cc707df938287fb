//! One part of the sheet with its groups and cards.

use super::{card::card, growth::Growth};
use crate::{
    i18n::I18n,
    pages::text::{card_id, local},
    state::session::Session,
};
use bintang_dom::{El, Memo, Node, el, group};
use bintang_domain::{
    progress,
    rubric::{Group, Node as RubricNode},
};

/// The part of this number, whose cards grow from where a person begins.
pub(super) fn part(session: Session, number: usize, growth: Growth) -> El {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let section = el("section").class("part");
    let Some(part) = rubric.parts.get(number) else { return section };
    let (id, label, help, max) = (part.id.clone(), part.label.clone(), part.help.clone(), part.max);
    let points = {
        let id = id.clone();
        Memo::new(move || {
            let score = session.score();
            score.parts.iter().find(|part| part.id == id).map(|part| part.points)
        })
    };
    let words = move || {
        let points = points.get().map(|points| i18n.points(points)).unwrap_or_default();
        let of = i18n.words().points_of().both(&points, &i18n.points(max));
        i18n.words().part_points().both(id.as_str(), &of)
    };
    let (named, helped) = (rubric.clone(), rubric.clone());
    let head = el("div")
        .class("part-head")
        .child(el("h2").text(&local(i18n, &named, &label)))
        .child(el("p").class("soft small").text_with(words))
        .child(help.map(|help| el("p").class("soft small").text(&local(i18n, &helped, &help))));
    section.child(head).child(nodes(session, &part.nodes, growth))
}

fn nodes(session: Session, nodes: &[RubricNode], growth: Growth) -> Node {
    group(nodes.iter().map(|node| match node {
        RubricNode::Criterion(index) => card(session, *index, growth).into(),
        RubricNode::Group(group) => named_group(session, group, growth),
    }))
}

fn named_group(session: Session, of: &Group, growth: Growth) -> Node {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let (label, range) = (of.label.clone(), of.criteria.clone());
    let points = Memo::new(move || {
        session.content.with(|content| {
            let points = progress::points_of(&content.scorer, range.clone());
            (points.points, points.max)
        })
    });
    let written = move || {
        let (points, max) = points.get();
        [i18n.points(points), i18n.points(max)].join(" / ")
    };
    let id = of.id.to_string();
    let name = el("span").text(&id).text(" ").text(&local(i18n, &rubric, &label));
    let title = el("h3").class("group-title").id(&card_id(&of.id));
    let title = title.child(name).child(el("span").class("num").text_with(written));
    group([title.into(), nodes(session, &of.nodes, growth)])
}
