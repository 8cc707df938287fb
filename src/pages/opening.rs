//! What a page of one sheet shows while there is no sheet: being read, missing, damaged.

use super::frame::{Bar, Frame, Framed};
use crate::{
    i18n::I18n,
    notice,
    routes::Route,
    state::{
        drafts::Drafts,
        rubrics::Unusable,
        session::{OpenSheet, Opening, Session},
    },
    ui::icon::Icon,
};
use leptos::prelude::*;

/// Shows `page` once the sheet is open, and says in words why it is not.
pub(super) fn with_session<V: IntoView + 'static>(page: impl Fn(Session) -> V + Copy + Send + Sync + 'static) -> impl IntoView {
    let open = OpenSheet::get();
    move || match open.state.get() {
        Opening::Open(session) => page(session).into_any(),
        Opening::Finished(id) => {
            crate::state::address::Address::get().replace(Route::Result(id));
            ().into_any()
        }
        other => closed(other).into_any(),
    }
}

fn closed(opening: Opening) -> impl IntoView {
    let i18n = I18n::get();
    let title = Signal::derive(move || i18n.words().sheet_title.to_owned());
    view! {
        <Framed frame=Frame::Focus>
            <Bar back=Signal::stored(Route::Home) title />
            <main id="isi"><div class="page stack">{move || reason(i18n, &opening)}</div></main>
        </Framed>
    }
}

fn reason(i18n: I18n, opening: &Opening) -> AnyView {
    let words = i18n.words();
    let message = |title: String, text: String| {
        view! { <div class="empty">{Icon::Alert.view()}<h2>{title}</h2><p>{text}</p></div> }.into_any()
    };
    match opening {
        Opening::Loading | Opening::Open(_) | Opening::Finished(_) => {
            view! { <p class="soft" role="status">{words.loading}</p> }.into_any()
        }
        Opening::Missing => message(words.not_found_title.into(), words.not_found_text.into()),
        Opening::Failed(error) => message(words.not_saved.into(), notice::store(words, error)),
        Opening::RubricGone => message(words.rubric_unusable.into(), words.rubric_gone.into()),
        Opening::Damaged(id) => {
            let (drafts, key) = (Drafts::get(), id.to_string());
            view! {
                <div class="empty">
                    {Icon::Alert.view()}
                    <h2>{words.damaged_title}</h2>
                    <p>{words.damaged_text}</p>
                    <button class="button" type="button" on:click=move |_| drafts.export(&key)>{words.save_file}</button>
                </div>
            }
            .into_any()
        }
        Opening::RubricUnusable(unusable) => {
            view! { <h2>{words.rubric_unusable}</h2> {unusable_rubric(i18n, unusable)} }.into_any()
        }
    }
}

/// Why a rubric cannot be used, with its problems.
pub(super) fn unusable_rubric(i18n: I18n, unusable: &Unusable) -> AnyView {
    let words = i18n.words();
    match unusable {
        Unusable::Unreachable(why) => view! { <p class="small">{(words.rubric_unreachable)(why)}</p> }.into_any(),
        Unusable::Wrong(problems) => view! {
            <p class="small">{(words.rubric_unusable_count)(problems.len())}</p>
            <details class="problems">
                <summary>{words.rubric_problems}</summary>
                <ul>
                    {problems.iter().take(50).map(|problem| view! {
                        <li><code>{problem.at.clone()}</code>" "{problem.message.clone()}</li>
                    }).collect_view()}
                </ul>
            </details>
        }
        .into_any(),
    }
}
