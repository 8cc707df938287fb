//! What tabs of one browser agree on about drafts.

use super::Pending;
use crate::id::AssessmentId;

/// How a lock is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Now or not at all.
    IfFree,
    /// When whoever holds it lets go.
    Queued,
    /// At once; whoever holds it loses it.
    Stolen,
}

/// A lock that is held.
#[expect(missing_debug_implementations, reason = "a function and a future")]
pub struct Held {
    /// Lets go.
    pub release: Box<dyn FnOnce()>,
    /// Ends with `true` when another tab took it, with `false` when it was let go.
    pub lost: Pending<bool>,
}

/// What one tab tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Something of this assessment was saved.
    Saved(AssessmentId),
    /// Whoever writes this assessment is asked to let go.
    LetGo(AssessmentId),
    /// The store has a lock now, or has none any more.
    Lock,
}

/// The other tabs.
pub trait Tabs {
    /// The right to write a draft; `None` where it was not to be had, also where the browser has no locks.
    fn hold(&self, draft: AssessmentId, asking: Asking) -> Pending<Option<Held>>;
    /// Whether the browser has locks at all.
    fn has_locks(&self) -> bool;
    /// Whether no other tab has the app open; true where the browser does not say.
    fn alone(&self) -> Pending<bool>;
    /// Tells the others.
    fn tell(&self, word: Word);
    /// Calls `then` with what others tell, for as long as the page lives.
    fn listen(&self, then: Box<dyn Fn(Word)>);
}
