//! Files too large to be in this program's memory whole: read in parts, gathered piece by piece.

use super::{Pending, bytes::Bytes};
use std::rc::Rc;

/// Takes large files from the person and hands them over.
pub trait LargeFiles {
    /// The file that was chosen in the field with this id. The field is empty afterwards.
    fn chosen(&self, field: &str) -> Option<Rc<dyn Bytes>>;
    /// The day by the phone's clock and zone, as names of files have it: `2026-11-24`.
    fn today(&self) -> String;
    /// A new file, empty yet.
    fn gather(&self) -> Box<dyn Gathering>;
}

/// A file that is being gathered; the browser keeps its pieces, on the disk where they are many.
pub trait Gathering {
    /// Adds these bytes at the end.
    fn add(&mut self, bytes: &[u8]);
    /// The whole: `front`, everything added, `back`. `None` where the browser cannot make it.
    fn finish(self: Box<Self>, front: &[u8], back: &[u8], name: &str, media_type: &str) -> Option<Rc<dyn Gathered>>;
}

/// Why a file was not shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareError {
    /// The person closed the list of apps.
    Stopped,
    /// The browser does not share files of this kind.
    Refused,
}

/// A file that is ready for the person.
pub trait Gathered {
    /// Its size in bytes.
    fn size(&self) -> u64;
    /// Saves it where the browser saves downloads.
    fn save(&self);
    /// Hands it to the tab that was opened last ([`super::embedding::Embedding::open_tab`]).
    fn hand(&self);
    /// Whether the browser says that it shares such files. Some say so and refuse all the same.
    fn can_share(&self) -> bool;
    /// Hands it to an app of the phone; to be called in the task of a tap.
    fn share(&self) -> Pending<Result<(), ShareError>>;
}
