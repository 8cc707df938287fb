//! What is stored and cannot be read: said so, and offered as a file.

use super::later::Later;
use crate::{
    i18n::I18n,
    state::drafts::Drafts,
    ui::{chip::Chip, icon::Icon, line::section_title},
};
use bintang_dom::{El, Node, el, group};

/// Offers everything stored under a key as a file, once the part is there that can.
pub(super) fn export_button(key: &str) -> Node {
    let key = key.to_owned();
    Later::get().quietly(move |part| (part.export)(key.clone()))
}

/// The button itself.
pub(super) fn button(key: String) -> Node {
    let (i18n, drafts) = (I18n::get(), Drafts::get());
    el("button")
        .class("button button--secondary")
        .attr("type", "button")
        .on("click", move |_| drafts.export(&key))
        .child(Icon::File.view())
        .text(i18n.later().save_file())
        .into()
}

/// The card of one record.
fn card(i18n: I18n, key: &str) -> El {
    let words = i18n.words();
    let main = el("div")
        .child(el("h3").text(words.damaged_title()))
        .child(el("div").class("item__state").child(Chip::Attention.view(words.chip_damaged())))
        .child(el("p").class("item__why").text(words.damaged_text()));
    el("article")
        .class("item item--plain")
        .attr("data-damaged", key)
        .child(main)
        .child(el("div").class("item__actions").child(export_button(key)))
}

/// The section that lists them.
pub(super) fn list(keys: &[String]) -> Node {
    let i18n = I18n::get();
    let cards = group(keys.iter().map(|key| el("li").child(card(i18n, key))));
    let title = section_title("damaged", i18n.words().home_damaged(), "");
    el("section").class("stack home-section").child(title).child(el("ul").class("items").child(cards)).into()
}
