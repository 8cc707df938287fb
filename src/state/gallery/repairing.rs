//! What the page was killed before: a place in the log for what is on disk, and photos that wait to be scaled.

use super::Curator;
use bintang_domain::{log, wire};
use leptos::task::spawn_local;

impl Curator {
    /// Gives what is known of photos, and signatures, their place in the log, and scales what waits. Only the tab that
    /// writes the sheet does: two would stand in each other's way.
    pub(super) fn repair(self) {
        if !self.session.writes() {
            return;
        }
        spawn_local(async move {
            let (store, id) = (self.services.ports().store.clone(), self.session.assessment());
            let before = self.session.autosave.try_confirmed();
            if let (Ok(lines), Ok(signatures)) = (store.log(id).await, store.signatures(id).await) {
                let entries: Vec<_> = lines.iter().filter_map(|line| wire::log::read(&line.text)).collect();
                // What is not saved yet, or was saved meanwhile, is not in what was read; what cannot be read says nothing.
                let whole = entries.len() == lines.len() && self.session.autosave.try_confirmed() == before;
                if whole && self.session.writes() && self.session.is_at_rest() {
                    let signatures = signatures.damaged.is_empty().then_some(signatures.whole);
                    let missing = log::missing(self.session.now(), &entries, &self.known(), signatures.as_deref());
                    missing.into_iter().for_each(|change| self.session.log(Some(change)));
                }
            }
            self.scale_waiting();
        });
    }
}
