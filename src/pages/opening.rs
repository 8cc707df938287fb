//! What a page of one sheet shows while there is no sheet: being read, missing, damaged.

use super::{
    damaged::export_button,
    frame::{Frame, bar, framed},
    later::Later,
};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    services::Services,
    state::{
        address::Address,
        autosave::SaveState,
        open_sheet::{OpenSheet, Opening},
        rubrics::Unusable,
        session::Session,
    },
    ui::{
        icon::Icon,
        line::{coming, empty},
    },
};
use bintang_dom::{El, Node, StoredValue, effect, el, group, with};
use leptos::prelude::on_cleanup;

/// Shows `page` once the sheet is open, and says in words why it is not.
pub(super) fn with_session(page: impl Fn(Session) -> Node + 'static) -> Node {
    let open = OpenSheet::get();
    with(move || match open.state.get() {
        Opening::Open(session) => {
            hold_version(Some(session));
            name_once_stored(session);
            page(session)
        }
        Opening::Finished(id) => {
            Address::get().replace(Route::result(id));
            Node::Nothing
        }
        other => closed(other),
    })
}

/// Keeps every tab at its version for as long as the running owner, a page with something in it, lives: what is typed
/// there, or is not on disk when it is left, would be gone with the version.
pub(super) fn hold_version(session: Option<Session>) {
    let held = StoredValue::new(Some(Services::get().ports().shell.hold()));
    let later = Later::get();
    on_cleanup(move || {
        let Some(release) = held.try_update_value(Option::take).flatten() else { return };
        // What is not on disk holds until it is.
        match session.filter(|session| !session.settled()) {
            Some(session) => later.when_settled(session, release),
            None => release(),
        }
    });
}

/// A sheet opened by a link has an address of its own from its first save on, so that a reload comes back to it.
fn name_once_stored(session: Session) {
    let address = Address::get();
    effect(move || {
        if let SaveState::Saved(_) = session.autosave.state.get() {
            address.name(session.assessment());
        }
    });
}

fn closed(opening: Opening) -> Node {
    let i18n = I18n::get();
    let bar = bar(Some(Route::Home), i18n.words().sheet_title(), Node::Nothing, Node::Nothing);
    let content = el("div").class("page stack").child(reason(i18n, &opening));
    framed(Frame::Focus, bar, content, Node::Nothing)
}

fn reason(i18n: I18n, opening: &Opening) -> Node {
    let words = i18n.words();
    match opening {
        Opening::Loading | Opening::Open(_) | Opening::Finished(_) => coming(words.loading()).into(),
        Opening::Missing => empty(Icon::Alert, words.not_found_title(), Some(words.not_found_text())).into(),
        Opening::Failed(error) => {
            empty(Icon::Alert, words.not_found_title(), Some(&notice::store(words, error))).into()
        }
        Opening::RubricGone(id) => {
            let export = export_button(&id.to_string());
            empty(Icon::Alert, words.rubric_unusable(), Some(words.rubric_gone())).child(export).into()
        }
        Opening::Damaged(id) => {
            let export = export_button(&id.to_string());
            empty(Icon::Alert, words.damaged_title(), Some(words.damaged_text())).child(export).into()
        }
        Opening::RubricUnusable(unusable) => {
            let why = unusable_rubric(i18n, unusable);
            el("section").child(el("h2").text(words.rubric_unusable())).child(why).into()
        }
    }
}

/// How many problems of a rubric are listed; its owner has the command line for the rest.
const PROBLEMS_SHOWN: usize = 50;

/// Why a rubric cannot be used, with its problems.
pub(super) fn unusable_rubric(i18n: I18n, unusable: &Unusable) -> El {
    let words = i18n.words();
    match unusable {
        Unusable::NoFile(error) => el("p").class("small").text(&notice::file(words, *error)),
        Unusable::Wrong(problems) => {
            let rows = problems
                .iter()
                .take(PROBLEMS_SHOWN)
                .map(|problem| el("li").child(el("code").text(&problem.at)).text(" ").text(&problem.message));
            let list = el("details")
                .class("problems")
                .child(el("summary").text(words.rubric_problems()))
                .child(el("ul").child(group(rows)));
            let count = el("p").class("small").text(&words.rubric_unusable_count().of(problems.len()));
            el("div").child(count).child(list)
        }
    }
}
