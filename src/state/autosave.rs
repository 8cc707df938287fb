//! Saving while working: one save for each edit, begun in the task of the tap, ended when it is on disk.
//!
//! Saves are made one behind the other without waiting. When one fails, the ones behind it fail by their revision; what
//! they held is kept as unsaved and written whole with the next try.

use crate::services::Services;
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    draft::{Changes, Draft, Head, Revision},
    edit::Place,
    log::{self, Change, Tail},
    map::{Map, Set},
    ports::StoreError,
    time::Millis,
};
use leptos::task::spawn_local;

/// What the screen says of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Untouched,
    /// On its way to the disk.
    Saving,
    /// On disk since then.
    Saved(Millis),
    /// Not on disk, and why.
    Failed(StoreError),
}

/// Saves one draft.
#[derive(Debug, Clone, Copy)]
pub struct Autosave {
    /// What the screen says.
    pub state: RwSignal<SaveState>,
    book: StoredValue<Book>,
    services: Services,
}

/// What the first save of a new draft takes along.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// The file of its rubric.
    pub rubric: Option<Vec<u8>>,
    /// The places that are answered or noted already.
    pub places: Set<Place>,
}

/// What is known of the stored draft.
#[derive(Debug, Clone, Default)]
struct Book {
    confirmed: Revision,
    newest: Revision,
    in_flight: usize,
    begun: u64,
    unsaved: Set<Place>,
    /// End of the change log as it is stored, and as it will be once all saves under way have ended.
    logged: Option<Tail>,
    newest_logged: Option<Tail>,
    /// Changes that no save has taken along, by their order.
    unlogged: Map<u64, Change>,
    changes: u64,
    failure: Option<StoreError>,
    /// The connection was closed, and nothing was saved since.
    cut: bool,
    /// Saves that failed since one was stored: they may be on disk though nobody heard of it.
    lost: Vec<Lost>,
    saved_at: Option<Millis>,
    /// Something typed waits for its pause.
    typing: bool,
    /// The file of its rubric, until a save has taken it along.
    rubric: Option<Vec<u8>>,
}

/// What a save takes along; it comes back when the save fails.
#[derive(Debug, Clone)]
struct Taken {
    places: Set<Place>,
    changes: Map<u64, Change>,
    /// Number of the log's last line before them.
    after: u64,
}

/// A save of which nobody knows whether it is stored.
#[derive(Debug, Clone)]
struct Lost {
    revision: Revision,
    tail: Option<Tail>,
    /// Its changes: the order of each, and the number of its line in the log, the same in every try.
    changes: Vec<(u64, u64)>,
}

/// Whether a save that ended so may be stored all the same: what the disk cut off may be found whole later.
fn may_be_stored(error: &StoreError) -> bool {
    matches!(error, StoreError::Closed | StoreError::Full | StoreError::Other(_))
}

impl Autosave {
    /// For a draft with this head; revision 0 is a new one, not stored yet.
    #[must_use]
    pub fn new(services: Services, head: &Head, first: First) -> Self {
        let (stored, logged) = (head.revision, head.log);
        let saved_at = (stored > Revision::default()).then_some(head.changed);
        let First { rubric, places: unsaved } = first;
        let book = Book {
            confirmed: stored,
            newest: stored,
            logged,
            newest_logged: logged,
            saved_at,
            rubric,
            unsaved,
            ..Book::default()
        };
        let state = saved_at.map_or(SaveState::Untouched, SaveState::Saved);
        Self { state: RwSignal::new(state), book: StoredValue::new(book), services }
    }

    /// Goes on from what another tab has saved.
    pub fn renew(self, head: &Head) {
        self.book.try_update_value(|book| {
            *book = Book {
                confirmed: head.revision,
                newest: head.revision,
                logged: head.log,
                newest_logged: head.log,
                saved_at: Some(head.changed),
                // What is on disk and not in the log waits for this tab's turn.
                unlogged: std::mem::take(&mut book.unlogged),
                changes: book.changes,
                begun: book.begun,
                ..Book::default()
            };
        });
        self.state.set(SaveState::Saved(head.changed));
    }

    /// Puts a change into the log with the next save.
    pub fn log(self, change: Change) {
        self.book.try_update_value(|book| {
            book.changes += 1;
            book.unlogged.insert(book.changes, change);
        });
    }

    /// Whether changes wait for a save that takes them into the log.
    #[must_use]
    pub fn has_unlogged(self) -> bool {
        self.book.try_with_value(|book| !book.unlogged.is_empty()).unwrap_or_default()
    }

    /// End of the change log once all saves under way have ended.
    #[must_use]
    pub fn logged(self) -> Option<Tail> {
        self.book.with_value(|book| book.newest_logged)
    }

    /// The revision of the last save, if none failed. Saves and what is begun after them are done in that order, so it
    /// is what finishing builds on, also while the save is under way.
    #[must_use]
    pub fn last(self) -> Option<Revision> {
        self.book.with_value(|book| book.failure.is_none().then_some(book.newest))
    }

    /// The revision and the end of the change log that are on disk, as far as this page knows; `None` when the sheet is
    /// closed. Two phones may have come to the same revision in different ways.
    #[must_use]
    pub fn try_confirmed(self) -> Option<(Revision, Option<Tail>)> {
        self.book.try_with_value(|book| (book.confirmed, book.logged))
    }

    /// As [`Autosave::settled`]; `None` when the sheet is closed.
    #[must_use]
    pub fn try_settled(self) -> Option<bool> {
        self.book.try_with_value(|book| book.in_flight == 0 && book.failure.is_none())
    }

    /// Whether all of it is on disk.
    #[must_use]
    pub fn settled(self) -> bool {
        self.book.with_value(|book| book.in_flight == 0 && book.failure.is_none())
    }

    /// How many saves were begun; `None` when the sheet is closed.
    #[must_use]
    pub fn begun(self) -> Option<u64> {
        self.book.try_with_value(|book| book.begun)
    }

    /// Whether anything was ever saved or tried: a sheet opened by a link is stored from its first answer on.
    #[must_use]
    pub fn is_begun(self) -> bool {
        self.book.with_value(|book| book.newest > Revision::default())
    }

    /// A note is being typed: what the screen shows is not on disk until it is saved.
    pub fn typing(self) {
        self.book.try_update_value(|book| book.typing = true);
        if matches!(self.state.get_untracked(), SaveState::Saved(_) | SaveState::Untouched) {
            self.state.set(SaveState::Saving);
        }
    }

    /// Typing paused, and what came of it is saved or nothing new: the screen says again what is true of the disk.
    pub fn rest(self) {
        let saved_at = self.book.try_update_value(|book| {
            book.typing = false;
            (book.in_flight == 0 && book.failure.is_none()).then_some(book.saved_at)
        });
        if let (Some(Some(saved_at)), Some(SaveState::Saving)) = (saved_at, self.state.try_get_untracked()) {
            self.state.set(saved_at.map_or(SaveState::Untouched, SaveState::Saved));
        }
    }

    /// Whether the browser closed the connection under the saves, all of which have come back, for the first time since
    /// one was stored: the next one opens it anew and need not wait for a person. Renews the view.
    #[must_use]
    pub fn was_cut(self) -> bool {
        self.state.get() == SaveState::Failed(StoreError::Closed)
            && self.book.try_update_value(|book| book.in_flight == 0 && !std::mem::replace(&mut book.cut, true))
                == Some(true)
    }

    /// Goes on from what is stored if a save of this page made it: whether it did. The end of the log names all that was
    /// logged before it, so nobody else's save that logged anything has the same.
    pub fn recognize(self, stored: &Head) -> bool {
        let known = self.book.try_update_value(|book| {
            let own = book.in_flight == 0
                && book.lost.iter().any(|lost| (lost.revision, lost.tail) == (stored.revision, stored.log));
            if own {
                let last = stored.log.map_or(0, |tail| tail.number);
                let changes = std::mem::take(&mut book.lost).into_iter().flat_map(|lost| lost.changes);
                for (order, _) in changes.filter(|(_, number)| *number <= last) {
                    book.unlogged.remove(&order);
                }
                (book.confirmed, book.logged) = (stored.revision, stored.log);
                book.rubric = None;
            }
            own
        });
        known == Some(true)
    }

    /// The store has nothing of it any more: all of it is to be saved as a new one. Not while a save is under way, whose
    /// end says how it stands then; whether it is begun.
    pub fn begin_anew(self, draft: &Draft) -> bool {
        let begun = self.book.try_update_value(|book| {
            if book.in_flight > 0 || book.failure.is_none() {
                return false;
            }
            *book = Book {
                unsaved: draft.answers.places().chain(draft.notes.keys().cloned()).collect(),
                unlogged: std::mem::take(&mut book.unlogged),
                changes: book.changes,
                begun: book.begun,
                rubric: book.rubric.take(),
                ..Book::default()
            };
            true
        });
        begun == Some(true)
    }

    /// Takes what no save has brought to disk, to be put over what is stored: the places, and the changes, the oldest first.
    /// Not while a save is under way, whose end says how it stands then.
    pub fn take_unsaved(self) -> Option<(Set<Place>, Vec<Change>)> {
        let taken = self.book.try_update_value(|book| {
            (book.in_flight == 0 && book.failure.is_some()).then(|| {
                let changes = std::mem::take(&mut book.unlogged).into_iter().map(|(_, change)| change);
                (std::mem::take(&mut book.unsaved), changes.collect())
            })
        });
        taken.flatten()
    }

    /// Saves the draft as it stands, of which `touched` changed since the last call.
    pub fn save(self, draft: &Draft, touched: Option<Place>) {
        let begun = self.book.try_update_value(|book| {
            book.unsaved.extend(touched);
            if book.failure.is_some() {
                // Once everything that was on its way has come back, all of it is tried as one.
                if book.in_flight > 0 {
                    return None;
                }
                book.failure = None;
                book.newest = book.confirmed;
                book.newest_logged = book.logged;
            }
            let expected = book.newest;
            book.newest = expected.next();
            book.in_flight += 1;
            book.begun += 1;
            let rubric = if expected == Revision::default() { book.rubric.clone() } else { None };
            let taken = Taken {
                places: std::mem::take(&mut book.unsaved),
                changes: std::mem::take(&mut book.unlogged),
                after: book.newest_logged.map_or(0, |tail| tail.number),
            };
            let lines = taken.changes.values().map(|change| log::append(&mut book.newest_logged, change.clone()));
            Some((expected, lines.collect(), book.newest_logged, taken, rubric))
        });
        let Some((expected, lines, tail, taken, rubric)) = begun.flatten() else { return };
        let now = self.services.ports().clock.now();
        let mut head = draft.head.clone();
        head.revision = expected.next();
        head.changed = now;
        head.log = tail;
        let mut changes = Changes::of(taken.places.iter(), &draft.answers, &draft.notes);
        (changes.rubric, changes.log) = (rubric, lines);
        self.state.set(SaveState::Saving);
        let saving = self.services.ports().store.save(expected, head, changes);
        spawn_local(async move {
            let outcome = saving.await;
            self.ended(outcome, (expected.next(), tail), taken);
        });
    }

    fn ended(self, outcome: Result<(), StoreError>, (revision, tail): (Revision, Option<Tail>), taken: Taken) {
        let now = self.services.ports().clock.now();
        let state = self.book.try_update_value(|book| {
            book.in_flight = book.in_flight.saturating_sub(1);
            match outcome {
                Ok(()) => {
                    (book.confirmed, book.logged) = (revision, tail);
                    book.saved_at = Some(now);
                    (book.rubric, book.cut) = (None, false);
                    book.lost.clear();
                }
                Err(error) => {
                    if may_be_stored(&error) {
                        let changes = taken.changes.keys().copied().zip(taken.after + 1..).collect();
                        book.lost.push(Lost { revision, tail, changes });
                    }
                    book.unsaved.extend(taken.places);
                    taken.changes.into_iter().for_each(|(order, change)| drop(book.unlogged.insert(order, change)));
                    // The first failure is the cause; the conflicts behind it only follow from it.
                    book.failure.get_or_insert(error);
                }
            }
            match (&book.failure, book.in_flight) {
                (Some(error), _) => SaveState::Failed(error.clone()),
                (None, 0) if !book.typing => SaveState::Saved(now),
                (None, _) => SaveState::Saving,
            }
        });
        // The sheet may have been left meanwhile.
        if let Some(state) = state {
            self.state.set(state);
        }
    }
}
