//! Elements that no selector of the page reaches: in shadow roots and in frames.

use super::Browser;
use crate::wait;
use anyhow::{Context as _, Result};
use serde_json::Value;

impl Browser {
    /// Presses the element that a script's body gives back; `None` where it gives none.
    ///
    /// # Errors
    /// Something lies above it.
    pub async fn press_found(&self, find: &str, words: &[Value]) -> Result<Option<()>> {
        let found = self.session()?.execute(find, words.to_vec()).await?;
        if found.json().is_null() {
            return Ok(None);
        }
        found.element()?.click().await?;
        Ok(Some(()))
    }

    /// What is asked next is asked of the document in the frame that a script's body gives back.
    ///
    /// # Errors
    /// There is none.
    pub async fn enter(&self, find: &str) -> Result<()> {
        let found = wait::until("the frame is there", async || {
            let found = self.session()?.execute(find, Vec::new()).await?;
            if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
        });
        found.await?.enter_frame().await.context("entering a frame")
    }

    /// What is asked next is asked of the page itself.
    ///
    /// # Errors
    /// It is gone.
    pub async fn leave_frames(&self) -> Result<()> {
        self.session()?.enter_default_frame().await.context("leaving frames")
    }
}
