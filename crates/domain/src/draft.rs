//! A draft: one assessment being worked on, and what the list shows of it.

use crate::{
    answers::{Answer, Answers},
    clock::Doubt,
    edit::{Notes, Place},
    id::{AssessmentId, NodeId, SubmissionId},
    log::{Line, Tail},
    points::{Fraction, Points},
    score::Withheld,
    subject::{Assessor, Stage, Subject},
    time::Millis,
    wire::envelope::{Replaces, RubricRef},
};

/// How often a draft was saved; a save names the one it builds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Revision(pub u64);

impl Revision {
    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// All that the list shows, and where to come back to. Read without the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// How often saved.
    pub revision: Revision,
    /// Where in the programme.
    pub stage: Stage,
    /// What is assessed.
    pub subject: Subject,
    /// By whom; taken over at finish from the settings.
    pub assessor: Assessor,
    /// With which rubric.
    pub rubric: RubricRef,
    /// The criterion last worked on.
    pub return_to: Option<NodeId>,
    /// What needs another look since the sheet was carried over from another version of its rubric.
    pub again: Vec<Place>,
    /// The score in short.
    pub summary: Summary,
    /// When it was begun.
    pub started: Millis,
    /// When it was last changed.
    pub changed: Millis,
    /// The end of its change log; `None` while nothing is logged.
    pub log: Option<Tail>,
    /// The finishing that the next one replaces, since the sheet was opened again.
    pub replaces: Option<Replaces>,
    /// Why its times are doubted.
    pub doubt: Option<Doubt>,
    /// A sample to play with: it is never finished, and so never sent.
    pub sample: bool,
    /// Draft or finished.
    pub phase: Phase,
}

/// The score in short, for the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Criteria answered of those asked.
    pub answered: u32,
    /// Criteria asked.
    pub asked: u32,
    /// Papers that nobody has looked for.
    pub unknown_requirements: u32,
    /// Stars now.
    pub stars: u8,
    /// Stars of the highest band.
    pub highest: u8,
    /// Points now.
    pub total: Fraction,
    /// Most points.
    pub max: Points,
    /// Nothing is missing.
    pub complete: bool,
    /// Why there are no stars.
    pub withheld: Option<Withheld>,
}

/// Whether an assessment is still worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Being worked on.
    Draft,
    /// Finished; its content stands in the outbox entry.
    Finished {
        /// The finishing.
        submission: SubmissionId,
        /// When.
        at: Millis,
        /// How far the outbox is with it.
        delivery: Delivery,
    },
}

/// How far the outbox is, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// On its way.
    Queued,
    /// Needs a person.
    Attention,
    /// The endpoint took it and proved nothing.
    Accepted,
    /// Proved by a receipt.
    Proved,
}

impl From<&crate::outbox::State> for Delivery {
    fn from(state: &crate::outbox::State) -> Self {
        use crate::outbox::State;
        match state {
            State::Waiting { .. } | State::Trying { .. } => Self::Queued,
            State::Attention(_) => Self::Attention,
            State::Accepted { .. } => Self::Accepted,
            State::Proved { .. } => Self::Proved,
        }
    }
}

/// A whole draft as it is opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its head.
    pub head: Head,
    /// The answers.
    pub answers: Answers,
    /// The notes.
    pub notes: Notes,
}

/// What stands in the answers' store for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Of a criterion.
    Answer(Answer),
    /// Of a requirement: whether it is met.
    Met(bool),
    /// Of a knockout: raised.
    Raised,
}

/// What one save writes beside the head: the new content of the places that changed, `None` for those now empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// Answers by place.
    pub answers: Vec<(Place, Option<Entry>)>,
    /// Notes by place.
    pub notes: Vec<(Place, Option<String>)>,
    /// What is new in the change log, in its order; the head has its end.
    pub log: Vec<Line>,
    /// The file of its rubric, with the first save: no draft without the rubric it was begun with.
    pub rubric: Option<Vec<u8>>,
}

impl Changes {
    /// What to write for these places, as the sheet stands now.
    #[must_use]
    pub fn of<'p>(places: impl Iterator<Item = &'p Place>, answers: &Answers, notes: &Notes) -> Self {
        let mut changes = Self::default();
        for place in places {
            let entry = match place {
                Place::Criterion(id) => answers.criteria.get(id).cloned().map(Entry::Answer),
                Place::Requirement(id) => answers.requirements.get(id).copied().map(Entry::Met),
                Place::Knockout(id) => answers.flags.contains(id).then_some(Entry::Raised),
            };
            changes.answers.push((place.clone(), entry));
            changes.notes.push((place.clone(), notes.get(place).cloned()));
        }
        changes
    }

    /// Makes a sheet agree with these changes: the reverse of [`Changes::of`].
    pub fn put_into(self, answers: &mut Answers, notes: &mut Notes) {
        for (place, entry) in self.answers {
            match (place, entry) {
                (Place::Criterion(id), Some(Entry::Answer(answer))) => drop(answers.criteria.insert(id, answer)),
                (Place::Criterion(id), _) => drop(answers.criteria.remove(&id)),
                (Place::Requirement(id), Some(Entry::Met(met))) => drop(answers.requirements.insert(id, met)),
                (Place::Requirement(id), _) => drop(answers.requirements.remove(&id)),
                (Place::Knockout(id), Some(Entry::Raised)) => drop(answers.flags.insert(id)),
                (Place::Knockout(id), _) => drop(answers.flags.remove(&id)),
            }
        }
        for (place, note) in self.notes {
            match note {
                Some(note) => drop(notes.insert(place, note)),
                None => drop(notes.remove(&place)),
            }
        }
    }
}
