//! Lanjutkan di sini: a sheet that was begun inside another site goes on in the app.

use super::{
    backup::restore,
    frame::{Frame, bar, framed},
};
use crate::{
    context::App,
    i18n::I18n,
    routes::Route,
    state::restoring::Restoring,
    ui::{
        icon::Icon,
        line::{coming, empty},
    },
};
use bintang_dom::{Node, RwSignal, el};
use leptos::task::spawn_local;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Coming,
    Came,
    Nothing,
}

/// The page. It asks whoever opened this tab.
pub(super) fn page() -> Node {
    let (i18n, app) = (I18n::get(), App::get());
    let words = i18n.later();
    let (restoring, waiting) = (Restoring::new(app), RwSignal::new(Waiting::Coming));
    spawn_local(async move {
        let handed = match app.services.later() {
            Some(later) => later.embedding.handed().await,
            None => None,
        };
        let came = handed.map_or(Waiting::Nothing, |bytes| {
            restoring.look_at(bytes);
            Waiting::Came
        });
        waiting.try_update(|waiting| *waiting = came);
    });
    let content = el("div")
        .class("page stack")
        .child(el("p").class("small soft").text(words.handed_text()))
        .child_with(move || match waiting.get() {
            Waiting::Coming => Some(coming(words.loading())),
            Waiting::Nothing => Some(empty(Icon::Info, words.handed_none(), Some(words.handed_none_text()))),
            Waiting::Came => None,
        })
        .child_with(move || restore::shown(i18n, restoring));
    framed(Frame::Focus, bar(Some(Route::Home), words.handed(), Node::Nothing, Node::Nothing), content, Node::Nothing)
}
