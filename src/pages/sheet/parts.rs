//! Tabs of the parts, with progress; the last is for papers and knockouts.

use super::Shown;
use crate::{
    i18n::I18n,
    pages::text::local,
    routes::{PAPERS, Route},
    state::session::Session,
    ui::{icon::Icon, option_row::hidden},
};
use bintang_dom::{El, Memo, Node, el, group};
use bintang_domain::progress;

/// How far a tab's part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    done: usize,
    of: usize,
}

/// The tabs.
pub(super) fn part_tabs(session: Session, shown: Memo<Option<Shown>>) -> El {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let mut tabs: Vec<El> = Vec::new();
    for (place, part) in rubric.parts.iter().enumerate() {
        let range = part.criteria.clone();
        let count = Memo::new(move || {
            session.content.with(|content| {
                let progress = progress::of(&content.scorer, range.clone());
                Count { done: progress.answered, of: progress.asked }
            })
        });
        let code = el("b").text(part.id.as_str());
        let name = el("span").class("parts__name").text(&local(i18n, &rubric, &part.label));
        let is = Memo::new(move || shown.get() == Some(Shown::Part(place)));
        tabs.push(tab(session, part.id.as_str(), group([code, name]), count, is));
    }
    if !rubric.requirements.is_empty() || !rubric.knockouts.is_empty() {
        let count = Memo::new(move || {
            session.content.with(|content| {
                let asked = content.scorer.rubric().requirements.iter();
                let of = asked.filter(|requirement| content.scorer.asked_requirement(&requirement.id)).count();
                Count { done: of - content.score.unknown_requirements.len().min(of), of }
            })
        });
        let name = el("b").class("parts__papers").text(i18n.words().papers_short());
        let is = Memo::new(move || shown.get() == Some(Shown::Papers));
        tabs.push(tab(session, PAPERS, name.into(), count, is));
    }
    el("nav").class("parts").attr("aria-label", i18n.words().sheet_parts()).child(el("ol").child(tabs))
}

fn tab(session: Session, at: &str, name: Node, count: Memo<Count>, is: Memo<bool>) -> El {
    let i18n = I18n::get();
    let complete = Memo::new(move || count.get().done == count.get().of);
    let check = move || complete.get().then(|| [Icon::Check.view(), hidden(i18n.words().part_complete())]);
    let numbers = move || [count.get().done.to_string(), count.get().of.to_string()].join("/");
    let bar = el("progress")
        .attr_with("max", move || Some(count.get().of.max(1).to_string()))
        .attr_with("value", move || Some(count.get().done.to_string()))
        .attr("aria-hidden", "true");
    let link = el("a")
        .attr("href", &Route::sheet_at(session.assessment(), at).href())
        .attr_with("aria-current", move || is.get().then_some("step"))
        .child(name)
        .child(el("span").class("parts__count").child_with(check).text_with(numbers))
        .child(bar);
    el("li").child(link)
}
