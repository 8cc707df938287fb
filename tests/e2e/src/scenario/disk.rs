//! The room that the browser gives to what the app keeps.

use super::Scenario;
use anyhow::Result;
use serde_json::{Value, json};

impl Scenario {
    /// Leaves no room on the disk: every write is refused by the browser itself, when its transaction is to end.
    ///
    /// Before the first write, for the browser asks about room only now and then.
    ///
    /// # Errors
    /// The browser does not allow it.
    pub async fn fill_disk(&self) -> Result<&Self> {
        self.room(json!({"origin": self.app.origin(), "quotaSize": 1})).await
    }

    /// Leaves as much room as there is.
    ///
    /// # Errors
    /// The browser does not allow it.
    pub async fn free_disk(&self) -> Result<&Self> {
        self.room(json!({"origin": self.app.origin()})).await
    }

    async fn room(&self, words: Value) -> Result<&Self> {
        self.browser.devtools("Storage.overrideQuotaForOrigin", words).await?;
        Ok(self)
    }
}
