//! The room that the browser gives to what the app keeps.

use super::Scenario;
use anyhow::Result;

impl Scenario {
    /// Leaves no room on the disk: every write is refused by the browser itself, when its transaction is to end.
    ///
    /// Before the first write, for the browser asks about room only now and then.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn fill_disk(&self) -> Result<&Self> {
        self.browser.give_room(&self.app.origin(), Some(1)).await?;
        Ok(self)
    }

    /// Leaves as much room as there is.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn free_disk(&self) -> Result<&Self> {
        self.browser.give_room(&self.app.origin(), None).await?;
        Ok(self)
    }
}
