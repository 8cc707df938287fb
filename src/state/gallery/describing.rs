//! What is said of a photo: on disk, then in the log and on the screen.

use super::{AddError, Curator, Describe};
use bintang_domain::{evidence::Photo, id::PhotoId, log::Change};
use leptos::task::spawn_local;
use std::rc::Rc;

impl Curator {
    /// Changes what is said of a photo, on disk and then on the screen.
    pub fn describe(self, id: PhotoId, change: impl Fn(&mut Photo) + 'static) {
        self.describe_with(id, Rc::new(change));
    }

    pub(super) fn describe_with(self, id: PhotoId, change: Describe) {
        // What the store refused of this photo before comes first: tried again later, it would undo what is said now.
        let waiting = self.gallery().undescribed.try_update_value(|all| {
            let (own, others) = std::mem::take(all).into_iter().partition(|(other, _)| *other == id);
            *all = others;
            own
        });
        let waiting: Vec<(PhotoId, Describe)> = waiting.unwrap_or_default();
        let change: Describe = Rc::new(move |photo: &mut Photo| {
            waiting.iter().for_each(|(_, before)| before(photo));
            change(photo);
        });
        let (store, again) = (self.services.ports().store.clone(), change.clone());
        let writing = store.describe_photo(self.session.assessment(), id, Box::new(move |photo| change(photo)));
        spawn_local(async move {
            match writing.await {
                Ok((before, photo)) => {
                    self.show(photo.clone());
                    self.clear_failure();
                    self.session.log(Change::of_photo(self.session.now(), Some(&before), Some(&photo)));
                }
                Err(error) => {
                    let photo = self.find(|photo| photo.id == id);
                    self.gallery().undescribed.try_update_value(|all| all.push((id, again)));
                    if let Some(proves) = photo.iter().flat_map(|photo| &photo.proves).next() {
                        self.failed(proves.criterion.clone(), AddError::Store(error));
                    }
                }
            }
        });
    }

    /// Removes a photo, or brings it back.
    pub fn remove(self, id: PhotoId, removed: bool) {
        let now = self.session.now();
        self.describe(id, move |photo| photo.removed = removed.then_some(now));
    }
}
