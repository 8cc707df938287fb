//! The live bar: stars now, total, what holds the next star; opened, the gates that hold it.

use super::hold::{gate_links, hold_words};
use crate::{
    i18n::I18n,
    pages::later::Later,
    routes::{PAPERS, Route},
    state::session::Session,
    ui::{
        icon::Icon,
        option_row::hidden,
        stars::{StarSize, Stars},
    },
};
use bintang_dom::{El, Event, Memo, Node, RwSignal, el, group, open_of, with};
use bintang_domain::{hold::Hold, rubric::CriterionIndex, score::Score, wire::envelope::Ratio};
use std::sync::Arc;

/// The next criterion without an answer, from the present place on and round.
fn next_unanswered(session: Session, score: &Score) -> Option<CriterionIndex> {
    let present = session.content.with_untracked(|content| content.draft.head.return_to.clone());
    let present = present.and_then(|id| session.rubric().index_of(id.as_str()));
    let after = score.unanswered.iter().find(|index| present.is_none_or(|present| **index > present));
    after.or(score.unanswered.first()).copied()
}

/// The bar.
pub(super) fn live_bar(session: Session) -> El {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let max = rubric.max;
    let score: Memo<Arc<Score>> = Memo::new(move || session.score());
    let hold = Memo::new(move || Hold::of(&rubric, &score.get()));
    let total = el("b").text_with(move || i18n.points(score.with(|score| score.total)));
    let output = el("output")
        .class("livebar__total")
        .attr("aria-label", i18n.words().livebar_total())
        .child(total)
        .text(" / ")
        .text(&i18n.points(max));
    let chevron = el("span").class("livebar__chevron").child(Icon::Up.view());
    let chevron = chevron.child(el("span").class("visually-hidden").text(i18n.words().livebar_open()));
    let summary = el("summary").child(stars(session, score)).child(output).child(chevron);
    let unfolded = RwSignal::new(false);
    let later = Later::get();
    let opened = el("div").class("livebar__up").child_with(move || match hold.get().filter(|_| unfolded.get()) {
        None => unfolded.get().then(|| el("p").text(i18n.words().hold_top())).into(),
        Some(hold) => {
            let score = score.get();
            let title = el("h2").text(&i18n.words().hold_title().of(hold.star));
            let line = el("p").text(&hold_words(i18n, &score, Some(&hold)));
            let way = if score.complete {
                later.piece(move |part| (part.way)(session))
            } else {
                let open = el("p").text(i18n.words().way_open());
                group([open, gate_links(i18n, session, &score, &hold.gates)])
            };
            group([Node::from(title), line.into(), way])
        }
    });
    let holds = Memo::new(move || hold.with(Option::is_some));
    let icon = with(move || if holds.get() { Icon::Lock.view() } else { Icon::Check.view() });
    let held = el("span").text_with(move || hold.with(|hold| hold_words(i18n, &score.get(), hold.as_ref())));
    let next = el("div")
        .class("livebar__next")
        .child(el("p").class("livebar__hold").child(icon).child(held))
        .child(next_link(i18n, session, score));
    let unfold = move |event: Event| unfolded.set(open_of(&event));
    let details = el("details").on("toggle", unfold).child(summary).child(opened);
    let ratio = move || {
        let Ratio { num, den } = score.with(|score| score.total.into());
        [num.to_string(), den.to_string()].join("/")
    };
    el("aside")
        .class("livebar on-brand")
        .attr("aria-label", i18n.words().livebar())
        .attr_with("data-stars", move || Some(score.with(|score| score.stars).to_string()))
        .attr_with("data-total", move || Some(ratio()))
        .attr_with("data-hold-star", move || hold.with(|hold| hold.as_ref().map(|hold| hold.star.to_string())))
        .child(el("div").class("livebar__inner").child(details).child(next))
}

fn stars(session: Session, score: Memo<Arc<Score>>) -> El {
    let i18n = I18n::get();
    let of = session.rubric().highest_star();
    let shown = Memo::new(move || score.with(|score| (score.stars, score.complete)));
    el("span").class("livebar__now").child_with(move || {
        let ((stars, complete), words) = (shown.get(), i18n.words());
        let label = if complete { words.stars_of() } else { words.stars_of_provisional() };
        let row = Stars { stars, of, provisional: !complete, size: StarSize::Regular };
        let word = (!complete).then(|| el("span").text(words.provisional()));
        group([Node::from(row.view(&label.both(stars, of))), word.into()])
    })
}

/// Where the work goes on: the next unanswered criterion, the papers, else the review. Only what is another by now is set
/// anew: it is there at each answer.
fn next_link(i18n: I18n, session: Session, score: Memo<Arc<Score>>) -> Node {
    let id = session.assessment();
    let complete = Memo::new(move || score.with(|score| score.complete));
    let place = move || {
        let criterion = score.with(|score| next_unanswered(session, score));
        let criterion = criterion.and_then(|index| Some(session.rubric().criterion(index)?.id.to_string()));
        criterion.unwrap_or_else(|| PAPERS.to_owned())
    };
    let left = move || score.with(|score| score.unanswered.len() + score.unknown_requirements.len());
    with(move || {
        let (words, link) = (i18n.words(), el("a").class("button button--star").id("next"));
        if complete.get() {
            let text = el("span").text(words.review());
            return link.attr("href", &Route::review(id).href()).child(text).child(Icon::Next.view());
        }
        let text = el("span").text_with(move || i18n.words().remaining().of(left()));
        link.attr_with("href", move || Some(Route::sheet_at(id, &place()).href()))
            .child(text.child(hidden(words.remaining_hint())))
            .child(Icon::Down.view())
    })
}
