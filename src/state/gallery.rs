//! The photos of an open sheet: on disk first, then in the log, then scaled, one after the other.

mod describing;
mod failing;
mod repairing;
mod scaling;
mod spot;

use crate::{
    services::{LaterPorts, Services},
    state::session::Session,
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    digest::Digest,
    evidence::{Form, Photo, Proves},
    id::{NodeId, PhotoId},
    log::Change,
    ports::{FileError, StoreError, evidence::Read},
    readiness::{FEWEST_PHOTOS, photos},
    time::Millis,
};
use leptos::task::spawn_local;
pub use spot::Spot;
use std::rc::Rc;

/// The type of what the camera in the page and scaling give.
const JPEG: &str = "image/jpeg";

/// A photo that is in memory alone.
#[derive(Debug, Clone)]
pub struct Unsaved {
    photo: Photo,
    bytes: Rc<Vec<u8>>,
    /// The photo that goes once this one is on disk.
    in_place_of: Option<PhotoId>,
}

/// Tries again what the store refused of a sheet's photos.
type Again = fn(Services, Session);

/// What is said of a photo.
type Describe = Rc<dyn Fn(&mut Photo)>;

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
    /// Where adding failed, and why; one for each criterion.
    pub failures: RwSignal<Vec<(NodeId, AddError)>>,
    /// About how many photos there is room for, where that is less than a visit takes.
    pub few: RwSignal<Option<u64>>,
    /// What tries again what the store refused; it comes with the part.
    again: StoredValue<Option<Again>>,
    unsaved: StoredValue<Vec<Unsaved>>,
    /// What could not be said of photos, in its order.
    undescribed: StoredValue<Vec<(PhotoId, Describe)>>,
    /// What is to be said of photos, one after the other; `None` while nobody does it.
    describing: StoredValue<Option<Vec<(PhotoId, Describe)>>>,
    asked: StoredValue<bool>,
    scaling: StoredValue<bool>,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            photos: RwSignal::new(None),
            damaged: RwSignal::new(0),
            adding: RwSignal::new(0),
            failures: RwSignal::new(Vec::new()),
            few: RwSignal::new(None),
            again: StoredValue::new(None),
            unsaved: StoredValue::new(Vec::new()),
            undescribed: StoredValue::new(Vec::new()),
            describing: StoredValue::new(None),
            asked: StoredValue::new(false),
            scaling: StoredValue::new(false),
        }
    }
}

impl Gallery {
    /// Whether everything the person did to photos is on disk; `None` when the sheet is closed.
    #[must_use]
    pub fn try_settled(self) -> Option<bool> {
        let adding = self.adding.try_get_untracked()?;
        let unsaved = self.unsaved.try_with_value(Vec::is_empty)? && self.undescribed.try_with_value(Vec::is_empty)?;
        Some(adding == 0 && unsaved)
    }

    /// Why something of the photos is not on disk, if the store refused it; renews the view.
    #[must_use]
    pub fn refused(self) -> Option<StoreError> {
        self.failures.with(|failures| {
            failures.iter().find_map(|(_, error)| match error {
                AddError::Store(error) => Some(error.clone()),
                AddError::File(_) => None,
            })
        })
    }

    /// Tries again what the store refused.
    pub fn try_again(self, services: Services, session: Session) {
        if let Some(again) = self.again.try_get_value().flatten() {
            again(services, session);
        }
    }

    /// Whether a photo is being scaled.
    #[must_use]
    pub fn is_scaling(self) -> bool {
        self.scaling.try_get_value().unwrap_or_default()
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
            session.gallery.again.set_value(Some(|services, session| Self { session, services }.try_again()));
            spawn_local(curator.read());
        }
        curator
    }

    /// Does what waited for this tab's turn, if anybody has asked for the photos.
    pub fn resume(services: Services, session: Session) {
        if session.gallery.asked.try_get_value() == Some(true) {
            Self { session, services }.repair();
        }
    }

    fn gallery(self) -> Gallery {
        self.session.gallery
    }

    /// The photos that are known, untracked.
    fn known(self) -> Vec<Photo> {
        self.gallery().photos.try_get_untracked().flatten().unwrap_or_default()
    }

    /// The first known one of this kind, untracked.
    fn find(self, is: impl Fn(&Photo) -> bool) -> Option<Photo> {
        let of = |photos: &Option<Vec<Photo>>| photos.iter().flatten().find(|photo| is(photo)).cloned();
        self.gallery().photos.try_with_untracked(of).flatten()
    }

    /// Reads the photos.
    pub async fn read(self) {
        let store = self.services.ports().store.clone();
        let Ok(photos) = store.photos(self.session.assessment()).await else {
            // Asked for again with the next page of this sheet.
            self.gallery().asked.set_value(false);
            return;
        };
        self.gallery().damaged.set(photos.damaged.len());
        self.gallery().photos.update(|known| {
            // What was added since it was read is on disk too.
            let mut all = photos.whole;
            all.extend(known.take().unwrap_or_default());
            all.sort_by_key(|photo| photo.id);
            all.dedup_by_key(|photo| photo.id);
            *known = Some(all);
        });
        self.repair();
    }

    /// Adds what is chosen in the field with this id. Of several the first takes the place of another.
    pub fn add(self, field: &str, mut spot: Spot) {
        let this = self;
        let Some(ports) = self.services.later() else { return };
        let chosen = ports.pictures.chosen(field);
        if chosen.is_empty() {
            return;
        }
        self.forget(|failure| matches!(failure, (criterion, AddError::File(_)) if *criterion == spot.criterion));
        self.gallery().adding.update(|adding| *adding += chosen.len());
        spawn_local(async move {
            for read in chosen {
                this.add_one(read, &mut spot).await;
                this.gallery().adding.update(|adding| *adding -= 1);
            }
            this.scale_waiting();
        });
    }

    async fn add_one(self, read: Read, spot: &mut Spot) {
        match self.read_one(read, spot).await {
            Ok(unsaved) => self.keep(unsaved).await,
            Err(error) => self.failed(spot.criterion.clone(), AddError::File(error)),
        }
    }

    /// A photo as it is chosen; the first one takes the place that the spot has for it.
    async fn read_one(self, read: Read, spot: &mut Spot) -> Result<Unsaved, FileError> {
        let chosen = read().await?;
        let ports = self.services.later().ok_or(FileError::Unreadable)?;
        let sum = ports.pictures.sum(&chosen.bytes).await;
        let media_type = if chosen.media_type.is_empty() { JPEG.to_owned() } else { chosen.media_type };
        let photo = self.new_photo(sum, media_type, chosen.bytes.len(), spot);
        let in_place_of = spot.in_place_of.take();
        Ok(Unsaved { photo, bytes: Rc::new(chosen.bytes), in_place_of })
    }

    /// Adds a photo that waits elsewhere; once it is on disk, it need not wait there any longer.
    ///
    /// # Errors
    /// It cannot be read, or the store does not take it. It is not kept in memory: it still waits where it was.
    pub async fn bring(self, read: Read, mut spot: Spot) -> Result<(), AddError> {
        self.gallery().adding.update(|adding| *adding += 1);
        let brought = match self.read_one(read, &mut spot).await {
            Ok(unsaved) => self.put(&unsaved).await.map_err(AddError::Store),
            Err(error) => Err(AddError::File(error)),
        };
        self.gallery().adding.update(|adding| *adding -= 1);
        self.scale_waiting();
        brought
    }

    /// Adds what the camera in the page gave, which needs no scaling.
    pub fn take(self, bytes: Vec<u8>, spot: Spot) {
        let this = self;
        self.gallery().adding.update(|adding| *adding += 1);
        let Some(ports) = self.services.later() else { return };
        spawn_local(async move {
            let sum = ports.pictures.sum(&bytes).await;
            let photo = this.new_photo(sum, JPEG.to_owned(), bytes.len(), &spot);
            let photo = Photo { form: Form::Scaled, taken_at: Some(photo.added), ..photo };
            this.keep(Unsaved { photo, bytes: Rc::new(bytes), in_place_of: spot.in_place_of }).await;
            this.gallery().adding.update(|adding| *adding -= 1);
        });
    }

    fn new_photo(self, sha256: Digest, media_type: String, bytes: usize, spot: &Spot) -> Photo {
        let added = self.session.now();
        // It proves, and is called, what the one was whose place it takes.
        let before = spot.in_place_of.and_then(|before| self.find(|photo| photo.id == before));
        let own = Proves { criterion: spot.criterion.clone(), option: spot.option.clone() };
        let others = before.iter().flat_map(|photo| &photo.proves).filter(|proves| proves.criterion != own.criterion);
        let proves = [own.clone()].into_iter().chain(others.cloned()).collect();
        Photo {
            id: PhotoId::new(added, &self.services.ports().clock.random()),
            sha256,
            media_type,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            form: Form::Original,
            tries: 0,
            proves,
            taken_at: None,
            coordinates: None,
            caption: before.map(|photo| photo.caption).unwrap_or_default(),
            added,
            removed: None,
        }
    }

    /// Puts a photo on disk; what the store does not take stays in memory, to be tried again.
    async fn keep(self, unsaved: Unsaved) {
        let Err(error) = self.put(&unsaved).await else { return };
        let gone = error == StoreError::Conflict { stored: None };
        if let Some(proves) = unsaved.photo.proves.first() {
            self.failed(proves.criterion.clone(), AddError::Store(error));
        }
        self.gallery().unsaved.try_update_value(|all| all.push(unsaved));
        if gone {
            // The sheet finds out that its store is gone; the photo waits for it.
            self.session.save_again();
        }
    }

    /// Puts a photo on disk; only then the screen has it.
    async fn put(self, unsaved: &Unsaved) -> Result<(), StoreError> {
        let (photo, gallery) = (unsaved.photo.clone(), self.gallery());
        let store = self.services.ports().store.clone();
        let keep = || store.keep_photo(self.session.assessment(), photo.clone(), unsaved.bytes.to_vec());
        let mut kept = keep().await;
        if kept == Err(StoreError::Closed) {
            // The browser closed the store under it; the next call opens it, and need not wait for a person.
            kept = keep().await;
        }
        kept?;
        gallery.photos.update(|photos| photos.get_or_insert_default().push(photo.clone()));
        self.clear_failure();
        self.session.log(Change::of_photo(photo.added, None, Some(&photo)));
        if let Some(before) = unsaved.in_place_of {
            self.remove(before, true);
        }
        self.look_at_room();
        self.locate(photo).await;
        Ok(())
    }

    /// Looks how much room the browser still gives.
    fn look_at_room(self) {
        let (this, Some(ports)) = (self, self.services.later()) else { return };
        spawn_local(async move {
            let left = ports.phone.room().await.map(photos).filter(|left| *left < FEWEST_PHOTOS);
            this.gallery().few.try_update(|few| *few = left);
        });
    }

    /// Tries the photos again that the store did not take, and what it did not take of others.
    pub fn try_again(self) {
        let this = self;
        let unsaved = self.gallery().unsaved.try_update_value(std::mem::take).unwrap_or_default();
        let undescribed = self.gallery().undescribed.try_update_value(std::mem::take).unwrap_or_default();
        self.forget(|(_, error)| matches!(error, AddError::Store(_)));
        for (id, change) in undescribed {
            self.describe_with(id, change);
        }
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
}

/// The photo of a criterion that was removed last, since the sheet was opened at that moment.
#[must_use]
pub fn last_removed(photos: Option<&Vec<Photo>>, criterion: &NodeId, since: Millis) -> Option<PhotoId> {
    let of = |photo: &&Photo| photo.proves.iter().any(|proves| proves.criterion == *criterion);
    let removed = photos.into_iter().flatten().filter(of).filter_map(|photo| Some((photo.removed?, photo.id)));
    removed.filter(|(at, _)| *at >= since).max().map(|(_, id)| id)
}
