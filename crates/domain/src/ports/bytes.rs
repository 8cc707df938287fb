//! Bytes that are read in parts: a file that a person chose, or one in memory.

use super::{FileError, Pending};

/// Bytes of a known size.
pub trait Bytes {
    /// How many.
    fn size(&self) -> u64;

    /// `length` of them, from this place on.
    fn read(&self, from: u64, length: usize) -> Pending<Result<Vec<u8>, FileError>>;
}

impl Bytes for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, from: u64, length: usize) -> Pending<Result<Vec<u8>, FileError>> {
        let part = usize::try_from(from).ok().and_then(|from| self.get(from..from.checked_add(length)?));
        Box::pin(std::future::ready(part.map(<[u8]>::to_vec).ok_or(FileError::Unreadable)))
    }
}
