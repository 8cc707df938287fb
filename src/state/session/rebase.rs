//! What is in memory alone, put over what another tab saved of the same sheet. Comes with the part.

use super::Session;
use bintang_domain::{
    draft::Draft,
    log::{Change, What},
    rebase::{Rebased, rebase},
};

impl Session {
    /// Goes on from what is stored, with this tab's work on top of it; nothing happens while a save is under way. What is
    /// on disk and not in the log, of photos and signatures, is looked for once all is saved: another tab may have logged it.
    pub fn rebase(self, stored: Draft) {
        // What is being typed is work too.
        self.keep_typed();
        let mine = self.content.try_with_untracked(|content| content.draft.clone());
        let (Some(mine), Some((places, changes))) = (mine, self.autosave.take_unsaved()) else { return };
        let Rebased { edits, again } =
            rebase((&stored.answers, &stored.notes), (&mine.answers, &mine.notes), places.iter(), &changes);
        let now = self.now();
        let (here, there) = (mine.head.subject.place.coordinates, stored.head.subject.place.coordinates);
        let moved = Change::of_position(now, there, here).filter(|moved| {
            changes.iter().find(|change| change.what == What::Position).is_some_and(|first| first.from == moved.from)
        });
        let described = Change::of_subject(now, &stored.head.subject, &mine.head.subject).filter(|described| {
            changes.iter().find(|change| change.what == What::Subject).is_some_and(|first| first.from == described.from)
        });
        self.renew(stored);
        let of_the_sheet = |change: &Change| matches!(change.what, What::Carried(_) | What::Reopened(_));
        changes.into_iter().filter(of_the_sheet).for_each(|change| self.autosave.log(change));
        if let Some(moved) = moved {
            self.content.update(|content| content.draft.head.subject.place.coordinates = here);
            self.autosave.log(moved);
        }
        if let Some(described) = described {
            self.content.update(|content| {
                let subject = &mut content.draft.head.subject;
                let coordinates = subject.place.coordinates;
                *subject = mine.head.subject;
                subject.place.coordinates = coordinates;
            });
            self.autosave.log(described);
        }
        edits.into_iter().for_each(|edit| self.dispatch(edit));
        // After the edits: each takes its own place off the list.
        self.content.update(|content| {
            let head = &mut content.draft.head;
            head.doubt = head.doubt.or(mine.head.doubt);
            head.again.extend(again);
            head.again.sort();
            head.again.dedup();
        });
        self.save_again();
    }
}
