//! A sheet and the versions of its rubric: carrying it over to another one, and what needs another look afterwards.

use super::text::{criterion_name, local};
use crate::{
    i18n::I18n,
    routes::{PAPERS, Route},
    services::Services,
    state::{address::Address, open_sheet::OpenSheet, rubrics::Ready, session::Session, shelf},
    ui::{
        icon::Icon,
        line::{coded, section, section_title},
    },
};
use bintang_dom::{El, Node, RwSignal, el, group, with};
use bintang_domain::{edit::Place, rubric::Rubric};
use leptos::task::spawn_local;

/// Id of the list of what needs another look.
const AGAIN: &str = "again";

/// The other versions there are of the sheet's rubric, each with a button that carries the sheet over.
pub(super) fn versions(session: Session) -> Node {
    let (i18n, services) = (I18n::get(), Services::get());
    let (address, open) = (Address::get(), OpenSheet::get());
    let words = i18n.later();
    let others = RwSignal::new(Vec::<Ready>::new());
    let reference = session.content.with_untracked(|content| content.draft.head.rubric.clone());
    let (id, commodity) = (reference.id, session.rubric().commodity.clone());
    spawn_local(async move {
        let found = shelf::others(services, id, commodity, reference.sha256).await;
        others.try_update(|others| *others = found);
    });
    with(move || {
        let found = others.get();
        let own = session.rubric().version.clone();
        let versions: Vec<String> = found.iter().map(|ready| ready.reference.version.clone()).collect();
        let rows = found.into_iter().map(|ready| {
            let version = &ready.reference.version;
            let namesakes = versions.iter().chain([&own]).filter(|other| *other == version).count();
            let version = if namesakes > 1 { named_by_sum(&ready) } else { version.clone() };
            let carry = move |_| {
                address.go(Route::review(open.carry(session, ready.clone())));
                // The same kind of page stands where it was scrolled to.
                let page = services.ports().page.clone();
                let later = page.clone();
                page.after_paint(Box::new(move || {
                    if !later.reveal(AGAIN) {
                        later.top();
                    }
                }));
            };
            el("button")
                .class("button button--secondary")
                .attr("type", "button")
                .attr("data-carry", &version)
                .on("click", carry)
                .text(&words.carry_to().of(&version))
        });
        let rows: Vec<El> = rows.collect();
        (!rows.is_empty()).then(|| {
            section("versions")
                .class("stack")
                .child(section_title("versions", words.versions(), ""))
                .child(el("p").class("small soft").text(&words.versions_text().of(&session.rubric().version)))
                .child(group(rows))
        })
    })
}

/// A version that another file has too, told apart by the beginning of its sum.
fn named_by_sum(ready: &Ready) -> String {
    let sum: String = ready.reference.sha256.to_string().chars().take(6).collect();
    [&ready.reference.version, " (", &sum, "…)"].concat()
}

/// What needs another look since the sheet was carried over.
pub(super) fn again(session: Session) -> Node {
    let i18n = I18n::get();
    let words = i18n.later();
    let rubric = session.rubric();
    with(move || {
        let places = session.again();
        let rows = places.iter().map(|place| el("li").child(row(i18n, session, &rubric, place)));
        let rows: Vec<El> = rows.collect();
        (!rows.is_empty()).then(|| {
            section(AGAIN)
                .class("stack stack--tight")
                .child(section_title(AGAIN, words.again(), &places.len().to_string()))
                .child(el("p").class("small soft").text(words.again_text()))
                .child(el("ul").class("items").child(rows))
        })
    })
}

fn row(i18n: I18n, session: Session, rubric: &Rubric, place: &Place) -> El {
    let words = i18n.later();
    let (id, label, at) = match place {
        Place::Criterion(id) => {
            let label = rubric.index_of(id.as_str()).and_then(|index| criterion_name(i18n, rubric, index));
            (id.to_string(), label.map(|(_, label)| label), id.to_string())
        }
        Place::Requirement(id) => {
            let label = rubric.requirement(id.as_str()).map(|requirement| local(i18n, rubric, &requirement.label));
            (id.to_string(), label, PAPERS.to_owned())
        }
        Place::Knockout(id) => {
            let label = rubric.knockout(id.as_str()).map(|knockout| local(i18n, rubric, &knockout.label));
            (id.to_string(), label, PAPERS.to_owned())
        }
    };
    let kept = session.content.with_untracked(|content| content.draft.answers.has(place));
    let why = match (&label, kept) {
        (None, _) => words.again_gone(),
        (Some(_), true) => words.again_changed(),
        (Some(_), false) => words.again_open(),
    };
    let title = coded(Some(&id), label.as_deref().unwrap_or_default());
    let go = label.map(|_| {
        let href = Route::sheet_at(session.assessment(), &at).href();
        el("a").class("button button--secondary").attr("href", &href).text(words.again_look()).child(Icon::Right.view())
    });
    let seen = place.clone();
    let seen = el("button")
        .class("button button--secondary")
        .attr("type", "button")
        .attr("data-seen", &id)
        .on("click", move |_| session.looked_at(&seen))
        .child(Icon::Check.view())
        .text(words.again_seen());
    el("article")
        .class("item item--plain")
        .attr("data-again", &id)
        .child(el("div").child(el("h3").child(title)).child(el("p").class("item__place").text(why)))
        .child(el("div").class("item__actions").child(go).child(seen))
}
