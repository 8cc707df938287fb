//! The sheet that is open: one at a time, and it stays open from the sheet to the review and back. One whose work is not
//! on disk stays in memory until it is.

use crate::{
    context::App,
    services::Services,
    state::{
        autosave::SaveState,
        rubrics::{self, Ready},
        session::Session,
    },
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    draft::{Head, Phase},
    id::AssessmentId,
    ports::StoreError,
    subject::{Stage, Subject},
};
use leptos::prelude::Owner;

/// The sheet that is open, if any.
#[derive(Debug, Clone, Copy)]
pub struct OpenSheet {
    /// What is open.
    pub state: RwSignal<Opening>,
    owner: StoredValue<Owner>,
    /// Sheets in memory with their owners, the last opened at the end: that one, the one before, which a page may still
    /// show for a moment, and those that are not on disk.
    sheets: StoredValue<Vec<(Session, Owner)>>,
    services: Services,
}

/// How far opening is.
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
    pub fn new(services: Services) -> Self {
        Self {
            state: RwSignal::new(Opening::Missing),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            sheets: StoredValue::new(Vec::new()),
            services,
        }
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
            sheets.iter().find_map(|(session, _)| match session.autosave.state.get() {
                SaveState::Failed(error) => Some((*session, error)),
                _ => None,
            })
        })
    }

    /// The sheet in memory that is not on disk and has such a head, the one opened last.
    fn unsettled(self, is: &dyn Fn(&Head) -> bool) -> Option<Session> {
        let of = |session: &Session| {
            !session.autosave.settled() && session.content.with_untracked(|content| is(&content.draft.head))
        };
        self.sheets.with_value(|sheets| sheets.iter().map(|(session, _)| *session).rfind(of))
    }

    /// Opens a stored draft, unless it is the one that is open or one that could not be saved.
    pub fn open(self, assessment: AssessmentId) {
        if self.session().is_some_and(|session| session.assessment() == assessment) {
            return;
        }
        let unsaved = self.unsettled(&|head| head.assessment == assessment);
        if let Some(session) = unsaved {
            self.state.set(Opening::Open(session));
            return;
        }
        self.state.set(Opening::Loading);
        let services = self.services;
        let opening = services.ports().store.open(assessment);
        leptos::task::spawn_local(async move {
            let state = match opening.await {
                Ok(None) => Opening::Missing,
                Ok(Some(draft)) if draft.head.phase != Phase::Draft => Opening::Finished(assessment),
                Ok(Some(draft)) => match rubrics::find(services, &draft.head.rubric).await {
                    Some(rubric) => Opening::Open(self.put(|| Session::stored(services, rubric, draft))),
                    None => Opening::RubricGone(assessment),
                },
                Err(StoreError::Corrupt) => Opening::Damaged(assessment),
                Err(error) => Opening::Failed(error),
            };
            self.state.set(state);
        });
    }

    /// Begins an assessment and saves it; it is open at once, and stays so if the store cannot have it.
    pub fn start(self, ready: Ready, stage: Stage, subject: Subject) -> AssessmentId {
        let session = self.put(|| Session::begin(self.services, ready, stage, subject));
        self.state.set(Opening::Open(session));
        session.save_again();
        session.assessment()
    }

    /// Begins an assessment with the answers of another, under another version of its rubric; the other stays as it is.
    pub fn carry(self, from: Session, ready: Ready) -> AssessmentId {
        from.keep_typed();
        let session = self.put(|| Session::carried(self.services, ready, from));
        self.state.set(Opening::Open(session));
        session.save_again();
        session.assessment()
    }

    /// Opens a new sheet of the rubric file of this name, stored from its first answer on.
    pub fn begin(self, name: &str) {
        self.state.set(Opening::Loading);
        let (services, name) = (self.services, name.to_owned());
        leptos::task::spawn_local(async move {
            let state = match rubrics::built_in(services, &name).await {
                Ok(ready) => {
                    // Nobody names the product of a sheet that a link begins.
                    let is =
                        |head: &Head| head.subject.product.is_empty() && head.rubric.sha256 == ready.reference.sha256;
                    let begun = self.unsettled(&is);
                    let begin = || Session::begin(services, ready, Stage::default(), Subject::default());
                    Opening::Open(begun.unwrap_or_else(|| self.put(begin)))
                }
                Err(unusable) => Opening::RubricUnusable(unusable),
            };
            self.state.set(state);
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
            let gone = sheets.iter().take(spare).position(|(session, _)| session.autosave.settled());
            gone.map(|gone| sheets.remove(gone).1.cleanup())
        });
        session
    }

    /// Lets go of the open sheet, once it is finished.
    pub fn close(self) {
        self.state.set(Opening::Missing);
        if let Some((_, owner)) = self.sheets.try_update_value(Vec::pop).flatten() {
            owner.cleanup();
        }
    }
}
