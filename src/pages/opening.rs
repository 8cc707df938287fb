//! What a page of one sheet shows while there is no sheet: being read, missing, damaged.

use super::frame::{Frame, bar, framed};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    state::{
        address::Address,
        drafts::Drafts,
        open_sheet::{OpenSheet, Opening},
        rubrics::Unusable,
        session::Session,
    },
    ui::{icon::Icon, line::empty},
};
use bintang_dom::{El, Node, el, group, with};

/// Shows `page` once the sheet is open, and says in words why it is not.
pub(super) fn with_session(page: impl Fn(Session) -> Node + 'static) -> Node {
    let open = OpenSheet::get();
    with(move || match open.state.get() {
        Opening::Open(session) => {
            session.hold_version();
            page(session)
        }
        Opening::Finished(id) => {
            Address::get().replace(Route::Result(id));
            Node::Nothing
        }
        other => closed(other),
    })
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
        Opening::Loading | Opening::Open(_) | Opening::Finished(_) => {
            el("p").class("soft").attr("role", "status").text(words.loading()).into()
        }
        Opening::Missing => empty(Icon::Alert, words.not_found_title(), Some(words.not_found_text())).into(),
        Opening::Failed(error) => {
            empty(Icon::Alert, words.not_found_title(), Some(&notice::store(words, error))).into()
        }
        Opening::RubricGone => empty(Icon::Alert, words.rubric_unusable(), Some(words.rubric_gone())).into(),
        Opening::Damaged(id) => {
            let (drafts, key) = (Drafts::get(), id.to_string());
            let export = el("button")
                .class("button")
                .attr("type", "button")
                .on("click", move |_| drafts.export(&key))
                .text(words.save_file());
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
        Unusable::Unreachable(why) => el("p").class("small").text(&words.rubric_unreachable().of(why)),
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
