//! A note: written at a pause, at leaving the field, and when its page is left.

use crate::{
    i18n::I18n,
    state::session::{Session, Typed},
    ui::icon::Icon,
};
use bintang_dom::{El, Memo, Node, RwSignal, StoredValue, effect, el, group, value_of, with};
use bintang_domain::edit::Place;
use leptos::prelude::on_cleanup;

/// The note of a place, hidden behind a button while there is none.
pub(in crate::pages) struct NoteField {
    /// Whose note.
    pub session: Session,
    /// What it is about.
    pub place: Place,
    /// How the place is called.
    pub code: String,
    /// The note as it is kept.
    pub kept: Memo<String>,
    /// Whether the rubric asks for it.
    pub asked: Memo<bool>,
    /// What stands beside the button.
    pub beside: Node,
}

/// A note being typed.
#[derive(Clone, Copy)]
struct Typing {
    session: Session,
    place: StoredValue<Place>,
    kept: Memo<String>,
    typed: RwSignal<String>,
}

impl Typing {
    fn new(session: Session, place: Place, kept: Memo<String>) -> Self {
        Self { session, place: StoredValue::new(place), kept, typed: RwSignal::new(kept.get_untracked()) }
    }

    /// Takes what was typed so far, and saves it once there is a pause.
    fn take(self, text: String) {
        self.typed.set(text.clone());
        self.session.typing(Typed::Note(self.place.get_value(), text));
    }
}

/// The field.
pub(in crate::pages) fn note_field(field: NoteField) -> Node {
    let i18n = I18n::get();
    let NoteField { session, place, code, kept, asked, beside } = field;
    let typing = Typing::new(session, place, kept);
    let opened = RwSignal::new(typing.typed.with_untracked(|typed| !typed.is_empty()));
    effect(move || {
        let kept = typing.kept.get();
        // What is written stays in view, also when a better answer asks for no note.
        if !kept.is_empty() {
            opened.set(true);
        }
        // Undo changes the kept note from outside.
        if typing.typed.with_untracked(|typed| typed.trim() != kept.trim()) {
            typing.typed.set(kept);
        }
    });
    on_cleanup(move || session.keep_typed());
    let shown = Memo::new(move || opened.get() || asked.get());
    let wanted = Memo::new(move || asked.get() && typing.typed.with(|typed| typed.trim().is_empty()));
    let code = StoredValue::new(code);
    let name = move || code.with_value(|code| i18n.words().note_of().of(code));
    let reminder = with(move || {
        wanted.get().then(|| el("p").class("asked").child(Icon::Alert.view()).text(i18n.words().note_asked()))
    });
    let area = with(move || shown.get().then(|| area(typing, &code.with_value(|code| ["n-", code].concat()), name)));
    let button = with(move || {
        (!shown.get()).then(|| {
            el("button")
                .class("button button--quiet")
                .attr("type", "button")
                .attr("aria-label", &name())
                .on("click", move |_| opened.set(true))
                .child(Icon::Note.view())
                .text(i18n.words().note())
        })
    });
    let actions = el("div").class("criterion__actions").child(button).child(beside);
    group([reminder, area, actions.into()])
}

fn area(typing: Typing, id: &str, name: impl Fn() -> String + 'static) -> El {
    let control = el("textarea")
        .class("field__control")
        .id(id)
        .attr("rows", "2")
        .value(move || typing.typed.get())
        .on("input", move |event| typing.take(value_of(&event)))
        .on("change", move |_| typing.session.keep_typed());
    el("label").class("note-field").child(el("span").class("field__label").text_with(name)).child(control)
}
