//! The sheet that is open: one at a time, and it stays open from the sheet to the review and back.

use crate::{
    context::App,
    services::Services,
    state::{rubrics, session::Session},
};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{draft::Phase, id::AssessmentId, ports::StoreError};
use leptos::prelude::Owner;

/// The sheet that is open, if any.
#[derive(Debug, Clone, Copy)]
pub struct OpenSheet {
    /// What is open.
    pub state: RwSignal<Opening>,
    owner: StoredValue<Owner>,
    /// Owner of the open sheet, and of the one before, which a page may still show for a moment.
    owners: StoredValue<[Option<Owner>; 2]>,
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
    RubricGone,
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
            owners: StoredValue::new([None, None]),
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

    /// Opens a stored draft, unless it is the one that is open.
    pub fn open(self, assessment: AssessmentId) {
        if self.session().is_some_and(|session| session.assessment() == assessment) {
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
                    Some(rubric) => return self.put(|| Session::new(services, rubric, draft)),
                    None => Opening::RubricGone,
                },
                Err(StoreError::Corrupt) => Opening::Damaged(assessment),
                Err(error) => Opening::Failed(error),
            };
            self.state.set(state);
        });
    }

    /// Opens a new sheet of the rubric file of this name.
    pub fn begin(self, name: &str) {
        self.state.set(Opening::Loading);
        let (services, name) = (self.services, name.to_owned());
        leptos::task::spawn_local(async move {
            match rubrics::built_in(services, &name).await {
                Ok(ready) => self.put(|| Session::begin(services, ready)),
                Err(unusable) => {
                    self.state.set(Opening::RubricUnusable(unusable));
                }
            }
        });
    }

    fn put(self, make: impl FnOnce() -> Session) {
        let owner = self.owner.with_value(Owner::child);
        let session = owner.with(make);
        self.state.set(Opening::Open(session));
        self.retire(Some(owner));
    }

    fn retire(self, next: Option<Owner>) {
        let gone = self
            .owners
            .try_update_value(|[current, before]| std::mem::replace(before, std::mem::replace(current, next)));
        if let Some(gone) = gone.flatten() {
            gone.cleanup();
        }
    }

    /// Lets go of the sheet, once it is finished.
    pub fn close(self) {
        self.state.set(Opening::Missing);
        self.retire(None);
    }
}
