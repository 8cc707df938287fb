//! Bringing a backup back: looked at first, then what the person wants of it.

use crate::context::App;
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    backup::{Choice, Item, Lost, Restore, RestoreError, Standing},
    bundle::{Bundle, BundleError, Locked, Opened},
    ports::{
        StoreError,
        bytes::Bytes,
        tabs::{Asking, Held, Word},
    },
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// Id of what the page shows of a file that was looked at.
pub const LOOKED_AT: &str = "restore-report";

/// How often the right to write a sheet is asked for, and the pause between, in milliseconds.
const TRIES: usize = 5;
const PAUSE: i64 = 200;

/// How far it is.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the store is a trait object")]
pub enum Step {
    /// No file was chosen.
    Idle,
    /// It is being read.
    Reading,
    /// It wants its passphrase; whether one was wrong.
    Locked {
        /// The file.
        locked: Locked,
        /// The last passphrase was another.
        wrong: bool,
    },
    /// It cannot be brought back.
    Unusable(RestoreError),
    /// This is what it holds.
    Looked(Rc<Restore>),
    /// So many of its assessments are done.
    Working {
        /// Done.
        done: usize,
        /// Of.
        of: usize,
    },
    /// All that can be is brought back.
    Done(Outcome),
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Assessments that are there now and were not, or were others.
    pub brought: usize,
    /// Assessments that were the same.
    pub same: usize,
    /// Assessments that were left as they are, because the person wanted so.
    pub left: usize,
    /// Those that could not be brought back: their names and why.
    pub failed: Vec<(String, RestoreError)>,
    /// Files that the bundle could not give.
    pub lost: Vec<Lost>,
}

/// Restoring as the page shows it; lives as long as the page.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "the app has functions")]
pub struct Restoring {
    /// How far it is.
    pub step: RwSignal<Step>,
    /// Which of the looked-at assessments are wanted, in their order.
    pub wanted: RwSignal<Vec<bool>>,
    /// Counts what was asked for: an older file gives way.
    turn: StoredValue<u32>,
    app: App,
}

impl Restoring {
    /// Nothing yet.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { step: RwSignal::new(Step::Idle), wanted: RwSignal::new(Vec::new()), turn: StoredValue::new(0), app }
    }

    fn begin(self, step: Step) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.step.set(step);
        turn
    }

    fn show(self, turn: u32, step: Step) {
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        if let Step::Looked(restore) = &step {
            // What is new is what one came for; what differs takes the place of something.
            let wanted = restore.items().iter().map(|item| item.standing == Ok(Standing::New));
            self.wanted.set(wanted.collect());
        }
        self.step.set(step);
        let page = self.app.services.ports().page.clone();
        let later = page.clone();
        page.after_paint(Box::new(move || {
            later.reveal(LOOKED_AT);
        }));
    }

    /// Looks at the file that was chosen in the field with this id.
    pub fn look(self, field: &str) {
        let chosen = self.app.services.later().and_then(|ports| ports.large_files.chosen(field));
        if let Some(bytes) = chosen {
            self.look_at(bytes);
        }
    }

    /// Looks at a file.
    pub fn look_at(self, bytes: Rc<dyn Bytes>) {
        let turn = self.begin(Step::Reading);
        spawn_local(async move {
            let step = match Opened::of(bytes).await {
                Ok(Opened::Open(bundle)) => self.looked(bundle).await,
                Ok(Opened::Locked(locked)) => Step::Locked { locked, wrong: false },
                Err(error) => Step::Unusable(error.into()),
            };
            self.show(turn, step);
        });
    }

    /// Opens a locked one.
    pub fn unlock(self, locked: Locked, passphrase: String) {
        let Some(ports) = self.app.services.later() else { return };
        let turn = self.begin(Step::Reading);
        spawn_local(async move {
            let step = match locked.unlock(&*ports.cipher, &passphrase).await {
                Ok(bundle) => self.looked(bundle).await,
                Err(BundleError::Passphrase) => Step::Locked { locked, wrong: true },
                Err(error) => Step::Unusable(error.into()),
            };
            self.show(turn, step);
        });
    }

    async fn looked(self, bundle: Bundle) -> Step {
        match Restore::preview(self.app.services.ports().store.clone(), bundle).await {
            Ok(restore) => Step::Looked(Rc::new(restore)),
            Err(error) => Step::Unusable(error),
        }
    }

    /// Brings back what is wanted.
    pub fn restore(self, restore: Rc<Restore>) {
        let wanted = self.wanted.with_untracked(Clone::clone);
        let of = restore.items().len();
        let turn = self.begin(Step::Working { done: 0, of });
        spawn_local(async move {
            self.app.lock.holds.try_update_value(|holds| *holds += 1);
            let mut outcome = Outcome::default();
            for (done, (item, wanted)) in restore.items().iter().zip(wanted).enumerate() {
                if self.turn.try_get_value() == Some(turn) {
                    self.step.set(Step::Working { done, of });
                }
                // Leaving the page does not stop in the middle what a person has asked for.
                self.one(&restore, item, wanted, &mut outcome).await;
            }
            match restore.rest().await {
                Ok(lost) => outcome.lost.extend(lost),
                Err(error) => outcome.failed.push((String::new(), error)),
            }
            self.app.lock.holds.try_update_value(|holds| *holds -= 1);
            self.app.drafts.renew();
            self.app.outbox.wake();
            self.show(turn, Step::Done(outcome));
        });
    }

    async fn one(self, restore: &Restore, item: &Item, wanted: bool, outcome: &mut Outcome) {
        let choice = if wanted { Choice::Replace } else { Choice::Skip };
        match &item.standing {
            // A sheet that cannot be read is told whatever is wanted.
            Ok(Standing::New | Standing::Differs { .. }) if !wanted => return outcome.left += 1,
            _ => {}
        }
        let differs = matches!(item.standing, Ok(Standing::Differs { .. }));
        let held = if differs { self.alone(item).await } else { Some(None) };
        let Some(held) = held else {
            let in_use = RestoreError::Store(StoreError::Conflict { stored: None });
            return outcome.failed.push((name(item), in_use));
        };
        let restored = restore.restore(item, choice).await;
        if let Some(Held { release, .. }) = held {
            release();
        }
        match restored {
            Ok(lost) => {
                outcome.lost.extend(lost);
                if item.standing == Ok(Standing::Same) {
                    outcome.same += 1
                } else {
                    outcome.brought += 1
                }
                if let Some(head) = &item.head
                    && let Some(ports) = self.app.services.later()
                {
                    // Tabs that show it read it anew.
                    ports.tabs.tell(Word::Saved(head.assessment));
                }
            }
            Err(error) => outcome.failed.push((name(item), error)),
        }
    }

    /// The right to write the sheet whose place is taken, where there are locks; `None` where somebody works on it.
    async fn alone(self, item: &Item) -> Option<Option<Held>> {
        let (Some(head), Some(ports)) = (&item.head, self.app.services.later()) else { return Some(None) };
        if !self.set_free(item) {
            return None;
        }
        if !ports.tabs.has_locks() {
            return Some(None);
        }
        for _ in 0..TRIES {
            // The page that showed it here may be letting go of it just now.
            if let Some(held) = ports.tabs.hold(head.assessment, Asking::IfFree).await {
                return Some(Some(held));
            }
            self.app.services.ports().clock.sleep(PAUSE).await;
        }
        None
    }

    /// Lets go of the sheet in memory whose place is taken; `false` where its work is not on disk.
    fn set_free(self, item: &Item) -> bool {
        let Some(head) = &item.head else { return true };
        let free = self.app.open.is_settled(head.assessment);
        if free {
            self.app.open.close(head.assessment);
        }
        free
    }
}

/// What a person calls an assessment of a bundle; its file's name where its head cannot be read.
#[must_use]
pub fn name(item: &Item) -> String {
    match &item.head {
        Some(head) if !head.subject.product.is_empty() => head.subject.product.clone(),
        _ => item.path.clone(),
    }
}
