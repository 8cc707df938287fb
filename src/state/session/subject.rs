//! Correcting who and what is assessed. Comes with the part.

use super::Session;
use bintang_domain::{
    log::Change,
    subject::{Place, Subject},
};

impl Session {
    /// Says who and what is assessed from now on; `false` where another tab writes. Commodity and position are not said here.
    pub fn describe(self, subject: Subject) -> bool {
        if !self.writes() {
            return false;
        }
        let now = self.now();
        let change = self.content.try_update(|content| {
            let head = &mut content.draft.head;
            let place = Place { coordinates: head.subject.place.coordinates, ..subject.place };
            let subject = Subject { commodity: head.subject.commodity.clone(), place, ..subject };
            let change = Change::of_subject(now, &head.subject, &subject);
            if change.is_some() {
                (head.subject, head.changed) = (subject, now);
            }
            change
        });
        self.log(change.flatten());
        true
    }
}
