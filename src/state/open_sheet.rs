//! The sheet that is open: one at a time, and it stays open from the sheet to the review and back. One whose work is not
//! on disk stays in memory until it is.

use crate::{
    context::App,
    services::Services,
    state::{
        autosave::SaveState,
        compare::Side,
        drafts::Drafts,
        rubrics::{self, Ready},
        session::Session,
        turn::Desk,
    },
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    draft::{Draft, Head, Phase},
    id::AssessmentId,
    ports::StoreError,
    rubric::Rubric,
    subject::{Stage, Subject},
};
use leptos::prelude::Owner;
use std::sync::Arc;

/// The sheet that is open, if any.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "the desk has functions")]
pub struct OpenSheet {
    /// What is open.
    pub state: RwSignal<Opening>,
    owner: StoredValue<Owner>,
    /// Sheets in memory with their owners, the last opened at the end: that one, the one before, which a page may still
    /// show for a moment, and those that are not on disk.
    sheets: StoredValue<Vec<(Session, Owner)>>,
    /// Counts what was asked for, so that a sheet that is read too late does not take the place of a newer one.
    turn: StoredValue<u32>,
    /// What the other tabs have to do with them.
    pub desk: Desk,
    services: Services,
}

/// How far opening is.
#[expect(
    clippy::large_enum_variant,
    reason = "a session is a bundle of handles that is copied freely; one is open at a time"
)]
#[derive(Debug, Clone)]
pub enum Opening {
    /// Being read.
    Loading,
    /// Open.
    Open(Session),
    /// A finished assessment: it has a result, not a sheet.
    Finished(AssessmentId),
    /// There is none.
    Missing,
    /// Its records cannot be read.
    Damaged(AssessmentId),
    /// The store could not give it.
    Failed(StoreError),
    /// Its rubric is gone.
    RubricGone(AssessmentId),
    /// The rubric that the link names cannot be used.
    RubricUnusable(rubrics::Unusable),
}

impl OpenSheet {
    /// An empty place; sheets opened in it belong to the app, not to a page.
    #[must_use]
    pub fn new(services: Services, drafts: Drafts) -> Self {
        Self {
            state: RwSignal::new(Opening::Missing),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            sheets: StoredValue::new(Vec::new()),
            turn: StoredValue::new(0),
            desk: Desk::new(services, drafts),
            services,
        }
    }

    /// Shows this in place of everything asked for before.
    fn show(self, opening: Opening) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.state.set(opening);
        turn
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().open
    }

    /// The open session, untracked.
    #[must_use]
    pub fn session(self) -> Option<Session> {
        self.state.with_untracked(|state| match state {
            Opening::Open(session) => Some(*session),
            _ => None,
        })
    }

    /// A sheet in memory that could not be saved, and why; renews the view.
    #[must_use]
    pub fn unsaved(self) -> Option<(Session, StoreError)> {
        self.sheets.with_value(|sheets| {
            sheets.iter().find_map(|(session, _)| match session.saving() {
                SaveState::Failed(error) => Some((*session, error)),
                _ => None,
            })
        })
    }

    /// The sheet in memory that is not on disk and has such a head, the one opened last; it is to be opened.
    fn unsettled(self, is: &dyn Fn(&Head) -> bool) -> Option<Session> {
        let of =
            |session: &Session| !session.settled() && session.content.with_untracked(|content| is(&content.draft.head));
        // It moves to the end, for it is opened now.
        let found = self.sheets.try_update_value(|sheets| {
            let place = sheets.iter().rposition(|(session, _)| of(session))?;
            let found = sheets.remove(place);
            sheets.push(found);
            sheets.last().map(|(session, _)| *session)
        });
        found.flatten()
    }

    /// Opens a stored draft, unless it is the one that is open or one that could not be saved.
    pub fn open(self, assessment: AssessmentId) {
        if self.session().is_some_and(|session| session.assessment() == assessment) {
            return;
        }
        let unsaved = self.unsettled(&|head| head.assessment == assessment);
        if let Some(session) = unsaved {
            self.show(Opening::Open(session));
            return;
        }
        let turn = self.show(Opening::Loading);
        let services = self.services;
        leptos::task::spawn_local(async move {
            let read = read(services, assessment).await;
            if self.turn.get_value() == turn {
                self.show(match read {
                    Ok((rubric, draft)) => Opening::Open(self.put(|| Session::stored(services, rubric, draft))),
                    Err(why) => why,
                });
            }
        });
    }

    /// Opens a sheet that was just made, and saves it; it stays open if the store cannot have it.
    fn keep(self, session: Session) -> AssessmentId {
        self.show(Opening::Open(session));
        session.save_again();
        session.assessment()
    }

    /// Begins an assessment.
    pub fn start(self, ready: Ready, stage: Stage, subject: Subject) -> AssessmentId {
        self.keep(self.put(|| Session::begin(self.services, ready, stage, subject)))
    }

    /// Begins an assessment with the answers of another, under another version of its rubric; the other stays as it is.
    pub fn carry(self, from: Session, ready: Ready) -> AssessmentId {
        from.keep_typed();
        self.keep(self.put(|| Session::carried(self.services, ready, from)))
    }

    /// Opens a sheet that was just made, stored from its first answer on.
    pub fn prepared(self, make: impl FnOnce() -> Session) -> Session {
        let session = self.put(make);
        self.show(Opening::Open(session));
        session
    }

    /// Opens a sample that was just made.
    pub fn play(self, make: impl FnOnce() -> Session) -> AssessmentId {
        self.keep(self.put(make))
    }

    /// Begins a re-evaluation with the answers of an earlier assessment as suggestions.
    pub fn suggest(self, ready: Ready, subject: Subject, from: &Side) -> AssessmentId {
        self.keep(self.put(|| Session::suggested(self.services, ready, subject, from)))
    }

    /// Opens a new sheet of the rubric file of this name, stored from its first answer on.
    pub fn begin(self, name: &str) {
        let turn = self.show(Opening::Loading);
        let (services, name) = (self.services, name.to_owned());
        leptos::task::spawn_local(async move {
            let read = rubrics::built_in(services, &name).await;
            if self.turn.get_value() != turn {
                return;
            }
            self.show(match read {
                Ok(ready) => {
                    // Nobody names the product of a sheet that a link begins.
                    let is =
                        |head: &Head| head.subject.product.is_empty() && head.rubric.sha256 == ready.reference.sha256;
                    let begun = self.unsettled(&is);
                    let begin = || Session::begin(services, ready, Stage::default(), Subject::default());
                    Opening::Open(begun.unwrap_or_else(|| self.put(begin)))
                }
                Err(unusable) => Opening::RubricUnusable(unusable),
            });
        });
    }

    /// Keeps a new sheet in memory, and lets go of those that nothing needs any more.
    fn put(self, make: impl FnOnce() -> Session) -> Session {
        let owner = self.owner.with_value(Owner::child);
        let session = owner.with(make);
        self.sheets.try_update_value(|sheets| {
            sheets.push((session, owner));
            // The oldest first; what is not on disk stays.
            let spare = sheets.len().saturating_sub(2);
            let gone = sheets.iter().take(spare).position(|(session, _)| session.settled());
            gone.map(|gone| sheets.remove(gone).1.cleanup())
        });
        session
    }

    /// Whether all of this sheet is on disk, as far as this page has it.
    #[must_use]
    pub fn is_settled(self, assessment: AssessmentId) -> bool {
        let of = |(session, _): &&(Session, Owner)| session.assessment() == assessment;
        self.sheets.with_value(|sheets| sheets.iter().find(of).is_none_or(|(session, _)| session.settled()))
    }

    /// Whether all sheets in memory are on disk.
    #[must_use]
    pub fn all_settled(self) -> bool {
        self.sheets.with_value(|sheets| sheets.iter().all(|(session, _)| session.settled()))
    }

    /// Keeps what is being typed.
    pub fn keep_typed(self) {
        self.sheets.with_value(|sheets| sheets.iter().for_each(|(session, _)| session.keep_typed()));
    }

    /// Whether a photo of a sheet in memory is being scaled.
    #[must_use]
    pub fn is_scaling(self) -> bool {
        self.sheets.with_value(|sheets| sheets.iter().any(|(session, _)| session.gallery.is_scaling()))
    }

    /// The page goes out of view.
    pub fn went_out_of_view(self) {
        self.sheets.with_value(|sheets| sheets.iter().for_each(|(session, _)| session.went_out_of_view()));
    }

    /// The page came into view again.
    pub fn came_into_view(self) {
        self.sheets.with_value(|sheets| sheets.iter().for_each(|(session, _)| session.came_into_view()));
    }

    /// Lets go of a sheet, once it is finished.
    pub fn close(self, assessment: AssessmentId) {
        if self.session().is_some_and(|session| session.assessment() == assessment) {
            self.show(Opening::Missing);
        }
        let finished = self.sheets.try_update_value(|sheets| {
            let place = sheets.iter().position(|(session, _)| session.assessment() == assessment)?;
            Some(sheets.remove(place))
        });
        if let Some((_, owner)) = finished.flatten() {
            owner.cleanup();
        }
    }
}

/// Reads a draft with its rubric; else what is to be said in its place.
async fn read(services: Services, assessment: AssessmentId) -> Result<(Arc<Rubric>, Draft), Opening> {
    let opening = services.ports().store.open(assessment);
    let draft = match opening.await {
        Ok(Some(draft)) => draft,
        Ok(None) => return Err(Opening::Missing),
        Err(StoreError::Corrupt) => return Err(Opening::Damaged(assessment)),
        Err(error) => return Err(Opening::Failed(error)),
    };
    if draft.head.phase != Phase::Draft {
        return Err(Opening::Finished(assessment));
    }
    match rubrics::find(services, &draft.head.rubric).await {
        Ok(Some(rubric)) => Ok((rubric, draft)),
        Ok(None) => Err(Opening::RubricGone(assessment)),
        Err(error) => Err(Opening::Failed(error)),
    }
}
