//! Taking a backup: everything or one assessment, as a file that the person saves or shares.

use crate::{context::App, services::Services};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    backup::{Backup, LeftOut, Scope, TakeError},
    bundle::Lock,
    ports::large_files::{Gathered, ShareError},
    time::Millis,
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// How often it is looked whether photos are still being scaled, in milliseconds.
const LOOK: i64 = 100;

/// Where the moment of the last backup of everything is kept.
const LAST: &str = "backup.last";

/// What such files are (upload contract, section 4.7: a ZIP).
const MEDIA_TYPE: &str = "application/zip";

/// Fewest characters of a passphrase: eight, as NIST SP 800-63B has it for secrets that a person remembers.
pub const SHORTEST: usize = 8;

/// A backup that is ready.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the file is a trait object")]
pub struct Made {
    /// The file.
    pub file: Rc<dyn Gathered>,
    /// What could not be taken along.
    pub left_out: Vec<LeftOut>,
    /// When it was begun: what came later is not in it.
    at: Millis,
    scope: Scope,
}

/// How far it is.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the file is a trait object")]
pub enum Taking {
    /// None was asked for.
    Idle,
    /// The passphrase is made a key; that takes its time, on purpose.
    Locking,
    /// So many files are in it, of those known so far.
    Working {
        /// In it.
        done: usize,
        /// Known.
        of: usize,
    },
    /// Ready.
    Ready(Made),
    /// There is none.
    Failed(TakeError),
}

/// What became of a ready file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// Given to the browser's downloads.
    Saved,
    /// Given to another app.
    Shared,
    /// The browser does not share it; it was saved in its place.
    NotShared,
}

/// Backups as the page shows them; lives as long as the page.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "the app has functions")]
pub struct Backups {
    /// How far it is.
    pub taking: RwSignal<Taking>,
    /// What became of it.
    pub handed: RwSignal<Option<Handed>>,
    /// When the last one of everything was handed over.
    pub last: RwSignal<Option<Millis>>,
    /// Counts what was asked for: an older backup gives way.
    turn: StoredValue<u32>,
    services: Services,
    app: App,
}

/// When everything was last handed over as a backup.
#[must_use]
pub fn last(services: Services) -> Option<Millis> {
    services.ports().preferences.get(LAST)?.parse().ok().map(Millis)
}

impl Backups {
    /// None yet.
    #[must_use]
    pub fn new(app: App) -> Self {
        let services = app.services;
        Self {
            taking: RwSignal::new(Taking::Idle),
            handed: RwSignal::new(None),
            last: RwSignal::new(last(services)),
            turn: StoredValue::new(0),
            services,
            app,
        }
    }

    /// Takes one, locked where there is a passphrase.
    pub fn take(self, scope: Scope, passphrase: String) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.handed.set(None);
        let locked = !passphrase.is_empty();
        self.taking.set(if locked { Taking::Locking } else { Taking::Working { done: 0, of: 0 } });
        spawn_local(async move {
            self.app.lock.holds.try_update_value(|holds| *holds += 1);
            let made = self.made(scope, passphrase, turn).await;
            self.app.lock.holds.try_update_value(|holds| *holds -= 1);
            let taking = match made {
                Ok(made) => made.map(Taking::Ready),
                Err(error) => Some(Taking::Failed(error)),
            };
            if let Some(taking) = taking.filter(|_| self.is_turn(turn)) {
                self.taking.set(taking);
            }
        });
    }

    fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// The file; `None` where the page was left, or another is wanted.
    async fn made(self, scope: Scope, passphrase: String, turn: u32) -> Result<Option<Made>, TakeError> {
        let (ports, store) = (self.services.later(), self.services.ports().store.clone());
        let ports = ports.ok_or(TakeError::NoFile)?;
        let lock = match passphrase.as_str() {
            "" => None,
            passphrase => Some(Lock::new(ports.cipher.clone(), passphrase).await.map_err(TakeError::Cipher)?),
        };
        // A photo that changes between its record and its bytes would not be in the file.
        while self.app.open.is_scaling() && self.is_turn(turn) {
            self.services.ports().clock.sleep(LOOK).await;
        }
        let at = self.services.ports().clock.now();
        let mut backup = Backup::begin(store, scope, lock).await.map_err(TakeError::Store)?;
        let mut file = ports.large_files.gather();
        let mut done = 0;
        while let Some(piece) = backup.next().await {
            if !self.is_turn(turn) {
                return Ok(None);
            }
            file.add(&piece.head);
            file.add(&piece.content);
            done += 1;
            self.taking.set(Taking::Working { done, of: done + backup.remaining() });
        }
        let (ends, left_out) = backup.finish().await.map_err(TakeError::Bundle)?;
        let name = self.name(scope);
        let file = file.finish(&ends.front, &ends.back, &name, MEDIA_TYPE).ok_or(TakeError::NoFile)?;
        Ok(Some(Made { file, left_out, at, scope }))
    }

    /// The day is in the name, so that a folder of backups tells which is the last.
    fn name(self, scope: Scope) -> String {
        let day = self.services.later().map(|ports| ports.large_files.today()).unwrap_or_default();
        let what = match scope {
            Scope::Everything => "cadangan".to_owned(),
            Scope::One(id) => id.to_string(),
        };
        ["bintang-", &what, "-", &day, ".bintang"].concat()
    }

    /// Saves it among the downloads.
    pub fn save(self, made: &Made) {
        made.file.save();
        self.hand(made, Handed::Saved);
    }

    /// Hands it to an app of the phone; where the browser refuses, it is saved. To be called in the task of the tap.
    pub fn share(self, made: &Made) {
        let (sharing, made) = (made.file.share(), made.clone());
        spawn_local(async move {
            match sharing.await {
                Ok(()) => self.hand(&made, Handed::Shared),
                Err(ShareError::Stopped) => {}
                Err(ShareError::Refused) => {
                    made.file.save();
                    self.hand(&made, Handed::NotShared);
                }
            }
        });
    }

    fn hand(self, made: &Made, handed: Handed) {
        self.handed.set(Some(handed));
        if made.scope == Scope::Everything && made.left_out.is_empty() {
            self.services.ports().preferences.set(LAST, &made.at.0.to_string());
            self.last.set(Some(made.at));
        }
    }
}
