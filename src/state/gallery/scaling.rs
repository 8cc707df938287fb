//! Scaling: one photo after the other, beside the page, the original in its place until the scaled one is on disk.

use super::{Curator, JPEG};
use crate::services::LaterPorts;
use bintang_domain::{
    evidence::{Form, Photo, TRIES},
    id::PhotoId,
    log::Change,
    picture,
    ports::evidence::ScaleError,
};
use leptos::task::spawn_local;

impl Curator {
    /// Scales what waits, one photo at a time, oldest first.
    pub(super) fn scale_waiting(self) {
        // Under way, or the sheet is closed, or another tab does it.
        if self.gallery().scaling.try_get_value() != Some(false) || !self.session.writes() {
            return;
        }
        self.gallery().scaling.set_value(true);
        let this = self;
        spawn_local(async move {
            // One that cannot be scaled now waits until the sheet is opened again, and keeps no other from its turn.
            let mut waiting: Vec<PhotoId> = Vec::new();
            let next = |waiting: &[PhotoId]| {
                let fits = |photo: &Photo| photo.form == Form::Original && !waiting.contains(&photo.id);
                this.find(fits).filter(|_| this.session.writes())
            };
            while let Some(photo) = next(&waiting) {
                let id = photo.id;
                if this.scale(photo).await.is_none() {
                    waiting.push(id);
                }
            }
            // The sheet may have been left meanwhile.
            this.gallery().scaling.try_update_value(|scaling| *scaling = false);
        });
    }

    /// Scales one; `None` where it must wait.
    async fn scale(self, original: Photo) -> Option<()> {
        let (store, assessment) = (self.services.ports().store.clone(), self.session.assessment());
        let LaterPorts { pictures, .. } = self.services.later()?;
        let bytes = store.photo_bytes(assessment, original.id).await.ok()??;
        let taken = picture::read(&bytes);
        let at = taken.at.map(|moment| moment.millis(pictures.ahead(moment.millis(0))));
        let described =
            Photo { taken_at: at, coordinates: taken.coordinates(at.unwrap_or(original.added)), ..original.clone() };
        let scaled = if original.tries < TRIES {
            store.try_photo(assessment, original.id, true).await.ok()?;
            pictures.scale(&bytes, &original.media_type).await
        } else {
            Err(ScaleError::Undecodable)
        };
        let (photo, bytes) = match scaled {
            Ok(bytes) => {
                let sha256 = pictures.sum(&bytes).await;
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                let media_type = JPEG.to_owned();
                (Photo { sha256, bytes: size, media_type, form: Form::Scaled, ..described }, Some(bytes))
            }
            Err(ScaleError::Undecodable) => (Photo { form: Form::Kept, ..described }, None),
            Err(ScaleError::Unavailable) => {
                store.try_photo(assessment, original.id, false).await.ok()?;
                return None;
            }
        };
        // As it is stored: something may have been said of it meanwhile.
        let stored = store.scale_photo(assessment, &original, photo, bytes).await.ok()?;
        if stored.form == Form::Original {
            return None;
        }
        self.session.log(Change::of_photo(self.session.now(), Some(&original), Some(&stored)));
        self.show(stored);
        Some(())
    }
}
