//! Whether the store is locked (docs/adr/0011). What locks and unlocks comes with the part, in [`super::keeper`].

use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::lock::Sealed;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// There is no lock.
    Open,
    /// Nothing can be read before the passphrase is there.
    Locked,
    /// There is a lock, and its key is in memory.
    Unlocked,
}

/// The lock in the context.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a key has nothing to show")]
pub struct Lock {
    /// How it stands.
    pub phase: RwSignal<Phase>,
    /// What seals and opens, while it is unlocked.
    pub sealed: StoredValue<Option<Sealed>>,
    /// Work that must not be cut short by locking: backups, restoring.
    pub holds: StoredValue<u32>,
}

impl Lock {
    /// As it is found at the start.
    #[must_use]
    pub fn new(locked: bool) -> Self {
        let phase = if locked { Phase::Locked } else { Phase::Open };
        Self { phase: RwSignal::new(phase), sealed: StoredValue::new(None), holds: StoredValue::new(0) }
    }

    /// Whether there is one, untracked.
    #[must_use]
    pub fn is_set(self) -> bool {
        self.phase.with_untracked(|phase| *phase != Phase::Open)
    }
}
