//! What is being typed into a field of the sheet: kept at a pause, at leaving the field, and when its page is left.

use super::Session;
use crate::services::Services;
use bintang_domain::{
    edit::{Edit, Place},
    id::PhotoId,
};
use leptos::task::spawn_local;

/// A pause this long while typing saves, in milliseconds: short enough to lose no sentence, long enough not to write at
/// every key.
const PAUSE: i64 = 500;

/// Writes a photo's caption; it comes with the part.
pub type Describing = fn(Services, Session, PhotoId, String);

/// A text as far as it is typed.
#[derive(Debug, Clone)]
pub enum Typed {
    /// The note of a place.
    Note(Place, String),
    /// The caption of a photo, and what writes it.
    Caption(PhotoId, String, Describing),
}

impl Typed {
    fn is_of_same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Note(one, _), Self::Note(other, _)) => one == other,
            (Self::Caption(one, ..), Self::Caption(other, ..)) => one == other,
            _ => false,
        }
    }
}

impl Session {
    /// Takes a text as far as it is typed; [`Session::keep_typed`] keeps it once there is a pause.
    pub fn typing(self, typed: Typed) {
        if self.typed.with_value(|other| other.as_ref().is_some_and(|other| !other.is_of_same_field(&typed))) {
            self.keep_typed();
        }
        self.typed.set_value(Some(typed));
        self.autosave.typing();
        let now = self.keys.try_update_value(|keys| {
            *keys += 1;
            *keys
        });
        let pause = self.services.ports().clock.sleep(PAUSE);
        spawn_local(async move {
            pause.await;
            if self.keys.try_get_value() == now {
                self.keep_typed();
            }
        });
    }

    /// Keeps what is typed, if it is new.
    pub fn keep_typed(self) {
        let Some(typed) = self.typed.try_update_value(Option::take).flatten() else { return };
        if self.is_new(&typed) {
            if !self.writes() {
                // It stays in its field and waits for this tab's turn.
                return self.typed.set_value(Some(typed));
            }
            match typed {
                Typed::Note(place, text) => self.dispatch(Edit::Note(place, text)),
                Typed::Caption(photo, text, describing) => describing(self.services, self, photo, text),
            }
        }
        self.autosave.rest();
    }

    fn is_new(self, typed: &Typed) -> bool {
        match typed {
            Typed::Note(place, text) => self.content.with_untracked(|content| {
                content.draft.notes.get(place).map_or("", String::as_str).trim() != text.trim()
            }),
            // Also where it is what is shown: another text may be on its way to the disk, or have been refused.
            Typed::Caption(id, ..) => {
                self.gallery.photos.with_untracked(|photos| photos.iter().flatten().any(|photo| photo.id == *id))
            }
        }
    }
}
