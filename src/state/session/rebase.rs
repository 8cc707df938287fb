//! What is in memory alone, put over what another tab saved of the same sheet. Comes with the part.

use super::Session;
use bintang_domain::{
    draft::Draft,
    log::{Change, What},
    rebase::{Rebased, rebase},
};

impl Session {
    /// Goes on from what is stored, with this tab's work on top of it; nothing happens while a save is under way.
    pub fn rebase(self, stored: Draft) {
        // What is being typed is work too.
        self.keep_typed();
        let mine = self.content.try_with_untracked(|content| content.draft.clone());
        let (Some(mine), Some((places, changes))) = (mine, self.autosave.take_unsaved()) else { return };
        let Rebased { edits, again } =
            rebase((&stored.answers, &stored.notes), (&mine.answers, &mine.notes), places.iter(), &changes);
        let moved = changes.iter().any(|change| change.what == What::Position);
        let here = stored.head.subject.place.coordinates;
        self.renew(stored);
        // What edits do not make anew: photos and signatures are on disk, and only their places in the log are missing.
        let made_anew = |what: &What| matches!(what, What::Answer(_) | What::Note(_) | What::Position);
        changes.into_iter().filter(|change| !made_anew(&change.what)).for_each(|change| self.autosave.log(change));
        self.content.update(|content| {
            let head = &mut content.draft.head;
            head.doubt = head.doubt.or(mine.head.doubt);
            head.again.extend(again);
            head.again.sort();
            head.again.dedup();
            if moved {
                head.subject.place.coordinates = mine.head.subject.place.coordinates;
            }
        });
        if moved {
            self.autosave.log(Change::of_position(self.now(), here, mine.head.subject.place.coordinates));
        }
        edits.into_iter().for_each(|edit| self.dispatch(edit));
        self.save_again();
    }
}
