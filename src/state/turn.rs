//! Whose turn it is to write a sheet that several tabs show (docs/adr/0010). What it does comes with the part.

use crate::{
    context::App,
    services::Services,
    state::{autosave::SaveState, drafts::Drafts, gallery::Curator, lock::Lock, session::Session},
};
use bintang_dom::{StoredValue, effect};
use bintang_domain::{
    draft::{Head, Phase},
    id::AssessmentId,
    ports::{
        StoreError,
        tabs::{Asking, Held, Tabs, Word},
    },
};
use leptos::{prelude::on_cleanup, task::spawn_local};
use std::rc::Rc;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// This tab writes.
    Mine,
    /// Another tab does; this one looks on.
    Theirs,
    /// This tab asked for it, and the other has not let go yet.
    Asked,
}

/// How long a tab has to let go, in milliseconds: a save on a slow phone takes less than a second.
const PATIENCE: i64 = 3000;

/// How often a tab that lets go looks whether its saves have ended, in milliseconds.
const LOOK: i64 = 50;

/// A sheet that pages of this tab show, and the lock on it.
struct Seat {
    session: Session,
    /// How many pages show it: one, or two for the moment between them.
    pages: usize,
    /// Lets the lock go; `None` while this tab does not have it.
    release: Option<Box<dyn FnOnce()>>,
    /// Counts what was asked for, so that what comes too late is let go at once.
    round: u32,
}

/// The sheets of this tab that pages show.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a seat has a function")]
pub struct Desk {
    seats: StoredValue<Vec<Seat>>,
    services: Services,
    drafts: Drafts,
}

impl Desk {
    /// An empty one.
    #[must_use]
    pub fn new(services: Services, drafts: Drafts) -> Self {
        Self { seats: StoredValue::new(Vec::new()), services, drafts }
    }

    fn tabs(self) -> Option<Rc<dyn Tabs>> {
        self.services.later().map(|ports| ports.tabs)
    }

    /// Listens to the other tabs from now on.
    pub fn listen(self) {
        if let Some(tabs) = self.tabs() {
            tabs.listen(Box::new(move |word| self.hear(word)));
        }
    }

    fn hear(self, word: Word) {
        let (Word::Saved(id) | Word::LetGo(id)) = word else { return };
        let session = self.at(id, |seat| seat.session);
        match word {
            Word::Saved(_) => {
                self.drafts.renew();
                if let Some(session) = session {
                    spawn_local(self.look(session));
                }
            }
            Word::Lock => {}
            Word::LetGo(_) => {
                if let Some(session) = session.filter(|session| session.writes()) {
                    spawn_local(self.let_go(session));
                }
            }
        }
    }

    fn at<T>(self, id: AssessmentId, then: impl FnOnce(&mut Seat) -> T) -> Option<T> {
        self.seats
            .try_update_value(|seats| seats.iter_mut().find(|seat| seat.session.assessment() == id).map(then))
            .flatten()
    }

    /// Begins a round in which a lock is asked for.
    fn next_round(self, id: AssessmentId) -> Option<u32> {
        self.at(id, |seat| {
            seat.round = seat.round.wrapping_add(1);
            seat.round
        })
    }

    fn is_round(self, id: AssessmentId, round: u32) -> bool {
        self.at(id, |seat| seat.round) == Some(round)
    }

    /// Holds the right to write this sheet while the running owner, its page, lives; or waits for it.
    pub fn sit(self, session: Session) {
        let lock = App::get().lock;
        effect(move || {
            let failed = matches!(session.autosave.state.get(), SaveState::Failed(StoreError::Conflict { .. }));
            if failed && session.turn.get() == Turn::Mine {
                spawn_local(self.reconcile(session, lock));
            }
        });
        let Some(tabs) = self.tabs().filter(|tabs| tabs.has_locks()) else { return };
        let id = session.assessment();
        // A sheet that was closed and opened again is another session, and takes over the seat that the other one left.
        let seated = self.at(id, |seat| {
            seat.pages += 1;
            let same = seat.session.is_same(session);
            seat.session = session;
            same
        });
        match seated {
            Some(true) => {}
            Some(false) => {
                if let Some(release) = self.at(id, |seat| seat.release.take()).flatten() {
                    release();
                }
                spawn_local(self.ask(session, Asking::IfFree));
            }
            None => {
                self.seats.try_update_value(|seats| seats.push(Seat { session, pages: 1, release: None, round: 0 }));
                spawn_local(self.ask(session, Asking::IfFree));
            }
        }
        let telling = tabs;
        effect(move || {
            if let SaveState::Saved(_) = session.autosave.state.get() {
                telling.tell(Word::Saved(id));
            }
        });
        let page = self.services.ports().page.clone();
        let leave = StoredValue::new(page);
        on_cleanup(move || {
            self.at(id, |seat| seat.pages = seat.pages.saturating_sub(1));
            // The next page may be one of the same sheet.
            if let Some(page) = leave.try_get_value() {
                page.after_paint(Box::new(move || spawn_local(self.rise(id))));
            }
        });
    }

    /// What is stored is not what this tab, which has the turn, expects: a save of its own of which it never heard, one of
    /// another tab, or nothing. Whatever else it is, a person decides.
    async fn reconcile(self, session: Session, lock: Lock) {
        match self.services.ports().store.open(session.assessment()).await {
            Ok(Some(stored)) if session.autosave.recognize(&stored.head) => session.save_again(),
            // Only what goes on from what this tab knows has all that it saved.
            Ok(Some(stored)) if session.writes() && is_later(session, &stored.head) => {
                session.rebase(stored);
                self.settled(session).await;
                Curator::of(self.services, session).read().await;
            }
            // The key of a lock went with the store: what it sealed now, nobody could open.
            Ok(None) if session.writes() && !lock.is_set() => session.begin_anew(),
            _ => {}
        }
    }

    /// Lets go of a sheet that no page shows, once it is on disk: until then it keeps the right to be saved.
    async fn rise(self, id: AssessmentId) {
        let left = || self.at(id, |seat| (seat.pages == 0).then_some(seat.session)).flatten();
        while left().is_some_and(|session| session.try_settled() == Some(false)) {
            self.services.ports().clock.sleep(LOOK).await;
        }
        let seat = self.seats.try_update_value(|seats| {
            let empty = |seat: &Seat| seat.session.assessment() == id && seat.pages == 0;
            let place = seats.iter().position(empty)?;
            Some(seats.remove(place))
        });
        if let Some(Some(Seat { release: Some(release), .. })) = seat {
            release();
        }
    }

    async fn ask(self, session: Session, asking: Asking) {
        let id = session.assessment();
        let (Some(tabs), Some(round)) = (self.tabs(), self.next_round(id)) else { return };
        let mut held = tabs.hold(id, asking).await;
        if held.is_none() && asking == Asking::IfFree {
            if self.is_round(id, round) {
                session.turn.set(Turn::Theirs);
                self.look(session).await;
            }
            held = tabs.hold(id, Asking::Queued).await;
        }
        let Some(Held { release, lost }) = held else { return };
        if !self.is_round(id, round) {
            return release();
        }
        self.at(id, |seat| seat.release = Some(release));
        // Whoever had the lock before may have saved.
        self.look(session).await;
        if !self.is_round(id, round) {
            return;
        }
        session.turn.set(Turn::Mine);
        session.resume();
        Curator::resume(self.services, session);
        if lost.await && self.is_round(id, round) {
            self.give_up(session);
        }
    }

    /// Another tab writes from now on; this one waits for its turn.
    fn give_up(self, session: Session) {
        session.turn.set(Turn::Theirs);
        self.at(session.assessment(), |seat| seat.release = None);
        spawn_local(self.ask(session, Asking::Queued));
    }

    /// Shows what is stored, if it is another revision than the one shown; never over what is not on disk.
    async fn look(self, session: Session) {
        if !session.is_at_rest() {
            return;
        }
        let Ok(Some(draft)) = self.services.ports().store.open(session.assessment()).await else { return };
        let shown = session.autosave.try_confirmed();
        let newer = shown.is_some_and(|shown| shown != (draft.head.revision, draft.head.log)) && session.is_at_rest();
        if draft.head.phase == Phase::Draft && newer {
            session.renew(draft);
            Curator::of(self.services, session).read().await;
        }
    }

    /// Waits until everything is on disk, what is typed meanwhile too; not for ever.
    async fn settled(self, session: Session) {
        session.keep_typed();
        let clock = self.services.ports().clock.clone();
        let begun = clock.monotonic();
        while session.try_settled() == Some(false) && clock.monotonic() - begun < PATIENCE {
            clock.sleep(LOOK).await;
            session.keep_typed();
        }
    }

    /// Lets go once everything is on disk.
    async fn let_go(self, session: Session) {
        self.settled(session).await;
        if !session.is_at_rest() {
            return;
        }
        if let Some(release) = self.at(session.assessment(), |seat| seat.release.take()).flatten() {
            release();
            self.give_up(session);
        }
    }

    /// Takes the right to write from the tab that has it: asks first, and takes it when nobody answers.
    pub fn take_over(self, session: Session) {
        let Some(tabs) = self.tabs().filter(|_| session.turn.try_get_untracked() == Some(Turn::Theirs)) else { return };
        session.turn.set(Turn::Asked);
        tabs.tell(Word::LetGo(session.assessment()));
        let sleeping = self.services.ports().clock.sleep(PATIENCE);
        spawn_local(async move {
            sleeping.await;
            if session.turn.try_get_untracked() == Some(Turn::Asked) {
                self.ask(session, Asking::Stolen).await;
            }
        });
    }
}

/// Whether a draft was saved after what this tab knows of it.
fn is_later(session: Session, stored: &Head) -> bool {
    let known = session.autosave.try_confirmed();
    stored.phase == Phase::Draft && known.is_some_and(|(revision, _)| stored.revision > revision)
}
