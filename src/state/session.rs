//! One open sheet: its answers, its score, its saving. Lives as long as the app stays with the assessment, so that what
//! could not be saved yet is not lost on the way from the sheet to the review.

use crate::{
    services::Services,
    state::{
        autosave::Autosave,
        rubrics::{self, Ready},
    },
};
use bintang_domain::{
    answers::{Answer, Answers},
    draft::{Draft, Head, Phase, Revision, Summary},
    edit::{Edit, Notes, Place},
    endpoint::Endpoint,
    id::{AssessmentId, NodeId, SubmissionId},
    outlook::outlook,
    ports::StoreError,
    progress::{self, Progress},
    rubric::{CriterionIndex, Rubric},
    score::{Score, Scorer, Standing},
    subject::{Assessor, Stage, Subject},
    submission::{Finish, NotFinishable},
    wire::envelope::RubricRef,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Steps of undo that are kept.
const UNDO_STEPS: usize = 100;

/// The content of an open sheet.
#[derive(Debug, Clone)]
pub struct Content {
    /// The draft as the screen shows it.
    pub draft: Draft,
    /// Its points, kept up to date edit by edit.
    pub scorer: Scorer,
    /// Its score.
    pub score: Arc<Score>,
    undo: Vec<Edit>,
}

/// How one criterion stands, as its card shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The answer, if there is one.
    pub answer: Option<Answer>,
    /// How it stands.
    pub standing: Standing,
    /// Its own points.
    pub points: bintang_domain::points::Points,
}

/// An open sheet.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    /// What the screen shows; written by [`Session::dispatch`] alone.
    pub content: RwSignal<Content>,
    /// Its saving.
    pub autosave: Autosave,
    rubric: StoredValue<Arc<Rubric>>,
    begun_here: Option<i64>,
    services: Services,
}

/// Why finishing did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinishError {
    /// Something is missing.
    NotFinishable(NotFinishable),
    /// Something is not saved yet.
    Unsaved,
    /// The store could not do it.
    Store(StoreError),
}

fn summary(scorer: &Scorer, score: &Score) -> Summary {
    let Progress { answered, asked } = progress::of(scorer, 0..scorer.rubric().criteria.len());
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Summary {
        answered: count(answered),
        asked: count(asked),
        unknown_requirements: count(score.unknown_requirements.len()),
        stars: score.stars,
        highest: scorer.rubric().highest_star(),
        total: score.total,
        max: score.max,
        complete: score.complete,
        withheld: score.withheld,
    }
}

/// The head of a new assessment, not stored yet.
#[must_use]
pub fn new_head(services: Services, rubric: &Rubric, reference: RubricRef, stage: Stage, subject: Subject) -> Head {
    let (now, random) = services.with(|ports| (ports.clock.now(), ports.clock.random()));
    let scorer = Scorer::new(Arc::new(rubric.clone()));
    Head {
        assessment: AssessmentId::new(now, &random),
        revision: Revision::default(),
        stage,
        subject: Subject { commodity: rubric.commodity.clone(), ..subject },
        assessor: Assessor::default(),
        rubric: reference,
        return_to: None,
        summary: summary(&scorer, &outlook(&scorer)),
        started: now,
        changed: now,
        phase: Phase::Draft,
    }
}

impl Session {
    /// Opens a draft with its rubric. `stored` says whether the store has it already.
    #[must_use]
    pub fn new(services: Services, rubric: Arc<Rubric>, draft: Draft) -> Self {
        let scorer = Scorer::with_answers(rubric.clone(), &draft.answers);
        let score = Arc::new(outlook(&scorer));
        let stored = draft.head.revision;
        let saved_at = (stored > Revision::default()).then_some(draft.head.changed);
        let begun_here = saved_at.is_none().then(|| services.with(|ports| ports.clock.monotonic()));
        Self {
            content: RwSignal::new(Content { draft, scorer, score, undo: Vec::new() }),
            autosave: Autosave::new(services, stored, saved_at),
            rubric: StoredValue::new(rubric),
            begun_here,
            services,
        }
    }

    /// Opens a new sheet of a rubric; its file is kept at once, the sheet itself from its first answer on.
    #[must_use]
    pub fn begin(services: Services, ready: Ready) -> Self {
        let head = new_head(services, &ready.rubric, ready.reference, Stage::default(), Subject::default());
        let keeping = services.with(|ports| ports.rubrics.keep(ready.bytes));
        leptos::task::spawn_local(async move {
            // A lost file is looked for among the built-in ones when the draft is opened again.
            let _ = keeping.await;
        });
        Self::new(services, ready.rubric, Draft { head, answers: Answers::default(), notes: Notes::new() })
    }

    /// The rubric.
    #[must_use]
    pub fn rubric(self) -> Arc<Rubric> {
        self.rubric.get_value()
    }

    /// Which assessment.
    #[must_use]
    pub fn assessment(self) -> AssessmentId {
        self.content.with_untracked(|content| content.draft.head.assessment)
    }

    /// The score now; renews the view at each edit.
    #[must_use]
    pub fn score(self) -> Arc<Score> {
        self.content.with(|content| content.score.clone())
    }

    /// How a criterion stands now; renews the view at each edit.
    #[must_use]
    pub fn cell(self, index: CriterionIndex) -> Option<Cell> {
        self.content.with(|content| {
            let criterion = content.scorer.rubric().criterion(index)?;
            Some(Cell {
                answer: content.draft.answers.criteria.get(&criterion.id).cloned(),
                standing: content.scorer.standing(index),
                points: content.scorer.points(index),
            })
        })
    }

    /// Does one edit: answers, score and save, all in the task of the tap.
    pub fn dispatch(self, edit: Edit) {
        self.write(edit, true);
    }

    /// Takes the last edit back.
    pub fn undo(self) {
        if let Some(edit) = self.content.try_update(|content| content.undo.pop()).flatten() {
            self.write(edit, false);
        }
    }

    /// What undo would take back; renews the view at each edit.
    #[must_use]
    pub fn undoable(self) -> Option<Place> {
        self.content.with(|content| content.undo.last().map(Edit::place))
    }

    fn write(self, edit: Edit, undoable: bool) {
        let place = edit.place();
        self.content.update(|content| {
            let Content { draft, scorer, score, undo } = content;
            if let Place::Criterion(criterion) = &place {
                draft.head.return_to = Some(criterion.clone());
            }
            let back = draft.answers.apply(&mut draft.notes, edit);
            match &place {
                Place::Criterion(id) => {
                    if let Some(index) = scorer.rubric().index_of(id.as_str()) {
                        scorer.set(index, draft.answers.criteria.get(id));
                    }
                }
                Place::Requirement(id) => scorer.set_requirement(id, draft.answers.requirements.get(id).copied()),
                Place::Knockout(id) => scorer.set_flag(id, draft.answers.flags.contains(id)),
            }
            *score = Arc::new(outlook(scorer));
            draft.head.summary = summary(scorer, score);
            if undoable && back_differs(&back, draft) {
                if undo.len() == UNDO_STEPS {
                    undo.remove(0);
                }
                undo.push(back);
            }
        });
        self.content.with_untracked(|content| self.autosave.save(&content.draft, [place]));
    }

    /// Remembers the criterion that is worked on as the place to return to, before anything is answered there.
    pub fn enter(self, criterion: &NodeId) {
        let moved = self.content.with_untracked(|content| {
            content.draft.head.return_to.as_ref() != Some(criterion) && self.autosave.is_begun()
        });
        if moved {
            self.content.update_untracked(|content| content.draft.head.return_to = Some(criterion.clone()));
            self.content.with_untracked(|content| self.autosave.save(&content.draft, []));
        }
    }

    /// Saves what is not saved yet.
    pub fn save_again(self) {
        self.content.with_untracked(|content| self.autosave.save(&content.draft, []));
    }

    /// Finishes: the draft becomes an outbox entry in one transaction.
    ///
    /// # Errors
    /// [`FinishError`]; the draft is as it was.
    pub async fn finish(self, assessor: Assessor, endpoint: Option<Endpoint>) -> Result<(), FinishError> {
        let settled = self.autosave.settled().ok_or(FinishError::Unsaved)?;
        let (now, monotonic, random) =
            self.services.with(|ports| (ports.clock.now(), ports.clock.monotonic(), ports.clock.random()));
        let (mut draft, score) = self.content.with_untracked(|content| (content.draft.clone(), content.score.clone()));
        draft.head.revision = settled;
        let finish = Finish {
            id: SubmissionId::new(now, &random),
            now,
            monotonic_span: self.begun_here.map(|begun| monotonic - begun),
            assessor,
            endpoint,
            app: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let (head, entry) = draft.finalise(&self.rubric(), &score, finish).map_err(FinishError::NotFinishable)?;
        let finishing = self.services.with(|ports| ports.drafts.finish(settled, head, entry));
        finishing.await.map_err(FinishError::Store)
    }
}

/// Whether taking `edit` back would change anything.
fn back_differs(back: &Edit, draft: &Draft) -> bool {
    match back {
        Edit::Choose(id, before) => draft.answers.criteria.get(id) != before.as_ref(),
        Edit::Require(id, before) => draft.answers.requirements.get(id).copied() != *before,
        Edit::Flag(id, before) => draft.answers.flags.contains(id) != *before,
        Edit::Note(place, before) => draft.notes.get(place).map_or("", String::as_str) != before,
    }
}

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
    /// Puts an empty place into the context; sheets opened in it belong to the app, not to a page.
    pub fn provide(services: Services) -> Self {
        let open = Self {
            state: RwSignal::new(Opening::Missing),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            owners: StoredValue::new([None, None]),
            services,
        };
        provide_context(open);
        open
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
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
        let opening = services.with(|ports| ports.drafts.open(assessment));
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
            self.state.try_set(state);
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
                    self.state.try_set(Opening::RubricUnusable(unusable));
                }
            }
        });
    }

    fn put(self, make: impl FnOnce() -> Session) {
        let owner = self.owner.with_value(Owner::child);
        let session = owner.with(make);
        self.state.try_set(Opening::Open(session));
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
