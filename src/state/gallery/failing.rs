//! What is told of photos that are not on disk.

use super::{AddError, Curator, Gallery};
use bintang_domain::id::NodeId;

impl Gallery {
    /// The store has nothing of the photos any more; those that are in memory alone stay.
    pub fn forget_stored(self) {
        self.photos.set(Some(Vec::new()));
        self.undescribed.set_value(Vec::new());
        self.unsaved.try_update_value(|all| all.iter_mut().for_each(|unsaved| unsaved.in_place_of = None));
    }
}

impl Curator {
    /// Says no more that something failed, once nothing waits to be tried again.
    pub(super) fn clear_failure(self) {
        let waits =
            !self.gallery().unsaved.with_value(Vec::is_empty) || !self.gallery().undescribed.with_value(Vec::is_empty);
        // A file that could not be read is told until the next is chosen.
        if !waits {
            self.forget(|(_, error)| matches!(error, AddError::Store(_)));
        }
    }

    pub(super) fn failed(self, criterion: NodeId, error: AddError) {
        self.gallery().failures.update(|failures| {
            // What waits in memory says more than a file that could not be read.
            let stays =
                |(other, known): &(NodeId, AddError)| *other == criterion && matches!(known, AddError::Store(_));
            if matches!(error, AddError::File(_)) && failures.iter().any(stays) {
                return;
            }
            failures.retain(|(other, _)| *other != criterion);
            failures.push((criterion, error));
        });
    }

    pub(super) fn forget(self, gone: impl Fn(&(NodeId, AddError)) -> bool) {
        if self.gallery().failures.with_untracked(|failures| failures.iter().any(&gone)) {
            self.gallery().failures.update(|failures| failures.retain(|failure| !gone(failure)));
        }
    }
}
