//! What a sheet has of the visit: its place, and what a signature signs.

use super::Session;
use bintang_domain::{
    answers::Sheet, clock::doubt_of_position, digest::Digest, draft::Draft, log::Change, signature,
    subject::Coordinates,
};

impl Session {
    /// Takes down where the visit is, or that nobody may know.
    pub fn locate(self, place: Option<Coordinates>) {
        if !self.writes() {
            return;
        }
        self.measured(place);
        let now = self.now();
        let before = self
            .content
            .try_update(|content| std::mem::replace(&mut content.draft.head.subject.place.coordinates, place));
        if let Some(before) = before {
            self.log(Change::of_position(now, before, place));
        }
    }

    /// A position knows the time: it is held against the phone's clock.
    pub fn measured(self, place: Option<Coordinates>) {
        let now = self.services.ports().clock.now();
        self.doubt(place.and_then(|place| doubt_of_position(now, place.at, 0)));
    }

    /// The sum of what a signature signs now; renews the view at each edit.
    #[must_use]
    pub fn sum(self) -> Digest {
        self.content.with(|content| {
            let (rubric, Draft { answers, notes, .. }) = (content.scorer.rubric(), &content.draft);
            let (id, version) = (rubric.id.clone(), rubric.version.clone());
            signature::sum(&Sheet { rubric: id, version, answers: answers.clone() }, notes)
        })
    }
}
