//! The small disk that a browser's profile may lie on.

use super::Browser;
use anyhow::Result;

impl Browser {
    /// Whether its profile lies on one.
    #[must_use]
    pub fn has_small_disk(&self) -> bool {
        self.place.manner.small_disk
    }

    /// Takes all the room on the small disk that its profile lies on.
    ///
    /// # Errors
    /// It has none.
    pub fn fill_disk(&self) -> Result<()> {
        self.place.fill()
    }

    /// Gives that room back.
    ///
    /// # Errors
    /// It was not taken.
    pub fn empty_disk(&self) -> Result<()> {
        self.place.empty()
    }
}
