//! Lembar: the sheet, one part at a time or all on one page.

mod card;
mod card_body;
mod checklist;
mod growth;
mod hold;
mod live_bar;
mod note;
mod part;
mod parts;
mod saved;

use super::{
    frame::{Frame, bar, framed},
    later::Later,
    opening::with_session,
    papers::papers,
};
use crate::{
    i18n::I18n,
    routes::{Opened, PAPERS, Route},
    services::Services,
    state::{address::Address, open_sheet::OpenSheet, session::Session, turn::Turn},
    ui::icon::Icon,
};
use bintang_dom::{El, Memo, Node, effect, el, group};
use bintang_domain::rubric::{CriterionIndex, RubricStatus};
use growth::Growth;
pub(super) use hold::{gate_links, hold_words, withheld_words};
pub(super) use note::{NoteField, note_field};
pub(super) use saved::{save_failure, saved};

/// The page of one sheet.
pub(super) fn page(opened: Opened, all: bool) -> Node {
    let open = OpenSheet::get();
    match &opened {
        Opened::Draft(id) => open.open(*id),
        Opened::Rubric(name) => open.begin(name),
    }
    with_session(move |session| sheet(session, all))
}

/// Which part is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Part(usize),
    Papers,
}

/// The place the address names, else the one to return to.
fn place(session: Session, route: &Route) -> Option<String> {
    let named = match route {
        Route::Sheet { at, .. } => at.clone(),
        _ => None,
    };
    named.or_else(|| {
        let return_to = session.content.with_untracked(|content| content.draft.head.return_to.clone());
        return_to.map(|criterion| criterion.to_string())
    })
}

fn shown_at(session: Session, place: Option<&str>) -> Shown {
    let rubric = session.rubric();
    let Some(place) = place else { return Shown::Part(0) };
    if place == PAPERS {
        return Shown::Papers;
    }
    let criterion = rubric.index_of(place);
    let part = rubric.parts.iter().position(|part| {
        part.id.as_str() == place || criterion.is_some_and(|criterion| part.criteria.contains(&criterion.0))
    });
    Shown::Part(part.unwrap_or_default())
}

/// Cards grow from the criterion that the address names, or the part's first one.
fn growth(session: Session, services: Services, part: usize) -> Growth {
    let rubric = session.rubric();
    let first = rubric.parts.get(part).map_or(0, |part| part.criteria.start);
    let named = Address::get().route.with_untracked(|route| place(session, route));
    let named = named.and_then(|place| rubric.index_of(&place));
    Growth::begin(services, named.unwrap_or(CriterionIndex(first)), rubric.criteria.len())
}

fn sheet(session: Session, all: bool) -> Node {
    let (i18n, address, services) = (I18n::get(), Address::get(), Services::get());
    let shown = Memo::new(move || {
        let route = address.route.get();
        shown_at(session, place(session, &route).as_deref())
    });
    // After the part is painted the named criterion comes into view, also when it is named a second time.
    effect(move || {
        let route = address.route.get();
        let target = place(session, &route);
        let card = target.filter(|place| session.rubric().index_of(place).is_some());
        let page = services.ports().page.clone();
        let later = page.clone();
        page.after_paint(Box::new(move || match card {
            Some(criterion) => drop(later.reveal(&["c-", &criterion].concat())),
            None => later.top(),
        }));
    });
    let named = session.content.with_untracked(|content| {
        let subject = &content.draft.head.subject;
        [&subject.product, &subject.business].into_iter().find(|name| !name.is_empty()).cloned()
    });
    let title = named.as_deref().unwrap_or(i18n.words().sheet_title());
    let rubric = session.rubric();
    let (parts, keys) = (rubric.parts.len(), Later::get());
    let tools = keys.quietly(move |part| (part.tools)(session));
    let bar = bar(Some(Route::Home), title, saved(session).into(), group([undo_button(session).into(), tools]));
    let current = Memo::new(move || (!all).then(|| shown.get()));
    let template = (rubric.status == RubricStatus::Template).then(|| template_mark(i18n));
    let shown_parts = move || {
        if all {
            let growth = growth(session, services, 0);
            return group((0..parts).map(|number| part::part(session, number, growth)));
        }
        match shown.get() {
            Shown::Part(number) => part::part(session, number, growth(session, services, number)).into(),
            Shown::Papers => Node::Nothing,
        }
    };
    // While another tab writes, nothing can be changed here.
    let content = el("fieldset")
        .class("page sheet-page")
        .on("keydown", move |event| keys.key(session, &event))
        .attr_with("disabled", move || (session.turn.get() != Turn::Mine).then_some(""))
        .child(keys.quietly(move |part| (part.above)(session)))
        .child(template)
        .child_with(shown_parts)
        .child_with(move || (all || shown.get() == Shown::Papers).then(|| papers(session)));
    let others = Later::get().quietly(move |part| (part.others)(session));
    let above = el("div")
        .class("sheet-head")
        .child(bar)
        .child(save_failure(session))
        .child(others)
        .child(parts::part_tabs(session, current));
    framed(Frame::Focus, above, content, live_bar::live_bar(session).into())
}

/// Says that the rubric is a working template.
pub(super) fn template_mark(i18n: I18n) -> El {
    let words = el("span").text(i18n.words().rubric_template());
    el("p").class("template-mark").child(Icon::Info.view()).child(words)
}

fn undo_button(session: Session) -> El {
    let i18n = I18n::get();
    let name = Memo::new(move || session.undoable().map(|place| place.code().to_owned()));
    let label = move || {
        Some(match name.get() {
            Some(what) => i18n.words().undo_what().of(&what),
            None => i18n.words().undo_none().to_owned(),
        })
    };
    el("button")
        .class("button button--icon")
        .id("undo")
        .attr("type", "button")
        .attr_with("aria-label", label)
        .attr_with("aria-disabled", move || name.with(Option::is_none).then_some("true"))
        .on("click", move |_| session.undo())
        .child(Icon::Undo.view())
}
