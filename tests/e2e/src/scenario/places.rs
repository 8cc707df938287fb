//! Where one is in the app, as a screen reader is told.

use super::Scenario;
use anyhow::Result;
use serde_json::json;

impl Scenario {
    /// Waits until the browser calls the page so.
    ///
    /// # Errors
    /// It never does.
    pub async fn is_called(&self, name: &str) -> Result<&Self> {
        self.holds(&format!("the page is called “{name}”"), &format!("return document.title === {}", json!(name))).await
    }

    /// Waits until the focus is on the page's heading, and it is this one.
    ///
    /// # Errors
    /// It never is.
    pub async fn begins_at(&self, heading: &str) -> Result<&Self> {
        let look = "const here = document.activeElement; return here.matches('h1') && here.innerText.trim() === ";
        self.holds(&format!("the focus is on “{heading}”"), &format!("{look}{}", json!(heading))).await
    }

    /// Goes to an address of a sheet by a link in the page, which stays loaded.
    ///
    /// # Errors
    /// The sheet does not open.
    pub async fn follow(&self, address: &str) -> Result<&Self> {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let link = "const link = document.createElement('a');
            link.setAttribute('href', arguments[0]);
            document.body.append(link);
            link.click();
            link.remove();";
        self.browser.script(link, &[format!("./?{query}").into()]).await?;
        self.browser.appear("aside.livebar").await?;
        self.browser.settle().await?;
        Ok(self)
    }
}
