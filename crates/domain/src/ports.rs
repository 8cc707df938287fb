//! What the app needs from outside: stores, a sender, a clock. Adapters live in `bintang-platform` (the browser) and
//! `bintang-testkit` (memory).
//!
//! One call is one transaction: it either happened whole when it returns, or not at all.

pub mod page;

use crate::{
    digest::Digest,
    draft::{Changes, Draft, Head, Revision},
    id::{AssessmentId, SubmissionId},
    outbox::{Entry, SendError},
    time::Millis,
    wire::receipt::Receipt,
};
use std::{fmt, future::Future, pin::Pin};

/// What a port's call gives back.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// Why a store could not do it. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No room on the disk or in the browser's share of it.
    Full,
    /// Somebody else saved meanwhile: the stored revision, `None` where the draft is gone.
    Conflict {
        /// What is stored.
        stored: Option<Revision>,
    },
    /// The connection was closed and could not be opened again.
    Closed,
    /// The browser gives no storage here (private mode, blocked, sandboxed frame).
    Denied,
    /// What is stored cannot be read.
    Corrupt,
    /// Anything else, with the browser's name for it.
    Other(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("storage is full"),
            Self::Conflict { .. } => f.write_str("saved elsewhere meanwhile"),
            Self::Closed => f.write_str("the connection to the store is closed"),
            Self::Denied => f.write_str("no storage here"),
            Self::Corrupt => f.write_str("the stored record cannot be read"),
            Self::Other(name) => write!(f, "storage failed: {name}"),
        }
    }
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// A head that could be read.
    Whole(Box<Head>),
    /// One that could not; it stays where it is and can be exported.
    Damaged {
        /// Its key in the store.
        key: String,
    },
}

/// Keeps drafts.
pub trait DraftStore {
    /// All heads, in no order.
    fn heads(&self) -> Pending<Result<Vec<Listed>, StoreError>>;
    /// One draft; `None` where there is none. [`StoreError::Corrupt`] where a record of it cannot be read.
    fn open(&self, assessment: AssessmentId) -> Pending<Result<Option<Draft>, StoreError>>;
    /// Writes the head (whose revision is `expected.next()`) and the changes if `expected` is what is stored; for a new
    /// draft `expected` is revision 0 and nothing may be stored. The transaction is begun in the very call, before the
    /// future is first polled, so that calls made one after the other are done in that order.
    fn save(&self, expected: Revision, head: Head, changes: Changes) -> Pending<Result<(), StoreError>>;
    /// Puts the entry into the outbox and the finished head in the draft's place; its answers and notes go. All or
    /// nothing; `expected` as in [`DraftStore::save`].
    fn finish(&self, expected: Revision, head: Head, entry: Entry) -> Pending<Result<(), StoreError>>;
    /// Everything stored under this key, readable or not, as a JSON text for a file.
    fn export(&self, key: &str) -> Pending<Result<String, StoreError>>;
}

/// Keeps what is on its way.
pub trait OutboxStore {
    /// All entries that can be read, oldest finish first.
    fn entries(&self) -> Pending<Result<Vec<Entry>, StoreError>>;
    /// One entry.
    fn entry(&self, id: SubmissionId) -> Pending<Result<Option<Entry>, StoreError>>;
    /// Writes the entry and the delivery word in the assessment's head; with a receipt, that too.
    fn put(&self, entry: Entry, receipt: Option<Receipt>) -> Pending<Result<(), StoreError>>;
    /// The receipt that proved it.
    fn receipt(&self, id: SubmissionId) -> Pending<Result<Option<Receipt>, StoreError>>;
}

/// Keeps rubric files as they were used, by the SHA-256 of their bytes.
pub trait RubricStore {
    /// Keeps these bytes.
    fn keep(&self, bytes: Vec<u8>) -> Pending<Result<Digest, StoreError>>;
    /// The bytes of that sum.
    fn get(&self, sha256: Digest) -> Pending<Result<Option<Vec<u8>>, StoreError>>;
}

/// Brings the rubric files that come with the app.
pub trait RubricSource {
    /// The bytes of `rubrics/<name>.json`; an error is a word for why not.
    fn fetch(&self, name: &str) -> Pending<Result<Vec<u8>, String>>;
}

/// Sends documents.
pub trait Sender {
    /// Sends the entry's document to its endpoint and checks the answer against what was sent.
    fn send(&self, entry: &Entry) -> Pending<Result<Receipt, SendError>>;
}

/// Lets one tab send at a time.
pub trait SendLock {
    /// Runs `work` while holding the lock; at once `false` where another tab holds it.
    fn run(&self, work: Pending<()>) -> Pending<bool>;
}

/// Time and chance.
pub trait Clock {
    /// The phone's clock.
    fn now(&self) -> Millis;
    /// Milliseconds by a clock that cannot be set; counts from the page's start.
    fn monotonic(&self) -> i64;
    /// Ends after so many milliseconds.
    fn sleep(&self, span: i64) -> Pending<()>;
    /// Random bytes.
    fn random(&self) -> [u8; 10];
}
