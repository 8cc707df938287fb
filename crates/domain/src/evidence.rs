//! Photos that prove an answer: what is known of each. Their bytes are kept apart (docs/adr/0008).

use crate::{
    digest::Digest,
    edit::Place,
    id::{ChoiceId, NodeId, PhotoId},
    subject::Coordinates,
    time::Millis,
    wire::envelope::EvidenceEntry,
};

/// What stands in the store for a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As the camera gave it, waiting to be scaled.
    Original,
    /// Scaled.
    Scaled,
    /// As it came, because nothing here can decode it.
    Kept,
}

/// What a photo proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proves {
    /// The criterion.
    pub criterion: NodeId,
    /// The option that was chosen there when the photo was added; of a case, the option in it.
    pub option: Option<ChoiceId>,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its name in its assessment; stays.
    pub id: PhotoId,
    /// Of the bytes as they are stored.
    pub sha256: Digest,
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// Size of the stored bytes.
    pub bytes: u64,
    /// What is stored.
    pub form: Form,
    /// How often scaling it was begun: a picture that ends the page each time must not do so for ever.
    pub tries: u8,
    /// What it proves; never empty.
    pub proves: Vec<Proves>,
    /// When it was taken, by the camera's clock in the phone's time zone.
    pub taken_at: Option<Millis>,
    /// Where it was taken: by the camera, else by the phone when it was added.
    pub coordinates: Option<Coordinates>,
    /// What it shows, in the assessor's words.
    pub caption: String,
    /// When it was added.
    pub added: Millis,
    /// When it was removed; it can be brought back until the sheet is finished.
    pub removed: Option<Millis>,
}

/// After so many begun tries a picture is kept as it came.
pub const TRIES: u8 = 3;

impl Photo {
    /// Whether it belongs to this criterion and was not removed.
    #[must_use]
    pub fn shows(&self, criterion: &NodeId) -> bool {
        self.removed.is_none() && self.proves.iter().any(|proves| proves.criterion == *criterion)
    }

    /// Adds or takes away a criterion that it proves; the last one stays.
    pub fn prove(&mut self, place: &Place, option: Option<ChoiceId>, proves: bool) {
        let Place::Criterion(criterion) = place else { return };
        let there = self.proves.iter().position(|other| other.criterion == *criterion);
        match (there, proves) {
            (None, true) => self.proves.push(Proves { criterion: criterion.clone(), option }),
            (Some(there), false) if self.proves.len() > 1 => drop(self.proves.remove(there)),
            _ => {}
        }
    }

    /// How it is listed in the envelope: once for each criterion it proves, unless it was removed.
    pub fn entries(&self) -> impl Iterator<Item = EvidenceEntry> {
        let proves: &[Proves] = if self.removed.is_none() { &self.proves } else { &[] };
        proves.iter().map(|proves| EvidenceEntry {
            sha256: self.sha256,
            media_type: self.media_type.clone(),
            bytes: self.bytes,
            criterion: proves.criterion.clone(),
            option: proves.option.clone(),
            taken_at: self.taken_at,
            coordinates: self.coordinates,
            caption: self.caption.clone(),
        })
    }
}
