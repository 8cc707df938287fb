//! The photos of an open sheet: on disk first, then in the log, then scaled, one after the other.

use crate::{
    services::{LaterPorts, Services},
    state::session::Session,
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    digest::Digest,
    evidence::{Form, Photo, Proves, TRIES},
    id::{ChoiceId, NodeId, PhotoId},
    log::{Change, What},
    picture,
    ports::{
        FileError, StoreError,
        evidence::{Read, ScaleError},
    },
    time::Millis,
    wire,
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// The type of what the camera in the page and scaling give.
const JPEG: &str = "image/jpeg";

/// A photo that is in memory alone.
#[derive(Debug, Clone)]
pub struct Unsaved {
    photo: Photo,
    bytes: Rc<Vec<u8>>,
}

/// Why a photo is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddError {
    /// The file cannot be read.
    File(FileError),
    /// The store does not take it; it is kept in memory and can be tried again.
    Store(StoreError),
}

/// The photos as the screen shows them. Belongs to its session; what it does comes later, with the part.
#[derive(Debug, Clone, Copy)]
pub struct Gallery {
    /// Oldest first, also the removed ones; `None` until they are read.
    pub photos: RwSignal<Option<Vec<Photo>>>,
    /// How many there are that cannot be read; they stay where they are.
    pub damaged: RwSignal<usize>,
    /// How many are on their way to the disk.
    pub adding: RwSignal<usize>,
    /// Where adding last failed, and why.
    pub failure: RwSignal<Option<(NodeId, AddError)>>,
    unsaved: StoredValue<Vec<Unsaved>>,
    asked: StoredValue<bool>,
    scaling: StoredValue<bool>,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            photos: RwSignal::new(None),
            damaged: RwSignal::new(0),
            adding: RwSignal::new(0),
            failure: RwSignal::new(None),
            unsaved: StoredValue::new(Vec::new()),
            asked: StoredValue::new(false),
            scaling: StoredValue::new(false),
        }
    }
}

/// A gallery at work, with all that it needs.
#[derive(Debug, Clone, Copy)]
pub struct Curator {
    session: Session,
    services: Services,
}

impl Curator {
    /// For the photos of this sheet, which are read if nobody has yet.
    #[must_use]
    pub fn of(services: Services, session: Session) -> Self {
        let curator = Self { session, services };
        if !session.gallery.asked.get_value() {
            session.gallery.asked.set_value(true);
            spawn_local(curator.read());
        }
        curator
    }

    fn gallery(self) -> Gallery {
        self.session.gallery
    }

    /// The photos that are known, untracked.
    fn known(self) -> Vec<Photo> {
        self.gallery().photos.try_get_untracked().flatten().unwrap_or_default()
    }

    /// Reads the photos, gives those a place in the log that the page was killed before, and scales what waits.
    async fn read(self) {
        let (store, assessment) = (self.services.ports().store.clone(), self.session.assessment());
        let (photos, logged) = (store.photos(assessment).await, store.log(assessment).await);
        let (Ok(photos), Ok(logged)) = (photos, logged) else {
            // Asked for again with the next page of this sheet.
            self.gallery().asked.set_value(false);
            return;
        };
        let entries: Vec<_> = logged.iter().filter_map(|line| wire::log::read(&line.text)).collect();
        let now = self.session.now();
        for photo in &photos.whole {
            if !entries.iter().any(|entry| entry.change.what == What::Photo(photo.id)) {
                self.session.log(Change::of_photo(now, None, Some(photo)));
            }
        }
        // What was added meanwhile is on disk too.
        self.gallery().damaged.set(photos.damaged.len());
        self.gallery().photos.set(Some(photos.whole));
        self.scale_waiting();
    }

    /// Adds what is chosen in the field with this id.
    pub fn add(self, field: &str, criterion: &NodeId, option: Option<ChoiceId>) {
        let (this, criterion) = (self, criterion.clone());
        let Some(ports) = self.services.later() else { return };
        let chosen = ports.pictures.chosen(field);
        if chosen.is_empty() {
            return;
        }
        self.gallery().failure.set(None);
        self.gallery().adding.update(|adding| *adding += chosen.len());
        spawn_local(async move {
            for read in chosen {
                this.add_one(read, &criterion, option.clone()).await;
                this.gallery().adding.update(|adding| *adding -= 1);
            }
            this.scale_waiting();
        });
    }

    async fn add_one(self, read: Read, criterion: &NodeId, option: Option<ChoiceId>) {
        match read().await {
            Ok(chosen) => {
                let Some(ports) = self.services.later() else { return };
                let sum = ports.pictures.sum(&chosen.bytes).await;
                let media_type = if chosen.media_type.is_empty() { JPEG.to_owned() } else { chosen.media_type };
                let photo = self.new_photo(sum, media_type, chosen.bytes.len(), (criterion, option));
                self.keep(Unsaved { photo, bytes: Rc::new(chosen.bytes) }).await;
            }
            Err(error) => self.gallery().failure.set(Some((criterion.clone(), AddError::File(error)))),
        }
    }

    /// Adds what the camera in the page gave, which needs no scaling.
    pub fn take(self, bytes: Vec<u8>, criterion: &NodeId, option: Option<ChoiceId>) {
        let (this, criterion) = (self, criterion.clone());
        self.gallery().failure.set(None);
        self.gallery().adding.update(|adding| *adding += 1);
        let Some(ports) = self.services.later() else { return };
        spawn_local(async move {
            let sum = ports.pictures.sum(&bytes).await;
            let photo = this.new_photo(sum, JPEG.to_owned(), bytes.len(), (&criterion, option));
            let photo = Photo { form: Form::Scaled, taken_at: Some(photo.added), ..photo };
            this.keep(Unsaved { photo, bytes: Rc::new(bytes) }).await;
            this.gallery().adding.update(|adding| *adding -= 1);
        });
    }

    fn new_photo(
        self,
        sha256: Digest,
        media_type: String,
        bytes: usize,
        (criterion, option): (&NodeId, Option<ChoiceId>),
    ) -> Photo {
        let added = self.session.now();
        Photo {
            id: PhotoId::new(added, &self.services.ports().clock.random()),
            sha256,
            media_type,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            form: Form::Original,
            tries: 0,
            proves: vec![Proves { criterion: criterion.clone(), option }],
            taken_at: None,
            coordinates: None,
            caption: String::new(),
            added,
            removed: None,
        }
    }

    /// Puts a photo on disk; only then the screen has it.
    async fn keep(self, unsaved: Unsaved) {
        let (photo, gallery) = (unsaved.photo.clone(), self.gallery());
        let store = self.services.ports().store.clone();
        let kept = store.keep_photo(self.session.assessment(), photo.clone(), unsaved.bytes.to_vec()).await;
        match kept {
            Ok(()) => {
                gallery.photos.update(|photos| photos.get_or_insert_default().push(photo.clone()));
                self.session.log(Change::of_photo(photo.added, None, Some(&photo)));
                self.locate(photo).await;
            }
            Err(error) => {
                let criterion = photo.proves.first().map(|proves| proves.criterion.clone());
                gallery.unsaved.try_update_value(|all| all.push(unsaved));
                gallery.failure.set(criterion.map(|criterion| (criterion, AddError::Store(error))));
            }
        }
    }

    /// Tries the photos again that the store did not take.
    pub fn try_again(self) {
        let this = self;
        let unsaved = self.gallery().unsaved.try_update_value(std::mem::take).unwrap_or_default();
        self.gallery().failure.set(None);
        self.gallery().adding.update(|adding| *adding += unsaved.len());
        // The sheet itself may be what the store did not take.
        self.session.save_again();
        spawn_local(async move {
            for unsaved in unsaved {
                this.keep(unsaved).await;
                this.gallery().adding.update(|adding| *adding -= 1);
            }
            this.scale_waiting();
        });
    }

    /// Adds where the phone is, if the person allowed it before: a photo is no reason to ask.
    async fn locate(self, photo: Photo) {
        let Some(LaterPorts { location, .. }) = self.services.later() else { return };
        if photo.coordinates.is_none() && location.allowed().await {
            let this = self;
            spawn_local(async move {
                if let Ok(coordinates) = location.here().await {
                    this.session.measured(Some(coordinates));
                    this.describe(photo.id, move |photo| photo.coordinates = photo.coordinates.or(Some(coordinates)));
                }
            });
        }
    }

    /// Changes what is said of a photo, on disk and then on the screen.
    pub fn describe(self, id: PhotoId, change: impl FnOnce(&mut Photo) + 'static) {
        let store = self.services.ports().store.clone();
        let writing = store.describe_photo(self.session.assessment(), id, Box::new(change));
        spawn_local(async move {
            match writing.await {
                Ok((before, photo)) => {
                    self.show(photo.clone());
                    self.session.log(Change::of_photo(self.session.now(), Some(&before), Some(&photo)));
                }
                Err(error) => {
                    let photo = self.known().into_iter().find(|photo| photo.id == id);
                    let criterion = photo.and_then(|photo| photo.proves.first().map(|proves| proves.criterion.clone()));
                    self.gallery().failure.set(criterion.map(|criterion| (criterion, AddError::Store(error))));
                }
            }
        });
    }

    /// Removes a photo, or brings it back.
    pub fn remove(self, id: PhotoId, removed: bool) {
        let now = self.session.now();
        self.describe(id, move |photo| photo.removed = removed.then_some(now));
    }

    fn show(self, photo: Photo) {
        self.gallery().photos.update(|photos| {
            for known in photos.iter_mut().flatten().filter(|known| known.id == photo.id) {
                *known = photo.clone();
            }
        });
    }

    /// An address that shows a photo; `None` where its bytes cannot be read.
    pub async fn picture(self, photo: PhotoId, media_type: &str) -> Option<String> {
        let bytes = self.services.ports().store.photo_bytes(self.session.assessment(), photo).await.ok()??;
        Some(self.services.later()?.pictures.show(&bytes, media_type))
    }

    /// Gives an address back.
    pub fn hide(self, address: &str) {
        if let Some(ports) = self.services.later() {
            ports.pictures.hide(address);
        }
    }

    /// Scales what waits, one photo at a time, oldest first.
    fn scale_waiting(self) {
        // Under way, or the sheet is closed.
        if self.gallery().scaling.try_get_value() != Some(false) {
            return;
        }
        self.gallery().scaling.set_value(true);
        let this = self;
        spawn_local(async move {
            // An address to try again is there when the part is loaded next; what cannot be had now waits for that.
            while let Some(photo) = this.known().into_iter().find(|photo| photo.form == Form::Original) {
                if this.scale(photo).await.is_none() {
                    break;
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
            store.try_photo(assessment, original.id).await.ok()?;
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
            Err(ScaleError::Unavailable) => return None,
        };
        store.scale_photo(assessment, &original, photo, bytes).await.ok()?;
        // As it is stored: something may have been said of it meanwhile.
        let stored = store.photos(assessment).await.ok()?.whole.into_iter().find(|photo| photo.id == original.id)?;
        if stored.form == Form::Original {
            return None;
        }
        self.session.log(Change::of_photo(self.session.now(), Some(&original), Some(&stored)));
        self.show(stored);
        Some(())
    }
}

/// What the photos of a criterion are: those it shows, oldest first.
#[must_use]
pub fn of_criterion(photos: Option<&Vec<Photo>>, criterion: &NodeId) -> Vec<Photo> {
    photos.into_iter().flatten().filter(|photo| photo.shows(criterion)).cloned().collect()
}

/// The photo of a criterion that was removed last, since the sheet was opened at that moment.
#[must_use]
pub fn last_removed(photos: Option<&Vec<Photo>>, criterion: &NodeId, since: Millis) -> Option<PhotoId> {
    let of = |photo: &&Photo| photo.proves.iter().any(|proves| proves.criterion == *criterion);
    let removed = photos.into_iter().flatten().filter(of).filter_map(|photo| Some((photo.removed?, photo.id)));
    removed.filter(|(at, _)| *at >= since).max().map(|(_, id)| id)
}
