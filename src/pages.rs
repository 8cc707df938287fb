//! One file a page: each reads state, sends intents and places components.

mod arrivals;
mod asked;
mod backup;
mod begin;
mod compare;
mod damaged;
mod earlier;
mod embedded;
mod endpoint;
mod frame;
mod further;
mod handed;
mod help;
mod home;
mod index;
mod later;
mod lock;
mod new_assessment;
mod offer;
mod opening;
mod others;
mod outbox;
mod papers;
mod photos;
mod place;
mod plan;
mod readiness;
mod report;
mod result;
mod review;
mod rubrics;
mod settings;
mod sheet;
mod soon;
mod subject;
mod text;
mod tools;
mod versions;
mod visit;
mod way;
mod welcome;

use crate::{context::App, i18n::I18n, notice, routes::Route, state::lock::Phase, ui::banner::Banner};
use bintang_dom::{Memo, Node, el, with};
use bintang_domain::ports::StoreError;
use frame::{Frame, bar, framed};
use later::Later;

/// The page of the present place. A page is made anew when another kind of page or another assessment is shown, not when
/// only the place within it changes.
pub fn shown() -> Node {
    let App { address, settings, lock, .. } = App::get();
    let later = Later::begin();
    let page = Memo::new(move || match address.route.get() {
        Route::Sheet { open, all, .. } => Route::Sheet { open, at: None, all },
        route => route,
    });
    with(move || {
        // Pages are written in one language: another language, another page.
        if settings.words.get().is_none() {
            return Node::Nothing;
        }
        if lock.phase.get() == Phase::Locked {
            return later.page(|part| (part.unlock)());
        }
        match page.get() {
            // Inside somebody else's page there is no list of all.
            Route::Home if App::get().services.ports().page.embedded() => later.page(|part| (part.further)("")),
            Route::Home => home::page(),
            Route::New => new_assessment::page(),
            Route::Sheet { open, all, .. } => sheet::page(open, all),
            Route::Further(query) => later.page(move |part| (part.further)(&query)),
        }
    })
}

/// The only page there is while the store cannot be opened for want of room.
pub fn full() -> Node {
    let App { settings, services, .. } = App::get();
    with(move || {
        if settings.words.get().is_none() {
            return Node::Nothing;
        }
        let words = I18n::get().words();
        let again = el("button").class("button").attr("type", "button");
        let again = again.on("click", move |_| services.ports().page.reload()).text(words.try_again());
        let banner = Banner::Storage.view(&notice::store(words, &StoreError::Full), None, again);
        let content = el("div").class("page stack").child(banner);
        framed(Frame::Focus, bar(None, "Bintang", Node::Nothing, Node::Nothing), content, Node::Nothing)
    })
}
