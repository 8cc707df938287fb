//! Photos: what is known of each, and its bytes, in two tables under the same key (docs/adr/0008).

use super::{Store, one, only};
use crate::{
    draft::Phase,
    evidence::{Form, Photo},
    id::{AssessmentId, PhotoId},
    ports::{
        Pending, StoreError,
        tables::{
            Content, Get, Key, Record,
            Table::{self, EvidenceBytes as BYTES, EvidenceMeta as META, Heads as HEADS},
            Which, Write,
        },
    },
    wire::{evidence, record},
};
use std::{cell::RefCell, rc::Rc};

/// The photos of an assessment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Photos {
    /// Those that can be read, oldest first, also the removed ones.
    pub whole: Vec<Photo>,
    /// Keys of those that cannot; they stay where they are and can be exported.
    pub damaged: Vec<String>,
}

fn key(assessment: AssessmentId, photo: PhotoId) -> Key {
    Key { first: assessment.to_string(), second: Some(photo.to_string()) }
}

fn put(assessment: AssessmentId, photo: &Photo) -> Write {
    Write::Put(META, key(assessment, photo.id), Content::Text(evidence::write(photo)))
}

fn put_bytes(assessment: AssessmentId, photo: PhotoId, bytes: Vec<u8>) -> Write {
    Write::Put(BYTES, key(assessment, photo), Content::Bytes(bytes))
}

/// What finishing does to a photo: a removed one goes, unless an earlier finishing that is `unproved` still has to send
/// it; an original that waits is kept as it came, because its SHA-256 is sent.
pub(super) fn settled(assessment: AssessmentId, photo: Photo, unproved: &[String]) -> Vec<Write> {
    if photo.removed.is_some() {
        let sum = photo.sha256.to_string();
        if unproved.iter().any(|entry| entry.contains(&sum)) {
            return Vec::new();
        }
        let gone = |table| Write::Delete(table, Which::One(key(assessment, photo.id)));
        vec![gone(META), gone(BYTES)]
    } else if photo.form == Form::Original {
        vec![put(assessment, &Photo { form: Form::Kept, ..photo })]
    } else {
        Vec::new()
    }
}

/// The records of those finishings of an assessment that nothing proves whole; what cannot be read proves nothing.
pub(super) fn unproved(assessment: AssessmentId, records: Vec<Record>) -> Vec<String> {
    let id = assessment.to_string();
    let own = records.into_iter().filter_map(|record| record.content.text()).filter(|text| text.contains(&id));
    own.filter(|text| !record::read_outbox(text).is_some_and(|entry| entry.is_whole_there())).collect()
}

/// The photos that can be read, and the keys of those that cannot.
pub(super) fn read_photos(records: Vec<Record>) -> (Vec<Photo>, Vec<String>) {
    let (mut whole, mut damaged) = (Vec::new(), Vec::new());
    for Record { key, content } in records {
        match content.text().and_then(|text| evidence::read(&text)) {
            Some(photo) => whole.push(photo),
            None => damaged.extend(key.second),
        }
    }
    (whole, damaged)
}

impl Store {
    /// The photos of an assessment, without their bytes.
    ///
    /// # Errors
    /// What the tables said.
    pub fn photos(&self, assessment: AssessmentId) -> Pending<Result<Photos, StoreError>> {
        let reading = self.tables.read(vec![Get(META, Which::Of(assessment.to_string()))]);
        Box::pin(async move {
            let (whole, damaged) = read_photos(reading.await?.into_iter().flatten().collect());
            Ok(Photos { whole, damaged })
        })
    }

    /// The bytes of a photo.
    ///
    /// # Errors
    /// What the tables said.
    pub fn photo_bytes(
        &self,
        assessment: AssessmentId,
        photo: PhotoId,
    ) -> Pending<Result<Option<Vec<u8>>, StoreError>> {
        let reading = self.tables.read(vec![Get(BYTES, Which::One(key(assessment, photo)))]);
        Box::pin(async move {
            let bytes = |record: Record| match record.content {
                Content::Bytes(bytes) => Some(bytes),
                Content::Text(_) | Content::Strange => None,
            };
            Ok(reading.await?.into_iter().flatten().find_map(bytes))
        })
    }

    /// Keeps a new photo with its bytes: on disk, both or neither, before anything is done to it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the assessment is finished or not there, else what the tables said.
    pub fn keep_photo(
        &self,
        assessment: AssessmentId,
        photo: Photo,
        bytes: Vec<u8>,
    ) -> Pending<Result<(), StoreError>> {
        let decide = move |stored| {
            let head = only(stored, record::read_head)?;
            if !head.as_ref().is_some_and(|head| head.phase == Phase::Draft) {
                return Err(StoreError::Conflict { stored: head.map(|head| head.revision) });
            }
            Ok(vec![put(assessment, &photo), put_bytes(assessment, photo.id, bytes)])
        };
        self.tables.write(&[HEADS, META, BYTES], Some(one(HEADS, assessment)), Box::new(decide))
    }

    /// Changes what is known of a photo, as it stands in the store, and gives it other bytes where `bytes` has some;
    /// `None` where `change` declines or the photo is gone.
    fn change_photo(
        &self,
        (assessment, photo): (AssessmentId, PhotoId),
        tables: &'static [Table],
        change: Box<dyn FnOnce(&mut Photo) -> bool>,
        bytes: Option<Vec<u8>>,
    ) -> Pending<Result<(), StoreError>> {
        let decide = move |stored| {
            let Some(mut known) = only(stored, evidence::read)? else {
                return Err(StoreError::Conflict { stored: None });
            };
            if !change(&mut known) {
                return Ok(Vec::new());
            }
            let bytes = bytes.map(|bytes| put_bytes(assessment, photo, bytes));
            Ok([put(assessment, &known)].into_iter().chain(bytes).collect())
        };
        let first = Get(META, Which::One(key(assessment, photo)));
        self.tables.write(tables, Some(first), Box::new(decide))
    }

    /// Writes down that scaling this photo begins now; or that it did not begin after all, because there was nothing to
    /// scale with.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the photo is gone, else what the tables said. Nothing was changed then.
    pub fn try_photo(&self, assessment: AssessmentId, photo: PhotoId, begun: bool) -> Pending<Result<(), StoreError>> {
        let change = move |known: &mut Photo| {
            known.tries = if begun { known.tries.saturating_add(1) } else { known.tries.saturating_sub(1) };
            true
        };
        self.change_photo((assessment, photo), &[META], Box::new(change), None)
    }

    /// Puts the scaled picture, of which `photo` tells sum, type and size, in the original's place; what else is known
    /// of it stays as it is stored. Nothing happens where another picture than the one of `original` stands there. Tells
    /// the photo as it is stored then.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the photo is gone, else what the tables said. Nothing was changed then.
    pub fn scale_photo(
        &self,
        assessment: AssessmentId,
        original: &Photo,
        photo: Photo,
        bytes: Option<Vec<u8>>,
    ) -> Pending<Result<Photo, StoreError>> {
        let before = original.sha256;
        let told = Rc::new(RefCell::new(None));
        let tell = told.clone();
        let change = move |known: &mut Photo| {
            let same = known.form == Form::Original && known.sha256 == before;
            if same {
                let Photo { sha256, media_type, bytes, form, taken_at, .. } = photo;
                (known.sha256, known.media_type, known.bytes, known.form) = (sha256, media_type, bytes, form);
                known.taken_at = taken_at.or(known.taken_at);
                known.coordinates = photo.coordinates.or(known.coordinates);
            }
            tell.borrow_mut().replace(known.clone());
            same
        };
        let writing = self.change_photo((assessment, original.id), &[META, BYTES], Box::new(change), bytes);
        Box::pin(async move {
            writing.await?;
            told.borrow_mut().take().ok_or(StoreError::Conflict { stored: None })
        })
    }

    /// Changes what is said of a photo as it stands in the store, so that of two changes made one after the other none
    /// takes the other back; tells what was there and what is there now.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the photo is gone, else what the tables said. Nothing was changed then.
    pub fn describe_photo(
        &self,
        assessment: AssessmentId,
        photo: PhotoId,
        describe: Box<dyn FnOnce(&mut Photo)>,
    ) -> Pending<Result<(Photo, Photo), StoreError>> {
        let told = Rc::new(RefCell::new(None));
        let tell = told.clone();
        let change = move |known: &mut Photo| {
            let before = known.clone();
            describe(known);
            tell.borrow_mut().replace((before, known.clone()));
            true
        };
        let writing = self.change_photo((assessment, photo), &[META], Box::new(change), None);
        Box::pin(async move {
            writing.await?;
            told.borrow_mut().take().ok_or(StoreError::Conflict { stored: None })
        })
    }
}
