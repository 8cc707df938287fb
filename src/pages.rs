//! One file a page: each reads state, sends intents and places components.

mod frame;
mod home;
mod new_assessment;
mod opening;
mod outbox;
mod papers;
mod result;
mod review;
mod settings;
mod sheet;
mod text;

use crate::{
    routes::Route,
    state::address::Address,
};
use leptos::prelude::*;

/// The page of the present place. A page is built anew when another kind of page or another assessment is shown, not when
/// only the place within it changes.
pub fn shown() -> impl IntoView {
    let address = Address::get();
    let page = Memo::new(move |_| match address.route.get() {
        Route::Sheet { open, all, .. } => Route::Sheet { open, at: None, all },
        route => route,
    });
    move || match page.get() {
        Route::Home => home::Home().into_any(),
        Route::New => new_assessment::NewAssessment().into_any(),
        Route::Sheet { open, all, .. } => sheet::page(open, all).into_any(),
        Route::Review(id) => review::page(id).into_any(),
        Route::Result(id) => result::page(id).into_any(),
        Route::Outbox => outbox::OutboxPage().into_any(),
        Route::Settings => settings::SettingsPage().into_any(),
    }
}
