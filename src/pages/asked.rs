//! What Tinjau says beside what is unanswered: what holds the stars, and proof that the rubric asks for and nobody brought.

use super::{
    sheet::{gate_links, hold_words},
    text::criterion_name,
    way,
};
use crate::{
    i18n::I18n,
    routes::Route,
    services::Services,
    state::{gallery::Curator, session::Session},
    ui::{
        icon::Icon,
        line::{Tone, coded, link_line, section, section_title},
    },
};
use bintang_dom::{El, Memo, Node, el, group, with};
use bintang_domain::{
    edit::Place,
    hold::Hold,
    rubric::{Criterion, CriterionIndex, PhotoWish},
    score::{MissedGate, Score, Standing},
};

/// What holds the next star, and the gates of those above it.
pub(super) fn holding(session: Session) -> Node {
    let i18n = I18n::get();
    let rubric = session.rubric();
    with(move || {
        let score = session.score();
        Hold::of(&rubric, &score).map(|hold| {
            let section = section("holding")
                .child(section_title("holding", &i18n.later().review_gates().of(hold.star), ""))
                .child(el("p").class("small soft").text(&hold_words(i18n, &score, Some(&hold))));
            let section = if score.complete {
                section.child(way::of_session(session))
            } else {
                let open = el("p").class("small soft").text(i18n.later().way_open());
                section.child(open).child(gate_links(i18n, session, &score, &hold.gates))
            };
            section.child(above(i18n, session, &score, hold.star))
        })
    })
}

/// The gates of the stars above the next one, a fold for each star.
fn above(i18n: I18n, session: Session, score: &Score, next: u8) -> Node {
    let stars = next.saturating_add(1)..=session.rubric().highest_star();
    group(stars.map(|star| {
        let of = |gate: &&MissedGate| gate.star == star;
        let gates: Vec<MissedGate> = score.missed_gates.iter().filter(of).cloned().collect();
        let title = i18n.later().review_gates_above().both(star, gates.len());
        (!gates.is_empty()).then(|| {
            let summary = el("summary").text(&title);
            let fold: El = el("details").class("problems").attr("data-star", &star.to_string()).child(summary);
            fold.child(gate_links(i18n, session, score, &gates))
        })
    }))
}

/// Photos and notes that the rubric asks for and nobody brought.
pub(super) fn proofs(session: Session) -> Node {
    // The photos are read, if nobody has yet.
    let _curator = Curator::of(Services::get(), session);
    let i18n = I18n::get();
    let photos = Memo::new(move || {
        session.gallery.photos.with(|photos| {
            let Some(photos) = photos else { return Vec::new() };
            let there = |criterion: &Criterion| photos.iter().any(|photo| photo.shows(&criterion.id));
            judged(session, |_, criterion| criterion.evidence.photo == PhotoWish::Required && !there(criterion))
        })
    });
    let notes = Memo::new(move || {
        let notes = session.content.with(|content| content.draft.notes.clone());
        let points = |index| session.content.with(|content| content.scorer.points(index));
        judged(session, |index, criterion| {
            criterion.evidence.note_below.is_some_and(|below| points(index) < below)
                && !notes.contains_key(&Place::Criterion(criterion.id.clone()))
        })
    });
    let words = i18n.later();
    group([
        list(session, photos, "photos-asked", (Icon::Camera, words.review_photos(), words.review_photo_missing())),
        list(session, notes, "notes-asked", (Icon::Note, words.review_notes(), words.review_note_missing())),
    ])
}

/// The judged criteria of which this is so; renews the view at each edit.
fn judged(session: Session, is: impl Fn(CriterionIndex, &Criterion) -> bool) -> Vec<CriterionIndex> {
    let rubric = session.rubric();
    let judged = session.content.with(|content| {
        let all = (0..rubric.criteria.len()).map(CriterionIndex);
        all.filter(|index| content.scorer.standing(*index) == Standing::Judged).collect::<Vec<_>>()
    });
    judged.into_iter().filter(|index| rubric.criterion(*index).is_some_and(|criterion| is(*index, criterion))).collect()
}

fn list(
    session: Session,
    asked: Memo<Vec<CriterionIndex>>,
    id: &'static str,
    (icon, title, text): (Icon, &'static str, &'static str),
) -> Node {
    let (i18n, rubric) = (I18n::get(), session.rubric());
    with(move || {
        let rows = asked.get().into_iter().filter_map(|index| {
            let (code, label) = criterion_name(i18n, &rubric, index)?;
            let href = Route::sheet_at(session.assessment(), &code).href();
            Some(link_line(Tone::Plain, icon, coded(Some(&code), &label), text, &href, ""))
        });
        let rows: Vec<Node> = rows.collect();
        (!rows.is_empty()).then(|| {
            let title = section_title(id, title, &rows.len().to_string());
            section(id).child(title).child(el("ul").class("rows").child(rows))
        })
    })
}
