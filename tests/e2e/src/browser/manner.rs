//! How the page is looked at: its size, the person's settings, on paper, by keys, by ear.

use super::{Browser, PHONE};
use crate::{
    engine::{Engine, chromium},
    wait,
};
use anyhow::{Context as _, Result};
use serde_json::json;
use thirtyfour::{By, Key};

/// No page is higher in pixels than a browser's window can be.
const TALLEST: u32 = 12_000;

impl Browser {
    /// Types into a field and leaves it.
    ///
    /// # Errors
    /// The field is not there.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        const SAYS: &str = "return document.querySelector(arguments[0])?.value";
        // WebKit's driver sometimes loses a letter.
        wait::until(format!("{selector} says {text}"), async || {
            self.type_in(selector, text).await?;
            Ok((self.script(SAYS, &[selector.into()]).await? == json!(text)).then_some(()))
        })
        .await?;
        self.session()?.find(By::Css(selector)).await?.send_keys(Key::Tab + "").await?;
        Ok(())
    }

    /// Makes the window so high that nothing of the page is hidden below.
    ///
    /// # Errors
    /// The window cannot be sized.
    pub async fn as_tall_as_the_page(&self) -> Result<()> {
        let height = async || {
            let page = self.script("return document.documentElement.scrollHeight", &[]).await?;
            page.as_u64().and_then(|height| u32::try_from(height).ok()).context("a height")
        };
        // What comes into view for the first time may be higher than it was taken for.
        wait::until("the page is as high as the window", async || {
            let wanted = height().await?.clamp(PHONE.1, TALLEST);
            self.sized(PHONE.0, wanted).await?;
            Ok((height().await?.clamp(PHONE.1, TALLEST) <= wanted).then_some(()))
        })
        .await
    }

    /// Makes the page a small phone's again.
    ///
    /// # Errors
    /// The window cannot be sized.
    pub async fn as_tall_as_a_phone(&self) -> Result<()> {
        self.sized(PHONE.0, PHONE.1).await
    }

    /// Makes the page so wide and high, as far as a window can be.
    ///
    /// # Errors
    /// The window cannot be sized.
    pub async fn sized(&self, width: u32, height: u32) -> Result<()> {
        if self.engine == Engine::Chromium {
            chromium::sized(self.session()?, width, height).await?;
            return self.settle().await;
        }
        let inner = self.script("return [outerWidth - innerWidth, outerHeight - innerHeight]", &[]).await?;
        let (across, down): (u32, u32) = serde_json::from_value(inner)?;
        self.session()?.set_window_rect(0, 0, width + across, height + down).await?;
        self.settle().await
    }

    /// Pretends that the person has set the phone so, by names and values of media features; Chromium alone.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn pretend(&self, features: &[(&str, &str)]) -> Result<()> {
        self.only_chromium("its driver sets no media features")?;
        chromium::pretend(self.session()?, features).await
    }

    /// The page as it is printed on A4, as PDF; Chromium alone.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn printed(&self) -> Result<Vec<u8>> {
        self.only_chromium("only Chromium is asked to print here")?;
        chromium::printed(self.session()?).await
    }

    /// Names and roles of what screen readers are told, in the page's order; Chromium alone.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn told(&self) -> Result<Vec<(String, String)>> {
        self.only_chromium("only Chromium's tree is read here")?;
        chromium::told(self.session()?).await
    }

    /// The browser's name and version, as it says them.
    ///
    /// # Errors
    /// It does not say.
    pub async fn version(&self) -> Result<String> {
        let says = self.script("return navigator.userAgent", &[]).await?;
        let says = says.as_str().context("a name")?;
        let version = says.split(' ').find(|word| word.contains("Chrome/") || word.contains("Firefox/"));
        Ok(version.unwrap_or(says).to_owned())
    }

    fn only_chromium(&self, why: &'static str) -> Result<()> {
        match self.engine {
            Engine::Chromium => Ok(()),
            Engine::Firefox | Engine::WebKit => Err(self.engine.cannot(why)),
        }
    }

    /// Types into whatever has the focus.
    ///
    /// # Errors
    /// Nothing can be typed into.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        Ok(self.session()?.active_element().await?.send_keys(keys).await?)
    }

    /// Presses Tab until what matches has the focus; the way back after it is as long as the page.
    ///
    /// # Errors
    /// Tab does not lead there.
    pub async fn tab_to(&self, selector: &str) -> Result<()> {
        const STOPS: usize = 120;
        for _ in 0..STOPS {
            let here = "return document.activeElement.matches(arguments[0])";
            if self.script(here, &[selector.into()]).await? == true {
                return Ok(());
            }
            self.session()?.action_chain().send_keys(Key::Tab + "").perform().await?;
        }
        anyhow::bail!("Tab does not lead to {selector}: {}", self.picture().await)
    }

    /// Presses Enter, or another key by its name, wherever the focus is.
    ///
    /// # Errors
    /// The driver does not.
    pub async fn strike(&self, key: Key) -> Result<()> {
        Ok(self.session()?.action_chain().send_keys(key + "").perform().await?)
    }

    /// Presses a key with Ctrl, wherever the focus is.
    ///
    /// # Errors
    /// Nothing has the focus.
    pub async fn command_key(&self, key: &str) -> Result<()> {
        Ok(self.session()?.active_element().await?.send_keys(Key::Control + key).await?)
    }
}
