//! What the app needs from outside: tables, the network, a clock. Adapters live in `bintang-platform`.

pub mod bytes;
pub mod cipher;
pub mod embedding;
pub mod evidence;
pub mod http;
pub mod install;
pub mod large_files;
pub mod offers;
pub mod page;
pub mod paper;
pub mod phone;
pub mod seal;
pub mod signer;
pub mod tables;
pub mod tabs;

use crate::{draft::Revision, time::Millis};
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
    /// A newer version of the app has changed the store's form; this page must be loaded anew.
    Outdated,
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
            Self::Outdated => f.write_str("the store belongs to a newer version of the app"),
            Self::Corrupt => f.write_str("the stored record cannot be read"),
            Self::Other(name) => write!(f, "storage failed: {name}"),
        }
    }
}

/// Why a file could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// Nobody answered, or the browser may not show the answer to this page.
    Unreachable,
    /// The server answered with this HTTP status.
    Refused(u16),
    /// It is larger than anything the app reads.
    TooLarge,
    /// It broke off, or is not there any more.
    Unreadable,
}

/// Brings files from the app's folder and from elsewhere.
pub trait WebFiles {
    /// The bytes of a file in the app's folder, such as `rubrics/food.json`, or at a whole address, to which nothing of
    /// the person's is sent along.
    fn fetch(&self, address: &str) -> Pending<Result<Vec<u8>, FileError>>;
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
