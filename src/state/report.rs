//! What a visit report shows beside the sheet: small copies of its photos.

use crate::services::Services;
use bintang_domain::{evidence::Photo, id::AssessmentId};

/// Photos in a report: as many as two pages of A4 show, and as a phone hands on in a second.
pub const PHOTOS: usize = 12;
/// The longest side of one in pixels: about 250 dots an inch where three stand in a row on A4.
const LONGEST: u32 = 640;

/// A photo as the report shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The ids of the criteria that it proves.
    pub proves: Vec<String>,
    /// What it shows, in the assessor's words.
    pub caption: String,
    /// Its small copy as a `data:` address.
    pub address: String,
}

/// The photos of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures {
    /// Those that are shown, the earliest first.
    pub shown: Vec<Picture>,
    /// How many others there are: beyond the first ones, or of a kind that nothing here decodes.
    pub more: usize,
}

/// Reads them.
pub async fn pictures(services: Services, id: AssessmentId) -> Pictures {
    let store = &services.ports().store;
    let Some(later) = services.later() else { return Pictures::default() };
    let reading = store.photos(id);
    let Ok(photos) = reading.await else { return Pictures::default() };
    let mut photos: Vec<Photo> = photos.whole.into_iter().filter(|photo| photo.removed.is_none()).collect();
    photos.sort_by_key(|photo| photo.added);
    let (of, mut shown) = (photos.len(), Vec::new());
    for photo in photos.into_iter().take(PHOTOS) {
        let reading = store.photo_bytes(id, photo.id);
        let Ok(Some(bytes)) = reading.await else { continue };
        let making = later.paper.small(&bytes, &photo.media_type, LONGEST);
        let Some(address) = making.await else { continue };
        let proves = photo.proves.iter().map(|proves| proves.criterion.to_string()).collect();
        shown.push(Picture { proves, caption: photo.caption, address });
    }
    Pictures { more: of - shown.len(), shown }
}
