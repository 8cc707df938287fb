//! Locks and unlocks the store (docs/adr/0011), and locks it again when nobody has touched it for a while.

use crate::{context::App, services::LaterPorts, state::lock::Phase};
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::{
    bundle::ROUNDS,
    lock::{LockError, Sealed, StoreKey, StoreLock, Sweep, sweep},
    ports::{StoreError, cipher::CipherError, tabs::Word},
    time::Millis,
};
use leptos::{prelude::expect_context, task::spawn_local};

/// Where the minutes without a touch are kept.
const MINUTES: &str = "lock.minutes";
/// What can be chosen.
pub const CHOICES: [u32; 3] = [5, 15, 60];
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// How often it is looked, in milliseconds.
const LOOK: i64 = 5_000;

/// How far locking or unlocking is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Nothing is done.
    Idle,
    /// The passphrase is made a key; that takes its time, on purpose.
    Deriving,
    /// So many records of so many are turned.
    Sweeping {
        /// Turned.
        done: usize,
        /// Of.
        of: usize,
    },
    /// Another passphrase opens it from now on.
    Changed,
    /// It locks as soon as everything is on disk.
    Waiting,
    /// It did not happen.
    Failed(LockError),
}

/// Keeps the key. One for the whole app; what it does comes with the part.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "the app has functions")]
pub struct Keeper {
    /// How far it is.
    pub work: RwSignal<Work>,
    /// When somebody last touched the page, by both clocks.
    touched: StoredValue<(Millis, i64)>,
    watching: StoredValue<bool>,
    app: App,
}

/// Minutes without a touch after which it locks again.
#[must_use]
pub fn minutes(app: App) -> u32 {
    let kept = app.services.ports().preferences.get(MINUTES).and_then(|text| text.parse().ok());
    let [first, ..] = CHOICES;
    kept.filter(|minutes| CHOICES.contains(minutes)).unwrap_or(first)
}

impl Keeper {
    /// For this app; in the running owner, for as long as the app lives.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            work: RwSignal::new(Work::Idle),
            touched: StoredValue::new((Millis(0), 0)),
            watching: StoredValue::new(false),
            app,
        }
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Listens from now on whether other tabs set a lock or take it away.
    pub fn listen(self) {
        let Some(ports) = self.app.services.later() else { return };
        ports.tabs.listen(Box::new(move |word| {
            if word == Word::Lock {
                self.leave();
            }
        }));
        self.app.services.ports().connectivity.on_view(Box::new(move |seen| {
            if seen {
                self.compare();
            }
        }));
    }

    fn busy(self) -> bool {
        self.work.with_untracked(|work| matches!(work, Work::Deriving | Work::Sweeping { .. }))
    }

    /// Loads the page anew, which forgets the key; not while work is not on disk, then as soon as it is.
    fn leave(self) {
        spawn_local(async move {
            let ports = self.app.services.ports();
            let held = || self.app.lock.holds.try_get_value().unwrap_or_default() > 0;
            let settled = || {
                self.app.open.keep_typed();
                self.app.open.all_settled()
            };
            while !settled() || self.busy() || held() {
                ports.clock.sleep(LOOK).await;
            }
            ports.page.reload();
        });
    }

    /// Locks again, now; says so where it must wait for work that is not on disk.
    pub fn lock_now(self) {
        if !self.app.open.all_settled() {
            self.work.set(Work::Waiting);
        }
        self.leave();
    }

    /// What was said of earlier work is forgotten.
    pub fn rest(self) {
        if !self.busy() {
            self.work.set(Work::Idle);
        }
    }

    /// A page that was kept for "back" may have missed that a lock was set or taken away.
    fn compare(self) {
        let looking = self.app.services.ports().store.is_locked();
        spawn_local(async move {
            if looking.await.is_ok_and(|locked| locked != self.app.lock.is_set()) && !self.busy() {
                self.leave();
            }
        });
    }

    /// Goes on only where no other tab could write in between what this one seals or opens.
    async fn alone(self) -> Result<(), LockError> {
        if self.ports()?.tabs.alone().await { Ok(()) } else { Err(LockError::OtherTabs) }
    }

    fn run(self, work: impl Future<Output = Result<Work, LockError>> + 'static) {
        if self.busy() {
            return;
        }
        self.work.set(Work::Deriving);
        spawn_local(async move {
            let outcome = work.await;
            self.work.set(outcome.unwrap_or_else(Work::Failed));
        });
    }

    fn ports(self) -> Result<LaterPorts, LockError> {
        self.app.services.later().ok_or(LockError::Cipher(CipherError::Denied))
    }

    /// Puts the sealed tables in the place of the others.
    fn seal_with(self, ports: &LaterPorts, key: &StoreKey) -> Sealed {
        let store = self.app.services.ports().store.clone();
        let sealed = Sealed::new(store.bottom(), ports.sealers.of(key), ports.cipher.clone());
        store.seal_with(Some(&sealed));
        self.app.lock.sealed.set_value(Some(sealed.clone()));
        sealed
    }

    /// Seals what is not sealed yet, or opens what is not open, and says so in the lock.
    async fn turn(self, lock: StoreLock) -> Result<Work, LockError> {
        let (store, seal) = (self.app.services.ports().store.clone(), lock.sweep == Sweep::Sealing);
        let sealed = self.app.lock.sealed.get_value().ok_or(StoreError::Corrupt)?;
        let left = sweep(&sealed, seal, |done, of| self.work.set(Work::Sweeping { done, of })).await?;
        if seal {
            store.keep_lock(Some(&lock), Some(&StoreLock { sweep: Sweep::Whole, ..lock.clone() })).await?;
        } else if left > 0 {
            // The lock has the only copy of the key: it stays as long as anything is sealed.
            return Err(StoreError::Corrupt.into());
        } else {
            store.keep_lock(Some(&lock), None).await?;
            store.seal_with(None);
            self.app.lock.sealed.set_value(None);
            self.app.lock.phase.set(Phase::Open);
        }
        Ok(Work::Idle)
    }

    /// Sets a lock.
    pub fn set(self, passphrase: String) {
        self.run(async move {
            self.alone().await?;
            let (ports, store) = (self.ports()?, self.app.services.ports().store.clone());
            let key = StoreKey::new(&*ports.cipher)?;
            let lock = StoreLock::new(&*ports.cipher, &key, &passphrase, ROUNDS, Sweep::Sealing).await?;
            // From here on the app starts locked, whatever happens.
            store.keep_lock(None, Some(&lock)).await?;
            self.seal_with(&ports, &key);
            self.app.lock.phase.set(Phase::Unlocked);
            ports.tabs.tell(Word::Lock);
            self.watch();
            self.turn(lock).await
        });
    }

    /// The lock as it is kept, and its key.
    async fn opened(self, passphrase: &str) -> Result<(StoreLock, StoreKey), LockError> {
        let (ports, store) = (self.ports()?, self.app.services.ports().store.clone());
        let lock = store.lock().await?.ok_or(StoreError::Corrupt)?;
        let key = lock.open(&*ports.cipher, passphrase).await?;
        Ok((lock, key))
    }

    /// Unlocks, and goes on with what was being turned when the app was ended.
    pub fn unlock(self, passphrase: String) {
        self.run(async move {
            let (lock, key) = self.opened(&passphrase).await?;
            self.seal_with(&self.ports()?, &key);
            // Nothing of what was read without the key is shown.
            self.app.drafts.forget();
            // Whatever comes of the rest: what is there can be read, and taken along.
            self.app.lock.phase.set(Phase::Unlocked);
            self.watch();
            self.app.drafts.renew();
            self.app.outbox.wake();
            if lock.sweep == Sweep::Whole { Ok(Work::Idle) } else { self.turn(lock).await }
        });
    }

    /// Goes on with what was being turned when it failed.
    pub fn go_on(self) {
        self.run(async move {
            let lock = self.app.services.ports().store.lock().await?.ok_or(StoreError::Corrupt)?;
            if lock.sweep == Sweep::Whole { Ok(Work::Idle) } else { self.turn(lock).await }
        });
    }

    /// Takes the lock away.
    pub fn remove(self, passphrase: String) {
        self.run(async move {
            self.alone().await?;
            let (lock, _) = self.opened(&passphrase).await?;
            let opening = StoreLock { sweep: Sweep::Opening, ..lock.clone() };
            self.app.services.ports().store.keep_lock(Some(&lock), Some(&opening)).await?;
            let work = self.turn(opening).await?;
            self.ports()?.tabs.tell(Word::Lock);
            Ok(work)
        });
    }

    /// Locks the same key with another passphrase.
    pub fn change(self, passphrase: String, other: String) {
        self.run(async move {
            let (lock, key) = self.opened(&passphrase).await?;
            let ports = self.ports()?;
            let changed = StoreLock::new(&*ports.cipher, &key, &other, ROUNDS, lock.sweep).await?;
            self.app.services.ports().store.keep_lock(Some(&lock), Some(&changed)).await?;
            Ok(Work::Changed)
        });
    }

    /// Locks after so many minutes without a touch.
    pub fn keep_minutes(self, minutes: u32) {
        self.app.services.ports().preferences.set(MINUTES, &minutes.to_string());
    }

    fn clocks(self) -> (Millis, i64) {
        let clock = self.app.services.ports().clock.clone();
        (clock.now(), clock.monotonic())
    }

    /// Whether nobody has touched the page for so long: by the clock that goes on while a phone sleeps, or by the one that
    /// nobody can set.
    fn is_due(self) -> bool {
        let ((now, monotonic), (since, at)) = (self.clocks(), self.touched.get_value());
        let idle = now.0.saturating_sub(since.0).max(monotonic - at);
        idle >= i64::from(minutes(self.app)) * MINUTE
    }

    fn look(self) {
        if self.app.lock.phase.try_get_untracked() == Some(Phase::Unlocked) && self.is_due() {
            self.leave();
        }
    }

    fn watch(self) {
        self.touched.set_value(self.clocks());
        if self.watching.try_update_value(|watching| std::mem::replace(watching, true)) != Some(false) {
            return;
        }
        let Some(ports) = self.app.services.later() else { return };
        ports.phone.on_touch(Box::new(move || {
            // A page that was asleep for too long is locked before it is used.
            if !self.is_due() {
                self.touched.set_value(self.clocks());
            }
        }));
        let ports = self.app.services.ports();
        ports.connectivity.on_view(Box::new(move |_| self.look()));
        spawn_local(async move {
            while self.app.lock.phase.try_get_untracked().is_some() {
                ports.clock.sleep(LOOK).await;
                self.look();
            }
        });
    }
}
