//! What is said of a photo: on disk, then in the log and on the screen.

use super::{AddError, Curator, Describe};
use bintang_domain::{evidence::Photo, id::PhotoId, log::Change, ports::StoreError};
use leptos::task::spawn_local;
use std::rc::Rc;

impl Curator {
    /// Changes what is said of a photo, on disk and then on the screen.
    pub fn describe(self, id: PhotoId, change: impl Fn(&mut Photo) + 'static) {
        self.describe_with(id, Rc::new(change));
    }

    /// One after the other: what is said later is never overwritten by what was said before and comes through later.
    pub(super) fn describe_with(self, id: PhotoId, change: Describe) {
        self.gallery().adding.update(|adding| *adding += 1);
        let first = self.gallery().describing.try_update_value(|all| {
            let first = all.is_none();
            all.get_or_insert_default().push((id, change));
            first
        });
        if first == Some(true) {
            spawn_local(self.describe_all());
        }
    }

    async fn describe_all(self) {
        let next = || {
            self.gallery().describing.try_update_value(|all| {
                let waiting = all.get_or_insert_default();
                if waiting.is_empty() {
                    *all = None;
                    return None;
                }
                Some(waiting.remove(0))
            })
        };
        while let Some(Some((id, change))) = next() {
            self.describe_one(id, change).await;
            self.gallery().adding.try_update(|adding| *adding -= 1);
        }
    }

    async fn describe_one(self, id: PhotoId, change: Describe) {
        // What the store refused of this photo before comes first: tried again later, it would undo what is said now.
        let refused = self.gallery().undescribed.try_update_value(|all| {
            let (own, others) = std::mem::take(all).into_iter().partition(|(other, _)| *other == id);
            *all = others;
            own
        });
        let refused: Vec<(PhotoId, Describe)> = refused.unwrap_or_default();
        let change: Describe = Rc::new(move |photo: &mut Photo| {
            refused.iter().for_each(|(_, before)| before(photo));
            change(photo);
        });
        let (store, again) = (self.services.ports().store.clone(), change.clone());
        let writing = store.describe_photo(self.session.assessment(), id, Box::new(move |photo| change(photo)));
        match writing.await {
            Ok((before, photo)) => {
                self.show(photo.clone());
                self.clear_failure();
                self.session.log(Change::of_photo(self.session.now(), Some(&before), Some(&photo)));
            }
            Err(error) => {
                let Some(photo) = self.find(|photo| photo.id == id) else {
                    // The photo is gone with its store: nothing can be said of it any more.
                    return;
                };
                self.gallery().undescribed.try_update_value(|all| all.push((id, again)));
                if let Some(proves) = photo.proves.first() {
                    self.failed(proves.criterion.clone(), AddError::Store(error.clone()));
                }
                if error == (StoreError::Conflict { stored: None }) {
                    // The sheet finds out that its store is gone.
                    self.session.save_again();
                }
            }
        }
    }

    /// Removes a photo, or brings it back.
    pub fn remove(self, id: PhotoId, removed: bool) {
        let now = self.session.now();
        self.describe(id, move |photo| photo.removed = removed.then_some(now));
    }
}
