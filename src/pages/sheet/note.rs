//! A note: written at a pause, at leaving the field, and when the page goes out of sight.

use crate::{i18n::I18n, services::Services, state::session::Session, ui::icon::Icon};
use bintang_domain::edit::{Edit, Place};
use leptos::{prelude::*, task::spawn_local};

/// A pause this long while typing saves: short enough to lose no sentence, long enough not to write at every key.
const PAUSE: i64 = 500;

/// The note of a place, hidden behind a button while there is none; `children` stand beside the button.
#[component]
pub(in crate::pages) fn NoteField(
    /// Whose note.
    session: Session,
    /// What it is about.
    place: Place,
    /// How the place is called.
    code: String,
    /// Whether the rubric asks for it.
    asked: Signal<bool>,
    /// What stands beside the button.
    children: Children,
) -> impl IntoView {
    let (i18n, services) = (I18n::get(), Services::get());
    let kept = {
        let place = place.clone();
        Memo::new(move |_| session.content.with(|content| content.draft.notes.get(&place).cloned().unwrap_or_default()))
    };
    let opened = RwSignal::new(!kept.get_untracked().is_empty());
    let (typed, turn) = (RwSignal::new(kept.get_untracked()), StoredValue::new(0_u64));
    // Undo changes the kept note from outside.
    Effect::new(move || {
        let kept = kept.get();
        if typed.with_untracked(|typed| typed.trim() != kept.trim()) {
            opened.set(opened.get_untracked() || !kept.is_empty());
            typed.set(kept);
        }
    });
    let keep = Callback::new({
        let place = place.clone();
        move |()| {
            let (Some(text), Some(before)) = (typed.try_get_untracked(), kept.try_get_untracked()) else { return };
            if text.trim() != before.trim() {
                session.dispatch(Edit::Note(place.clone(), text));
            } else {
                session.autosave.rest();
            }
        }
    });
    let wait = move || {
        let now = turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let sleeping = services.with(|ports| ports.clock.sleep(PAUSE));
        spawn_local(async move {
            sleeping.await;
            if turn.try_get_value() == now {
                keep.run(());
            }
        });
    };
    on_cleanup(move || keep.run(()));
    let (id, code) = (format!("n-{code}"), StoredValue::new(code));
    let shown = move || opened.get() || asked.get();
    view! {
        {move || (asked.get() && typed.with(|typed| typed.trim().is_empty())).then(|| view! {
            <p class="asked">{Icon::Alert.view()}{i18n.words().note_asked}</p>
        })}
        {move || shown().then(|| view! {
            <label class="note-field">
                <span class="field__label">{move || (i18n.words().note_of)(&code.get_value())}</span>
                <textarea
                    class="field__control"
                    id=id.clone()
                    rows="2"
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        session.autosave.typing();
                        wait();
                    }
                    on:change=move |_| keep.run(())
                ></textarea>
            </label>
        })}
        <div class="criterion__actions">
            {move || (!shown()).then(|| view! {
                <button
                    class="button button--quiet"
                    type="button"
                    aria-label=move || (i18n.words().note_of)(&code.get_value())
                    on:click=move |_| opened.set(true)
                >
                    {Icon::Note.view()}{i18n.words().note}
                </button>
            })}
            {children()}
        </div>
    }
}
