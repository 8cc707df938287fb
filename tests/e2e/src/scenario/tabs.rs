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

    /// Opens a file beside the app in another tab: a page of the same origin on which the app does not run.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn open_beside(&self, path: &str) -> Result<Tab> {
        let tab = self.browser.new_tab().await?;
        self.go_beside(path).await?;
        Ok(tab)
    }

    /// Leaves the app for a file beside it.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn go_beside(&self, path: &str) -> Result<&Self> {
        self.browser.go(&format!("{}{}{path}", self.app.origin(), self.base)).await?;
        Ok(self)
    }

    /// Opens the app at a query, and waits for nothing.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn go_to(&self, query: &str) -> Result<&Self> {
        self.go_beside(&format!("?{query}")).await
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
