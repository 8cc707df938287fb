//! A receipt that comes as a file: the field for it, and what came of it.

use crate::{
    i18n::{I18n, Later},
    notice,
    state::outbox::{NotTaken, Outbox, Taken},
    ui::{
        icon::Icon,
        line::{Tone, coded, line},
    },
};
use bintang_dom::{El, Node, el, with};
use leptos::task::spawn_local;

const FILE: &str = "receipt-file";

/// The field.
pub(super) fn receipt_file(i18n: I18n) -> El {
    let outbox = Outbox::get();
    // What an earlier visit of the page said is told no more.
    outbox.handed.set(None);
    let field =
        el("input").id(FILE).attr("type", "file").class("visually-hidden").attr("accept", ".json,application/json").on(
            "change",
            move |_| {
                spawn_local(outbox.hand(FILE));
            },
        );
    let words = i18n.later();
    let choose = el("label").class("button button--secondary button--wide").attr("for", FILE);
    let says = with(move || outbox.handed.with(|outcome| outcome.as_ref().map(|outcome| said(i18n.later(), outcome))));
    el("div")
        .class("stack")
        .child(el("p").class("small soft").text(words.receipt_from_file_hint()))
        .child(el("div").child([field, choose.child(Icon::File.view()).text(words.receipt_from_file())]))
        .child(el("div").attr("role", "status").child(says))
}

fn said(words: Later, outcome: &Result<Taken, NotTaken>) -> Node {
    let (tone, icon, text) = match outcome {
        Ok(Taken { product, missing: 0 }) => (Tone::Good, Icon::Done, words.receipt_proves().of(product)),
        Ok(Taken { product, missing }) => (Tone::Warn, Icon::Info, words.receipt_photos().both(product, *missing)),
        Err(NotTaken::Proved) => (Tone::Plain, Icon::Info, words.receipt_already().to_owned()),
        Err(why) => (Tone::Bad, Icon::Alert, refused(words, why)),
    };
    el("ul").class("rows").attr("data-handed", "").child(line(tone, icon, coded(None, &text), None)).into()
}

fn refused(words: Later, why: &NotTaken) -> String {
    match why {
        NotTaken::File(error) => notice::file(words.first, *error),
        NotTaken::Store(error) => notice::store(words.first, error),
        NotTaken::NotAReceipt => words.receipt_not_one().to_owned(),
        NotTaken::Unknown => words.receipt_unknown().to_owned(),
        NotTaken::OtherContent => words.receipt_other().to_owned(),
        NotTaken::Forged => words.receipt_forged().to_owned(),
        NotTaken::Unchecked => words.receipt_unchecked().to_owned(),
        NotTaken::Stranger => words.receipt_stranger().to_owned(),
        NotTaken::Proved => words.receipt_already().to_owned(),
    }
}
