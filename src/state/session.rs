//! One open sheet: its answers, its score, its saving. Lives as long as the app stays with the assessment, so that what
//! could not be saved yet is not lost on the way from the sheet to the review.

mod cell;
mod finish;
mod head;
mod place;
mod rebase;
mod settled;
mod subject;
mod suggested;
mod typing;
mod visit;

use crate::{
    services::Services,
    state::{
        autosave::{Autosave, First},
        gallery::Gallery,
        rubrics::Ready,
        turn::Turn,
    },
};
use bintang_dom::{RwSignal, StoredValue, effect};
use bintang_domain::{
    answers::Answers,
    carry::{Carried, carry},
    clock::{Doubt, Watch},
    draft::{Draft, Revision},
    edit::{Edit, Notes, Place},
    id::AssessmentId,
    log::{Change, What},
    map::Set,
    outlook::outlook,
    rubric::{CriterionIndex, Rubric},
    score::{Score, Scorer},
    subject::{Stage, Subject},
    time::Millis,
};
pub use cell::Cell;
pub use finish::FinishError;
use head::{new_head, summary};
use std::sync::Arc;
pub use typing::Typed;

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
    /// What takes the last edits back, the latest at the end.
    undo: Vec<Edit>,
    /// What does again what was taken back last, the latest at the end.
    redo: Vec<Edit>,
}

/// Where an edit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Hand,
    Undo,
    Redo,
}

/// An open sheet.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    id: AssessmentId,
    /// What the screen shows; written by [`Session::dispatch`] alone.
    pub content: RwSignal<Content>,
    /// How each criterion stands. An edit tells only those that it changes, so that its cost is not the sheet's size.
    cells: StoredValue<Vec<RwSignal<Cell>>>,
    /// Its saving.
    pub autosave: Autosave,
    /// Its photos.
    pub gallery: Gallery,
    /// Whether this tab may write.
    pub turn: RwSignal<Turn>,
    rubric: StoredValue<Arc<Rubric>>,
    /// What is being typed and waits for its pause.
    typed: StoredValue<Option<Typed>>,
    /// How often something was typed.
    keys: StoredValue<u64>,
    /// How many saves were begun when the place to return to became another one; the next takes it along.
    moved: StoredValue<Option<u64>>,
    begun_here: Option<i64>,
    watch: StoredValue<Watch>,
    services: Services,
}

impl Session {
    /// Opens a stored draft with its rubric.
    #[must_use]
    pub fn stored(services: Services, rubric: Arc<Rubric>, draft: Draft) -> Self {
        Self::new(services, rubric, draft, First::default())
    }

    fn new(services: Services, rubric: Arc<Rubric>, draft: Draft, first: First) -> Self {
        let scorer = Scorer::with_answers(rubric.clone(), &draft.answers);
        let score = Arc::new(outlook(&scorer));
        let clock = services.ports().clock.clone();
        let (now, monotonic) = (clock.now(), clock.monotonic());
        let begun_here = (draft.head.revision == Revision::default()).then_some(monotonic);
        let autosave = Autosave::new(services, &draft.head, first);
        let id = draft.head.assessment;
        let content = Content { draft, scorer, score, undo: Vec::new(), redo: Vec::new() };
        let cells = (0..rubric.criteria.len()).map(|index| RwSignal::new(content.cell(CriterionIndex(index))));
        let session = Self {
            id,
            cells: StoredValue::new(cells.collect()),
            content: RwSignal::new(content),
            autosave,
            gallery: Gallery::default(),
            turn: RwSignal::new(Turn::Mine),
            watch: StoredValue::new(Watch::begin(now, monotonic)),
            rubric: StoredValue::new(rubric),
            typed: StoredValue::new(None),
            keys: StoredValue::new(0),
            moved: StoredValue::new(None),
            begun_here,
            services,
        };
        effect(move || {
            // Also when it is this tab's turn again.
            if session.turn.get() == Turn::Mine && session.autosave.was_cut() {
                session.save_again();
            }
        });
        session
    }

    /// Opens a new sheet of a rubric; it is stored, with the rubric's file, from its first save on.
    #[must_use]
    pub fn begin(services: Services, ready: Ready, stage: Stage, subject: Subject) -> Self {
        let head = new_head(services, ready.rubric.clone(), ready.reference, stage, subject);
        let draft = Draft { head, answers: Answers::default(), notes: Notes::new() };
        Self::new(services, ready.rubric, draft, First { rubric: Some(ready.bytes), places: Set::default() })
    }

    /// A new sheet with the answers of another, as far as they fit this other version of its rubric.
    #[must_use]
    pub fn carried(services: Services, ready: Ready, from: Self) -> Self {
        let (before, to) = (from.rubric(), ready.rubric);
        let Draft { head: old, answers, notes } = from.content.with_untracked(|content| content.draft.clone());
        let Carried { answers, notes, again } = carry(&answers, &notes, &before, &to);
        let mut head = new_head(services, to.clone(), ready.reference, old.stage, old.subject);
        head.sample = old.sample;
        (head.again, head.return_to) = (again, old.return_to.filter(|id| to.index_of(id.as_str()).is_some()));
        let places = answers.places().chain(notes.keys().cloned()).collect();
        let (at, copied) = (head.started, What::Carried(old.assessment));
        let draft = Draft { head, answers, notes };
        let session = Self::new(services, to, draft, First { rubric: Some(ready.bytes), places });
        session.autosave.log(Change::of_event(at, copied));
        session
    }

    /// What needs another look since the sheet was carried over; renews the view at each edit.
    #[must_use]
    pub fn again(self) -> Vec<Place> {
        self.content.with(|content| content.draft.head.again.clone())
    }

    /// Somebody looked: the place is listed no longer.
    pub fn looked_at(self, place: &Place) {
        if !self.writes() {
            return;
        }
        self.content.update(|content| content.draft.head.again.retain(|other| other != place));
        self.content.with_untracked(|content| self.autosave.save(&content.draft, None));
    }

    /// The rubric.
    #[must_use]
    pub fn rubric(self) -> Arc<Rubric> {
        self.rubric.get_value()
    }

    /// Whether both are handles of one open sheet.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        self.content.is_same(other.content)
    }

    /// Which assessment.
    #[must_use]
    pub fn assessment(self) -> AssessmentId {
        self.id
    }

    /// The score now; renews the view at each edit.
    #[must_use]
    pub fn score(self) -> Arc<Score> {
        self.content.with(|content| content.score.clone())
    }

    /// How a criterion stands.
    #[must_use]
    pub fn cell(self, index: CriterionIndex) -> Option<RwSignal<Cell>> {
        self.cells.with_value(|cells| cells.get(index.0).copied())
    }

    /// Does one edit: answers, score and save, all in the task of the tap.
    pub fn dispatch(self, edit: Edit) {
        if self.writes() {
            self.write(edit, By::Hand);
        }
    }

    /// Whether this tab writes the sheet, untracked.
    #[must_use]
    pub fn writes(self) -> bool {
        self.turn.try_get_untracked() == Some(Turn::Mine)
    }

    /// Shows the draft as another tab has saved it.
    pub fn renew(self, draft: Draft) {
        // It may have been closed while the draft was read.
        let Some(rubric) = self.rubric.try_get_value() else { return };
        let scorer = Scorer::with_answers(rubric, &draft.answers);
        let score = Arc::new(outlook(&scorer));
        self.autosave.renew(&draft.head);
        self.content.set(Content { draft, scorer, score, undo: Vec::new(), redo: Vec::new() });
        self.tell_cells(None);
    }

    /// Takes the last edit back.
    pub fn undo(self) {
        if self.writes()
            && let Some(edit) = self.content.try_update(|content| content.undo.pop()).flatten()
        {
            self.write(edit, By::Undo);
        }
    }

    /// Does again what undo took back last.
    pub fn redo(self) {
        if self.writes()
            && let Some(edit) = self.content.try_update(|content| content.redo.pop()).flatten()
        {
            self.write(edit, By::Redo);
        }
    }

    /// What redo would do again; renews the view at each edit.
    #[must_use]
    pub fn redoable(self) -> Option<Place> {
        self.content.with(|content| content.redo.last().map(Edit::place))
    }

    /// What undo would take back; renews the view at each edit.
    #[must_use]
    pub fn undoable(self) -> Option<Place> {
        self.content.with(|content| content.undo.last().map(Edit::place))
    }

    /// Looks at the clock; a doubt stays with the sheet.
    pub fn now(self) -> Millis {
        let clock = self.services.ports().clock.clone();
        let now = clock.now();
        let changed = self.content.try_with_untracked(|content| content.draft.head.changed);
        if let Some((watch, changed)) = self.watch.try_get_value().zip(changed) {
            self.doubt(watch.doubt(now, clock.monotonic(), changed));
        }
        now
    }

    /// Doubts the times of the sheet, if there is a reason.
    pub fn doubt(self, doubt: Option<Doubt>) {
        if doubt.is_some() {
            self.content.update_untracked(|content| content.draft.head.doubt = content.draft.head.doubt.or(doubt));
        }
    }

    /// The page came into view: clocks are compared from now on, since one of them stands still while a phone sleeps.
    pub fn came_into_view(self) {
        let clock = self.services.ports().clock.clone();
        self.watch.set_value(Watch::begin(clock.now(), clock.monotonic()));
    }

    fn write(self, edit: Edit, by: By) {
        let (place, now) = (edit.place(), self.now());
        self.content.update(|content| {
            let Content { draft, scorer, score, undo, redo } = content;
            if let Place::Criterion(criterion) = &place {
                draft.head.return_to = Some(criterion.clone());
            }
            draft.head.again.retain(|other| *other != place);
            let change = Change::of_edit(now, &edit, &draft.answers, &draft.notes);
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
            draft.head.changed = now;
            change.into_iter().for_each(|change| self.autosave.log(change));
            *score = Arc::new(outlook(scorer));
            draft.head.summary = summary(scorer, score);
            if back_differs(&back, draft) {
                let steps = if by == By::Undo { redo } else { undo };
                if steps.len() == UNDO_STEPS {
                    steps.remove(0);
                }
                steps.push(back);
                if by == By::Hand {
                    content.redo.clear();
                }
            }
        });
        self.tell_cells(Some(&place));
        self.content.with_untracked(|content| self.autosave.save(&content.draft, Some(place)));
    }

    /// Tells the cells that are not as they were, once this place was edited; all of it may be another where there is none.
    fn tell_cells(self, place: Option<&Place>) {
        self.content.with_untracked(|content| {
            let edited = match place {
                Some(Place::Criterion(id)) => content.scorer.rubric().index_of(id.as_str()),
                Some(Place::Requirement(_) | Place::Knockout(_)) | None => None,
            };
            self.cells.with_value(|cells| {
                for (index, cell) in cells.iter().enumerate() {
                    let (index, edited) =
                        (CriterionIndex(index), place.is_none() || edited == Some(CriterionIndex(index)));
                    let changed = cell.with_untracked(|before| content.changed(index, before, edited));
                    if let Some(now) = changed {
                        cell.set(now);
                    }
                }
            });
        });
    }

    /// Puts a change that is on disk already into the log; in a tab that looks on it waits for the turn.
    pub fn log(self, change: Option<Change>) {
        if let Some(change) = change {
            self.autosave.log(change);
            if self.writes() {
                self.save_again();
            }
        }
    }

    /// The store has nothing of this sheet any more, though it was stored: the browser threw it away, or somebody did who
    /// cleared the site's data. What is in memory is saved as a new one; its photos are gone.
    pub fn begin_anew(self) {
        if self.content.try_with_untracked(|content| self.autosave.begin_anew(&content.draft)) == Some(true) {
            self.gallery.forget_stored();
            self.save_again();
        }
    }

    /// Saves what is not saved yet; nothing happens when the sheet is closed.
    pub fn save_again(self) {
        self.content.try_with_untracked(|content| self.autosave.save(&content.draft, None));
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
