//! "Buka kembali": a finished sheet becomes a draft again, for a reason.

use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    services::Services,
    state::{
        address::Address,
        finished::{self, Finished},
    },
    ui::field::TextField,
};
use bintang_dom::{El, Memo, RwSignal, el};
use leptos::task::spawn_local;
use std::rc::Rc;

/// Folded, because it is rarely wanted: what it does, why, and the button.
pub(super) fn reopening(i18n: I18n, finished: &Finished) -> El {
    let (words, services, address) = (i18n.later(), Services::get(), Address::get());
    let (reason, wrong) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let error = Memo::new(move || wrong.get().map(|text| &*String::leak(text)));
    let field = TextField {
        error: Some(error),
        on_change: Some(Rc::new(move |_| wrong.set(None))),
        ..TextField::new("reopen-reason", words.reopen_reason(), reason)
    };
    let finished = finished.clone();
    let button = el("button").class("button button--secondary").attr("type", "button").id("reopen");
    let button = button.text(words.reopen_button()).on("click", move |_| {
        let given = reason.get_untracked();
        if given.trim().is_empty() {
            return wrong.set(Some(words.reopen_needs().to_owned()));
        }
        let (finished, id) = (finished.clone(), finished.head.assessment);
        spawn_local(async move {
            match finished::open_again(services, finished, &given).await {
                Ok(()) => address.replace(Route::sheet(id)),
                // The page may have been left meanwhile.
                Err(error) if wrong.try_with_untracked(|_| ()).is_some() => {
                    wrong.set(Some(notice::store(&words, &error)));
                }
                Err(_) => {}
            }
        });
    });
    el("details")
        .class("card reopen")
        .child(el("summary").text(words.reopen()))
        .child(el("div").class("stack").child(el("p").class("small soft").text(words.reopen_text())).child(field.view()).child(button))
}
