//! Sheets that begin with answers: a re-evaluation from an earlier assessment, and the sample. Comes with the part.

use super::{Session, new_head};
use crate::{
    services::Services,
    state::{autosave::First, compare::Side, rubrics::Ready},
};
use bintang_domain::{
    answers::{Answer, Answers},
    carry::carry,
    draft::Draft,
    edit::{Notes, Place},
    id::NodeId,
    log::{Change, What},
    subject::{Stage, Subject},
};

impl Session {
    /// A new sheet for the re-evaluation: the earlier answers to criteria, as far as they fit, each marked to be looked at.
    /// Papers run out and notes tell of another day, so both begin empty.
    #[must_use]
    pub fn suggested(services: Services, ready: Ready, subject: Subject, from: &Side) -> Self {
        let earlier = Answers { criteria: from.answers.criteria.clone(), ..Answers::default() };
        let carried = carry(&earlier, &Notes::new(), &from.rubric, &ready.rubric);
        let mut head = new_head(services, ready.rubric.clone(), ready.reference, Stage::Evaluasi, subject);
        let places: Vec<Place> = carried.answers.places().collect();
        head.again = places.iter().cloned().chain(carried.again).collect();
        head.again.sort();
        head.again.dedup();
        let (at, copied) = (head.started, What::Carried(from.head.assessment));
        let draft = Draft { head, answers: carried.answers, notes: Notes::new() };
        let first = First { rubric: Some(ready.bytes), places: places.into_iter().collect() };
        let session = Self::new(services, ready.rubric, draft, first);
        session.autosave.log(Change::of_event(at, copied));
        session
    }

    /// A sample with these answers.
    #[must_use]
    pub fn sample(services: Services, ready: Ready, subject: Subject, answers: Vec<(NodeId, Answer)>) -> Self {
        let mut head = new_head(services, ready.rubric.clone(), ready.reference, Stage::default(), subject);
        head.sample = true;
        let mut given = Answers::default();
        given.criteria.extend(answers);
        let first = First { rubric: Some(ready.bytes), places: given.places().collect() };
        Self::new(services, ready.rubric, Draft { head, answers: given, notes: Notes::new() }, first)
    }
}
