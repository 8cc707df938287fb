//! Tools of the sheet that come with the part: search, redo, the keyboard.

use crate::{context::App, i18n::I18n, routes::Route, state::session::Session, ui::icon::Icon};
use bintang_dom::{Event, Memo, Node, consume, el, group, key_of, press, press_choice};

/// Buttons in the bar.
pub(super) fn buttons(session: Session) -> Node {
    let i18n = I18n::get();
    let words = i18n.later();
    let redoable = Memo::new(move || session.redoable().map(|place| place.code().to_owned()));
    // It stays the same element, so that it keeps the focus of whoever presses it again.
    let redo = el("button")
        .class("button button--icon")
        .id("redo")
        .attr("type", "button")
        .attr_with("hidden", move || redoable.with(Option::is_none).then_some(""))
        .attr_with("aria-label", move || Some(words.redo_what().of(&redoable.get().unwrap_or_default())))
        .on("click", move |_| session.redo())
        .child(Icon::Redo.view());
    let search = el("a")
        .class("button button--icon")
        .id("index")
        .attr("href", &Route::index(session.assessment()).href())
        .attr("aria-label", words.index_open())
        .child(Icon::Search.view());
    group([redo, search])
}

/// A key in the sheet: 1 to 9 take the row of that number in the card that has the focus (so a single key does nothing
/// elsewhere, WCAG 2.1.4), n leads to the next unanswered criterion, / to the list; with Ctrl z takes back, y does again.
pub(super) fn key(app: App, session: Session, event: &Event) {
    let Some(key) = key_of(event).filter(|key| !key.typing) else { return };
    let letter = key.key.as_str();
    if key.command {
        match (letter, key.shift) {
            ("z", false) => session.undo(),
            ("z", true) | ("y", false) => session.redo(),
            _ => return,
        }
    } else {
        match letter {
            "n" => press("next"),
            "/" => app.address.go(Route::index(session.assessment())),
            _ => {
                let number =
                    letter.parse::<u32>().ok().and_then(|number| number.checked_sub(1)).filter(|_| letter.len() == 1);
                if !number.is_some_and(|number| press_choice(event, number)) {
                    return;
                }
            }
        }
    }
    consume(event);
}
