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
    ui::field::{TextField, error_line},
};
use bintang_dom::{El, Memo, RwSignal, el, with};
use bintang_domain::ports::StoreError;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Folded, because it is rarely wanted: what it does, why, and the button.
pub(super) fn reopening(i18n: I18n, finished: &Finished) -> El {
    let (words, services, address) = (i18n.later(), Services::get(), Address::get());
    let reason = RwSignal::new(String::new());
    let (missing, failure) = (RwSignal::new(false), RwSignal::new(None::<StoreError>));
    let error = Memo::new(move || missing.get().then(|| words.reopen_needs()));
    let field = TextField {
        error: Some(error),
        on_change: Some(Rc::new(move |_| missing.set(false))),
        ..TextField::new("reopen-reason", words.reopen_reason(), reason)
    };
    let finished = finished.clone();
    let button = el("button").class("button button--secondary").attr("type", "button").id("reopen");
    let button = button.text(words.reopen_button()).on("click", move |_| {
        let given = reason.get_untracked();
        if given.trim().is_empty() {
            return missing.set(true);
        }
        let (finished, id) = (finished.clone(), finished.head.assessment);
        spawn_local(async move {
            match finished::open_again(services, finished, &given).await {
                Ok(()) => address.replace(Route::sheet(id)),
                Err(error) => failure.set(Some(error)),
            }
        });
    });
    let failed =
        with(move || failure.get().map(|error| error_line(&notice::store(&words, &error)).attr("role", "alert")));
    el("details").class("card reopen").child(el("summary").text(words.reopen())).child(
        el("div")
            .class("stack")
            .child(el("p").class("small soft").text(words.reopen_text()))
            .child(field.view())
            .child(failed)
            .child(button),
    )
}
