//! Whether the sheet is on disk: quiet when it is, loud when it is not.

use crate::{
    i18n::I18n,
    notice,
    services::Services,
    state::{autosave::SaveState, condition::Condition, session::Session},
    ui::icon::Icon,
};
use bintang_domain::ports::StoreError;
use leptos::prelude::*;

/// The line under the title.
#[component]
pub fn Saved(
    /// Whose saving.
    session: Session,
) -> impl IntoView {
    let (i18n, condition) = (I18n::get(), Condition::get());
    let state = move || if condition.temporary() { None } else { Some(session.autosave.state.get()) };
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
        match state() {
            None => Some((Icon::Storage, words.temporary_short.to_owned())),
            Some(SaveState::Untouched) => None,
            Some(SaveState::Saving) => Some((Icon::Clock, words.saving.to_owned())),
            Some(SaveState::Saved(at)) => Some((Icon::Check, (words.saved_at)(&i18n.time(at)))),
            Some(SaveState::Failed(_)) => Some((Icon::Alert, words.not_saved.to_owned())),
        }
    };
    view! {
        <output class=class data-state=word>
            {move || content().map(|(icon, text)| view! { {icon.view()}{text} })}
        </output>
    }
}

/// What to do when the last save failed. Stands above everything else in the sheet.
#[component]
pub fn SaveFailure(
    /// Whose saving.
    session: Session,
) -> impl IntoView {
    let (i18n, services) = (I18n::get(), Services::get());
    move || match session.autosave.state.get() {
        SaveState::Failed(error) => {
            let words = i18n.words();
            let conflict = matches!(error, StoreError::Conflict { .. });
            Some(view! {
                <div class="banner banner--storage" role="alert">
                    {Icon::Storage.view()}
                    <p class="banner__title">{words.not_saved}</p>
                    <p class="banner__text">{notice::store(words, &error)}</p>
                    <div class="banner__action">
                        {if conflict {
                            view! {
                                <button class="button" type="button" on:click=move |_| services.with(|ports| ports.page.reload())>
                                    {words.reload}
                                </button>
                            }.into_any()
                        } else {
                            view! {
                                <button class="button" type="button" on:click=move |_| session.save_again()>
                                    {words.try_again}
                                </button>
                            }.into_any()
                        }}
                    </div>
                </div>
            })
        }
        _ => None,
    }
}
