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
    /// The passphrase is made a key; that takes a second or two, on purpose.
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
    }

    fn busy(self) -> bool {
        self.work.with_untracked(|work| matches!(work, Work::Deriving | Work::Sweeping { .. }))
    }

    /// Loads the page anew, which forgets the key; not while work is not on disk, then as soon as it is.
    fn leave(self) {
        spawn_local(async move {
            let ports = self.app.services.ports();
            while !self.app.open.all_settled() || self.busy() {
                ports.clock.sleep(LOOK).await;
            }
            ports.page.reload();
        });
    }

    /// Locks again, now.
    pub fn lock_now(self) {
        self.leave();
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
        let sealed = Sealed::new(store.present(), ports.sealers.of(key), ports.cipher.clone());
        store.seal_with(&sealed);
        self.app.lock.sealed.set_value(Some(sealed.clone()));
        sealed
    }

    async fn sweep(self, sealed: &Sealed, seal: bool) -> Result<(), StoreError> {
        sweep(sealed, seal, |done, of| self.work.set(Work::Sweeping { done, of })).await
    }

    /// Sets a lock.
    pub fn set(self, passphrase: String) {
        self.run(async move {
            let (ports, store) = (self.ports()?, self.app.services.ports().store.clone());
            let key = StoreKey::new(&*ports.cipher)?;
            let lock = StoreLock::new(&*ports.cipher, &key, &passphrase, ROUNDS, Sweep::Sealing).await?;
            // From here on the app starts locked, whatever happens.
            store.keep_lock(Some(&lock)).await?;
            let sealed = self.seal_with(&ports, &key);
            self.app.lock.phase.set(Phase::Unlocked);
            ports.tabs.tell(Word::Lock);
            self.watch();
            self.sweep(&sealed, true).await?;
            store.keep_lock(Some(&StoreLock { sweep: Sweep::Whole, ..lock })).await?;
            Ok(Work::Idle)
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
            let (ports, store) = (self.ports()?, self.app.services.ports().store.clone());
            let sealed = self.seal_with(&ports, &key);
            let outcome = match lock.sweep {
                Sweep::Whole => Ok(()),
                Sweep::Sealing => {
                    self.sweep(&sealed, true).await?;
                    store.keep_lock(Some(&StoreLock { sweep: Sweep::Whole, ..lock })).await
                }
                Sweep::Opening => self.take_away(&sealed).await,
            };
            let open = lock_is_gone(&outcome, self.app);
            if !open {
                self.app.lock.phase.set(Phase::Unlocked);
                self.watch();
            }
            self.app.drafts.renew();
            self.app.outbox.wake();
            outcome?;
            Ok(Work::Idle)
        });
    }

    async fn take_away(self, sealed: &Sealed) -> Result<(), StoreError> {
        self.sweep(sealed, false).await?;
        self.app.services.ports().store.keep_lock(None).await?;
        self.app.lock.phase.set(Phase::Open);
        Ok(())
    }

    /// Takes the lock away.
    pub fn remove(self, passphrase: String) {
        self.run(async move {
            let (lock, _) = self.opened(&passphrase).await?;
            let store = self.app.services.ports().store.clone();
            let sealed = self.app.lock.sealed.get_value().ok_or(StoreError::Corrupt)?;
            store.keep_lock(Some(&StoreLock { sweep: Sweep::Opening, ..lock })).await?;
            self.take_away(&sealed).await?;
            self.ports()?.tabs.tell(Word::Lock);
            Ok(Work::Idle)
        });
    }

    /// Locks the same key with another passphrase.
    pub fn change(self, passphrase: String, other: String) {
        self.run(async move {
            let (lock, key) = self.opened(&passphrase).await?;
            let ports = self.ports()?;
            let lock = StoreLock::new(&*ports.cipher, &key, &other, ROUNDS, lock.sweep).await?;
            self.app.services.ports().store.keep_lock(Some(&lock)).await?;
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
        ports.connectivity.on_visible(Box::new(move || self.look()));
        spawn_local(async move {
            while self.app.lock.phase.try_get_untracked().is_some() {
                ports.clock.sleep(LOOK).await;
                self.look();
            }
        });
    }
}

/// Whether a sweep that was going on took the lock away.
fn lock_is_gone(outcome: &Result<(), StoreError>, app: App) -> bool {
    outcome.is_ok() && app.lock.phase.get_untracked() == Phase::Open
}
