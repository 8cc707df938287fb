//! What is known of a photo, as a record.

use super::{
    canonical,
    form::{Form as _, object, words},
    json,
};
use crate::evidence::{Form, Photo, Proves};

words! { Form { Original "original", Scaled "scaled", Kept "kept" } }
object! { Proves { criterion, option } }
object! { Photo { id, sha256, media_type, bytes, form, tries, proves, taken_at, coordinates, caption, added, removed } }

/// The record as text.
#[must_use]
pub fn write(photo: &Photo) -> String {
    canonical::write(&photo.write())
}

/// As a value, for the change log.
#[must_use]
pub fn value(photo: &Photo) -> serde_json::Value {
    photo.write()
}

/// Reads a record; `None` when it is damaged.
#[must_use]
pub fn read(text: &str) -> Option<Photo> {
    Photo::read(&json::read(text.as_bytes()).ok()?).ok()
}
