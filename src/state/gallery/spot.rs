//! Where a new photo belongs.

use crate::state::session::Session;
use bintang_domain::{
    answers::Answer,
    id::{ChoiceId, NodeId, PhotoId},
};

/// Where a new photo belongs.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The criterion that it proves.
    pub criterion: NodeId,
    /// And the option.
    pub option: Option<ChoiceId>,
    /// The photo that is taken again: it goes once the new one is on disk.
    pub in_place_of: Option<PhotoId>,
}

impl Spot {
    /// Of a criterion, and the option that is chosen there now.
    #[must_use]
    pub fn of(session: Session, criterion: &NodeId, in_place_of: Option<PhotoId>) -> Self {
        let cell = session.rubric().index_of(criterion.as_str()).and_then(|index| session.cell(index));
        let option = match cell.and_then(|cell| cell.with_untracked(|cell| cell.answer.clone())) {
            Some(Answer::Option(option) | Answer::Case(_, option)) => Some(option),
            Some(Answer::Ticked(_) | Answer::None | Answer::NotApplicable) | None => None,
        };
        Self { criterion: criterion.clone(), option, in_place_of }
    }
}
