//! Whether the sheet is on disk: quiet when it is, loud when it is not.

use crate::{
    i18n::I18n,
    notice,
    services::Services,
    state::{autosave::SaveState, condition::Condition, session::Session, turn::Turn},
    ui::{banner::Banner, icon::Icon},
};
use bintang_dom::{El, Node, el, group, with};
use bintang_domain::ports::StoreError;

/// The line under the title.
pub(in crate::pages) fn saved(session: Session) -> El {
    let (i18n, condition) = (I18n::get(), Condition::get());
    let state = move || if condition.temporary() { None } else { Some(session.saving()) };
    let word = move || match state() {
        None => "temporary",
        Some(SaveState::Untouched) => "untouched",
        Some(SaveState::Saving) => "saving",
        Some(SaveState::Saved(_)) => "saved",
        Some(SaveState::Failed(_)) => "failed",
    };
    let class = move || match state() {
        None | Some(SaveState::Failed(_)) => "saved saved--failed",
        Some(SaveState::Saving) => "saved saved--waiting",
        Some(_) => "saved",
    };
    let content = move || {
        let words = i18n.words();
        let (icon, text) = match state() {
            None => (Icon::Storage, words.temporary_short().to_owned()),
            Some(SaveState::Untouched) => return Node::Nothing,
            Some(SaveState::Saving) => (Icon::Clock, words.saving().to_owned()),
            Some(SaveState::Saved(at)) => (Icon::Check, words.saved_at().of(&i18n.time(at))),
            Some(SaveState::Failed(_)) => (Icon::Alert, words.not_saved().to_owned()),
        };
        group([icon.view(), el("span").text(&text)])
    };
    el("output").class_with(class).attr_with("data-state", move || Some(word())).child_with(content)
}

/// What to do when the last save failed. Stands above everything else in the sheet.
pub(in crate::pages) fn save_failure(session: Session) -> Node {
    let (i18n, services) = (I18n::get(), Services::get());
    with(move || {
        let SaveState::Failed(error) = session.saving() else { return None };
        let words = i18n.words();
        let button = el("button").class("button").attr("type", "button");
        // Loaded anew, the page forgets what is in memory alone: only where somebody else has saved this sheet.
        let button = match session.autosave.state.get() {
            SaveState::Failed(StoreError::Conflict { stored: Some(_) }) => {
                button.on("click", move |_| services.ports().page.reload()).text(words.reload())
            }
            _ => button.on("click", move |_| session.try_again()).text(words.try_again()),
        };
        // A tab that looks on cannot save before it has its turn, which the banner below gives; what the reason bids, such
        // as loading anew, would forget the work.
        let mine = session.turn.get() == Turn::Mine;
        let reason = mine.then(|| notice::store(words, &error));
        Some(Banner::Storage.view(words.not_saved(), reason.as_deref(), mine.then_some(button)))
    })
}
