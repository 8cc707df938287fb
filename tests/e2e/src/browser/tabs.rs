//! Several tabs of one browser: opened, brought to the front, and the steps that "back" and "forward" make in one.

use super::Browser;
use crate::{
    engine::{Engine, chromium},
    wait,
};
use anyhow::{Context as _, Result};
use thirtyfour::WindowHandle;

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

    /// Waits for a tab beside these, and brings it to the front.
    ///
    /// # Errors
    /// There never is one.
    pub async fn other_tab(&self, known: &[&Tab]) -> Result<Tab> {
        let other = wait::until("another tab", async || {
            let tabs = self.session()?.windows().await?;
            Ok(tabs.into_iter().map(Tab).find(|tab| !known.contains(&tab)))
        });
        let other = other.await?;
        self.show(&other).await?;
        Ok(other)
    }

    /// Brings a tab to the front: what is done from then on is done in this one.
    ///
    /// # Errors
    /// It is closed.
    pub async fn show(&self, tab: &Tab) -> Result<()> {
        self.session()?.switch_to_window(tab.0.clone()).await?;
        match self.engine {
            Engine::Chromium => chromium::bring_to_front(self.session()?).await,
            // Turned to is brought to the front.
            Engine::Firefox | Engine::WebKit => Ok(()),
        }
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
}
