//! Above a sheet: that it is a sample; who writes it where another tab has it too, and taking over.

use crate::{
    context::App,
    i18n::I18n,
    state::{embedding, open_sheet::OpenSheet, session::Session, turn::Turn},
    ui::{banner::Banner, icon::Icon},
};
use bintang_dom::{Node, el, group, with};

/// Holds the sheet for this tab while the page lives, and says so when another tab has it.
pub(super) fn banner(session: Session) -> Node {
    let (i18n, desk) = (I18n::get(), OpenSheet::get().desk);
    desk.sit(session);
    let sample = session.content.with_untracked(|content| content.draft.head.sample);
    let mark = sample.then(|| {
        let own = embedding::is_own(App::get().services);
        let text = if own { i18n.later().embed_own() } else { i18n.later().sample_mark() };
        let text = el("span").text(text);
        el("p")
            .class("banner banner--version banner--slim")
            .attr("data-sample", "")
            .child(Icon::Info.view())
            .child(text)
    });
    let turn = with(move || {
        let (words, turn) = (i18n.later(), session.turn.get());
        if turn == Turn::Mine {
            return None;
        }
        let button = el("button").class("button").attr("type", "button").on("click", move |_| desk.take_over(session));
        let button = button.text(words.take_over());
        let button = if turn == Turn::Asked { button.attr("aria-busy", "true").attr("disabled", "") } else { button };
        Some(Banner::Version.view(words.other_tab(), Some(words.other_tab_text()), button).attr("data-turn", "theirs"))
    });
    group([mark.into(), turn])
}
