//! The same app in several tabs of one browser, and the steps back and forward in one of them.

use super::Scenario;
use crate::browser::Tab;
use anyhow::Result;

impl Scenario {
    /// Opens the app in another tab, at a query.
    ///
    /// # Errors
    /// The app does not start there.
    pub async fn open_tab(&self, query: &str) -> Result<Tab> {
        let tab = self.browser.new_tab().await?;
        self.visit(query).await?;
        Ok(tab)
    }

    /// Turns to a tab.
    ///
    /// # Errors
    /// It is closed.
    pub async fn turn_to(&self, tab: &Tab) -> Result<&Self> {
        self.browser.show(tab).await?;
        Ok(self)
    }

    /// Presses the browser's "back".
    ///
    /// # Errors
    /// The app is not there then.
    pub async fn back(&self) -> Result<&Self> {
        self.browser.back().await?;
        self.started().await
    }

    /// Presses the browser's "forward".
    ///
    /// # Errors
    /// The app is not there then.
    pub async fn forward(&self) -> Result<&Self> {
        self.browser.forward().await?;
        self.started().await
    }
}
