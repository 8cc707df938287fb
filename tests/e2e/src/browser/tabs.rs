//! Several tabs of one browser: opened, brought to the front, and the steps that "back" and "forward" make in one.

use super::Browser;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use thirtyfour::{WindowHandle, extensions::cdp::ChromeDevTools};

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Browser {
    /// The tab in front.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn tab(&self) -> Result<Tab> {
        Ok(Tab(self.session()?.window().await?))
    }

    /// Opens an empty tab and brings it to the front.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn new_tab(&self) -> Result<Tab> {
        let tab = Tab(self.session()?.new_tab().await?);
        self.show(&tab).await?;
        Ok(tab)
    }

    /// Brings a tab to the front: what is done from then on is done in this one.
    ///
    /// # Errors
    /// It is closed.
    pub async fn show(&self, tab: &Tab) -> Result<()> {
        self.session()?.switch_to_window(tab.0.clone()).await?;
        self.devtools("Page.bringToFront", json!({})).await.map(drop)
    }

    /// One step back in the tab's history.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn back(&self) -> Result<()> {
        self.session()?.back().await.context("going back")
    }

    /// One step forward again.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn forward(&self) -> Result<()> {
        self.session()?.forward().await.context("going forward")
    }

    /// A command of the browser's own protocol for the tab in front (Chrome DevTools Protocol).
    ///
    /// # Errors
    /// The browser refuses it.
    pub async fn devtools(&self, command: &str, words: Value) -> Result<Value> {
        let devtools = ChromeDevTools::new(self.session()?.handle.clone());
        devtools.execute_cdp_with_params(command, words).await.with_context(|| command.to_owned())
    }
}
