//! The evidence of an entry, as the store has it.

use bintang_domain::{
    delivery::{Evidence, File},
    digest::Digest,
    evidence::Photo,
    id::AssessmentId,
    ports::{Pending, StoreError},
    store::Store,
};
use std::{cell::OnceCell, rc::Rc};

/// The photos of an assessment. What is known of them is read once for all files of a delivery.
pub(super) struct StoredPhotos {
    store: Store,
    assessment: AssessmentId,
    known: Rc<OnceCell<Vec<Photo>>>,
}

impl StoredPhotos {
    pub(super) fn of(store: Store, assessment: AssessmentId) -> Self {
        Self { store, assessment, known: Rc::default() }
    }
}

impl Evidence for StoredPhotos {
    fn file(&self, sum: Digest) -> Pending<Result<Option<File>, StoreError>> {
        let (store, assessment, known) = (self.store.clone(), self.assessment, self.known.clone());
        Box::pin(async move {
            if known.get().is_none() {
                // Of two that read at once the first one stays.
                let _ = known.set(store.photos(assessment).await?.whole);
            }
            let photo = known.get().into_iter().flatten().find(|photo| photo.sha256 == sum);
            let Some(photo) = photo else { return Ok(None) };
            let bytes = match store.photo_bytes(assessment, photo.id).await {
                Err(StoreError::Corrupt) => None,
                read => read?,
            };
            let whole = bytes.filter(|bytes| !bytes.is_empty() && Digest::of(bytes) == sum);
            Ok(whole.map(|bytes| File { media_type: photo.media_type.clone(), bytes }))
        })
    }
}
