//! Lembar: the sheet, one part at a time or all on one page.

mod card;
mod card_body;
mod live_bar;
mod note;
mod parts;
mod saved;

use super::{
    frame::{Bar, Frame, Framed},
    opening::with_session,
    papers::Papers,
    text::{card_id, local},
};
use crate::{
    i18n::I18n,
    routes::{Opened, PAPERS, Route},
    services::Services,
    state::{
        address::Address,
        session::{OpenSheet, Session},
    },
    ui::icon::Icon,
};
use bintang_domain::{
    edit,
    progress,
    rubric::{Group, Node, Part, RubricStatus},
};
use leptos::prelude::*;
pub(super) use live_bar::{gate_links, hold_words, withheld_words};
pub(super) use note::NoteField;
pub(super) use saved::{SaveFailure, Saved};

/// The page of one sheet.
pub(super) fn page(opened: Opened, all: bool) -> impl IntoView {
    let open = OpenSheet::get();
    match &opened {
        Opened::Draft(id) => open.open(*id),
        Opened::Rubric(name) => open.begin(name),
    }
    with_session(move |session| view! { <Sheet session all /> })
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

#[component]
fn Sheet(session: Session, all: bool) -> impl IntoView {
    let (i18n, address, services) = (I18n::get(), Address::get(), Services::get());
    let shown = Memo::new(move |_| {
        let route = address.route.get();
        shown_at(session, place(session, &route).as_deref())
    });
    // After the part is painted the named criterion comes into view, also when it is named a second time.
    Effect::new(move || {
        let route = address.route.get();
        let target = place(session, &route);
        let card = target.filter(|place| session.rubric().index_of(place).is_some());
        let page = services.with(|ports| ports.page.clone());
        let later = page.clone();
        page.after_paint(Box::new(move || match card {
            Some(criterion) => drop(later.reveal(&format!("c-{criterion}"))),
            None => later.top(),
        }));
    });
    let title = Signal::derive(move || {
        session.content.with(|content| {
            let subject = &content.draft.head.subject;
            [&subject.product, &subject.business].into_iter().find(|name| !name.is_empty()).cloned()
        })
        .unwrap_or_else(|| i18n.words().sheet_title.to_owned())
    });
    let rubric = session.rubric();
    let parts = rubric.parts.len();
    view! {
        <Framed frame=Frame::Focus>
            <Bar
                back=Signal::stored(Route::Home)
                title
                under=view! { <Saved session /> }.into_any()
                buttons=view! { <UndoButton session /> }.into_any()
            />
            <parts::PartTabs session shown=Signal::derive(move || (!all).then(|| shown.get())) />
            <main id="isi">
                <div class="page">
                    <SaveFailure session />
                    {(rubric.status == RubricStatus::Template).then(|| view! {
                        <p class="template-mark">{Icon::Info.view()}<span>{move || i18n.words().rubric_template}</span></p>
                    })}
                    {move || if all {
                        (0..parts).map(|part| view! { <PartView session part /> }).collect_view().into_any()
                    } else {
                        match shown.get() {
                            Shown::Part(part) => view! { <PartView session part /> }.into_any(),
                            Shown::Papers => ().into_any(),
                        }
                    }}
                    {move || (all || shown.get() == Shown::Papers).then(|| view! { <Papers session /> })}
                </div>
            </main>
            <live_bar::LiveBar session />
        </Framed>
    }
}

#[component]
fn UndoButton(session: Session) -> impl IntoView {
    let i18n = I18n::get();
    let name = move || {
        session.undoable().map(|place| match place {
            edit::Place::Criterion(id) => id.to_string(),
            edit::Place::Requirement(id) => id.to_string(),
            edit::Place::Knockout(id) => id.to_string(),
        })
    };
    let label = move || match name() {
        Some(what) => (i18n.words().undo_what)(&what),
        None => i18n.words().undo_none.to_owned(),
    };
    view! {
        <button
            class="button button--icon"
            id="undo"
            type="button"
            aria-label=label
            aria-disabled=move || name().is_none().then_some("true")
            on:click=move |_| session.undo()
        >
            {Icon::Undo.view()}
        </button>
    }
}

#[component]
fn PartView(session: Session, part: usize) -> impl IntoView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let Some(Part { id, label, help, criteria, nodes, max, .. }) = rubric.parts.get(part).cloned() else {
        return ().into_any();
    };
    let (named, helped) = (rubric.clone(), rubric.clone());
    let points = {
        let id = id.clone();
        Memo::new(move |_| {
            let score = session.score();
            score.parts.iter().find(|part| part.id == id).map(|part| part.points)
        })
    };
    let words = move || {
        let points = points.get().map(|points| i18n.points(points)).unwrap_or_default();
        let of = (i18n.words().points_of)(&points, &i18n.points(max));
        (i18n.words().part_points)(id.as_str(), &of)
    };
    debug_assert!(criteria.end <= rubric.criteria.len());
    view! {
        <section class="part">
            <div class="part-head">
                <h2>{move || local(i18n, &named, &label)}</h2>
                <p class="soft small">{words}</p>
                {help.map(|help| view! { <p class="soft small">{move || local(i18n, &helped, &help)}</p> })}
            </div>
            {nodes_view(session, &nodes)}
        </section>
    }
    .into_any()
}

fn nodes_view(session: Session, nodes: &[Node]) -> AnyView {
    nodes
        .iter()
        .map(|node| match node {
            Node::Criterion(index) => view! { <card::CriterionCard session index=*index /> }.into_any(),
            Node::Group(group) => group_view(session, group),
        })
        .collect_view()
        .into_any()
}

fn group_view(session: Session, group: &Group) -> AnyView {
    let i18n = I18n::get();
    let rubric = session.rubric();
    let (id, label, range) = (group.id.clone(), group.label.clone(), group.criteria.clone());
    let points = Memo::new(move |_| {
        session.content.with(|content| {
            let points = progress::points_of(&content.scorer, range.clone());
            (points.points, points.max)
        })
    });
    let written = move || {
        let (points, max) = points.get();
        format!("{} / {}", i18n.points(points), i18n.points(max))
    };
    let anchor = card_id(&id);
    view! {
        <h3 class="group-title" id=anchor>
            <span>{id.to_string()}" "{move || local(i18n, &rubric, &label)}</span>
            <span class="num">{written}</span>
        </h3>
        {nodes_view(session, &group.nodes)}
    }
    .into_any()
}
