//! The one way answers change.

use crate::{
    answers::{Answer, Answers},
    id::{KnockoutId, NodeId, RequirementId},
    map::Map,
};

/// What an answer, a note or a record belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A criterion.
    Criterion(NodeId),
    /// A requirement.
    Requirement(RequirementId),
    /// A knockout.
    Knockout(KnockoutId),
}

impl Place {
    /// Its id in the rubric, which people know as its code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Criterion(id) => id.as_str(),
            Self::Requirement(id) => id.as_str(),
            Self::Knockout(id) => id.as_str(),
        }
    }
}

/// The assessor's words, by what they are about; no entry is empty.
pub type Notes = Map<Place, String>;

/// A change an assessor makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Answers a criterion, or takes the answer back (`None`).
    Choose(NodeId, Option<Answer>),
    /// Says whether a paper is there, or that it is unknown (`None`).
    Require(RequirementId, Option<bool>),
    /// Raises or lowers a flag.
    Flag(KnockoutId, bool),
    /// Writes a note; an empty text removes it.
    Note(Place, String),
}

impl Edit {
    /// What the edit touches.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Choose(criterion, _) => Place::Criterion(criterion.clone()),
            Self::Require(requirement, _) => Place::Requirement(requirement.clone()),
            Self::Flag(knockout, _) => Place::Knockout(knockout.clone()),
            Self::Note(place, _) => place.clone(),
        }
    }
}

impl Answers {
    /// Applies `edit` and returns the edit that undoes it. Whether an id belongs to the rubric is checked where answers
    /// come from outside ([`crate::wire::answers`]); the screen can only offer what the rubric has.
    pub fn apply(&mut self, notes: &mut Notes, edit: Edit) -> Edit {
        match edit {
            Edit::Choose(criterion, answer) => {
                let before = match answer {
                    Some(answer) => self.criteria.insert(criterion.clone(), answer),
                    None => self.criteria.remove(&criterion),
                };
                Edit::Choose(criterion, before)
            }
            Edit::Require(requirement, met) => {
                let before = match met {
                    Some(met) => self.requirements.insert(requirement.clone(), met),
                    None => self.requirements.remove(&requirement),
                };
                Edit::Require(requirement, before)
            }
            Edit::Flag(knockout, raised) => {
                let before = if raised { !self.flags.insert(knockout.clone()) } else { self.flags.remove(&knockout) };
                Edit::Flag(knockout, before)
            }
            Edit::Note(place, text) => {
                let before =
                    if text.trim().is_empty() { notes.remove(&place) } else { notes.insert(place.clone(), text) };
                Edit::Note(place, before.unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ChoiceId;
    use proptest::prelude::*;

    fn edits() -> impl Strategy<Value = Edit> {
        let id = "[ab]";
        prop_oneof![
            (id, proptest::option::of("[xy]")).prop_map(|(c, o)| Edit::Choose(
                NodeId::parse(&c).unwrap(),
                o.map(|o| Answer::Option(ChoiceId::parse(&o).unwrap()))
            )),
            (id, any::<Option<bool>>()).prop_map(|(r, m)| Edit::Require(RequirementId::parse(&r).unwrap(), m)),
            (id, any::<bool>()).prop_map(|(k, r)| Edit::Flag(KnockoutId::parse(&k).unwrap(), r)),
            (id, "[ mn]{0,2}").prop_map(|(c, t)| Edit::Note(Place::Criterion(NodeId::parse(&c).unwrap()), t)),
        ]
    }

    proptest! {
        #[test]
        fn undoing_every_edit_backwards_restores_the_sheet(first in proptest::collection::vec(edits(), 0..20),
                                                          then in proptest::collection::vec(edits(), 0..20)) {
            let (mut answers, mut notes) = (Answers::default(), Notes::new());
            for edit in first { answers.apply(&mut notes, edit); }
            let before = (answers.clone(), notes.clone());
            let undo: Vec<_> = then.into_iter().map(|edit| answers.apply(&mut notes, edit)).collect();
            for edit in undo.into_iter().rev() { answers.apply(&mut notes, edit); }
            prop_assert_eq!((answers, notes), before);
        }
    }
}
