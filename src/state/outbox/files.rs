//! The evidence of an entry, as the store has it.

use bintang_domain::{
    delivery::{Evidence, File},
    digest::Digest,
    id::AssessmentId,
    ports::{Pending, StoreError},
    store::Store,
};

/// The photos of an assessment.
pub(super) struct StoredPhotos {
    pub(super) store: Store,
    pub(super) assessment: AssessmentId,
}

impl Evidence for StoredPhotos {
    fn file(&self, sum: Digest) -> Pending<Result<Option<File>, StoreError>> {
        let (store, assessment) = (self.store.clone(), self.assessment);
        Box::pin(async move {
            let photos = store.photos(assessment).await?.whole;
            let Some(photo) = photos.into_iter().find(|photo| photo.sha256 == sum) else { return Ok(None) };
            let bytes = match store.photo_bytes(assessment, photo.id).await {
                Err(StoreError::Corrupt) => None,
                read => read?,
            };
            let whole = bytes.filter(|bytes| !bytes.is_empty() && Digest::of(bytes) == sum);
            Ok(whole.map(|bytes| File { media_type: photo.media_type, bytes }))
        })
    }
}
