//! The app on the phone, and its versions.

use super::Scenario;
use crate::wait;
use anyhow::{Context as _, Result, bail, ensure};

const VERSION: &str = "const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => done(data.version);
    navigator.serviceWorker.controller.postMessage({ type: 'version' }, [channel.port2]);
    // A worker that is being replaced may never answer; then it is asked again.
    setTimeout(() => done(''), 1000);";
const NEXT: &str = "const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => done(data.version);
    navigator.serviceWorker.getRegistration().then((found) => {
        if (found.waiting && !found.installing) found.waiting.postMessage({ type: 'version' }, [channel.port2]);
        else done('');
    });
    setTimeout(() => done(''), 1000);";
const LOOK: &str = "navigator.serviceWorker.getRegistration().then((found) => found.update())
    .then(() => done(true), (error) => done(String(error)));";
const WAITING: &str = "navigator.serviceWorker.getRegistration().then((found) => done(Boolean(found.waiting)));";
const HELD: &str = "navigator.locks.query()
    .then(({ held }) => done(held.some(({ name }) => name === 'bintang-sheet')));";

impl Scenario {
    /// Waits until the whole app is on the phone.
    ///
    /// # Errors
    /// It never is.
    pub async fn installed(&self) -> Result<&Self> {
        self.holds("the app is on the phone", "return Boolean(navigator.serviceWorker?.controller)").await
    }

    /// The version that serves this tab. Not to be asked all the time: a worker that is kept busy with questions is not
    /// replaced.
    ///
    /// # Errors
    /// None does.
    pub async fn version(&self) -> Result<String> {
        let version = self.browser.script_until_done(VERSION, &[]).await?;
        Ok(version.as_str().context("a version")?.to_owned())
    }

    /// Waits until this version serves this tab.
    ///
    /// # Errors
    /// It never does.
    pub async fn version_is(&self, version: &str) -> Result<&Self> {
        wait::until(format!("the version is {version}"), async || {
            let found = self.version().await?;
            ensure!(found == version, "it is {found:?}");
            Ok(Some(()))
        })
        .await?;
        Ok(self)
    }

    /// Lets the browser look for a new version, and waits until it is on the phone beside the present one.
    ///
    /// # Errors
    /// There is none.
    pub async fn find_version(&self) -> Result<&Self> {
        self.browser.script_until_done(LOOK, &[]).await?;
        wait::until("the new version is on the phone", async || {
            Ok(self.browser.script_until_done(WAITING, &[]).await?.as_bool().filter(|waits| *waits))
        })
        .await?;
        Ok(self)
    }

    /// Waits until this version is the one on the phone beside the present one. The browser looks by itself too: it may
    /// have found another one just before, and whoever asks it to look meanwhile is told of that one.
    ///
    /// # Errors
    /// It never is.
    pub async fn next_is(&self, version: &str) -> Result<&Self> {
        wait::until(format!("the version that waits is {version}"), async || {
            let found = self.browser.script_until_done(NEXT, &[]).await?;
            if found != version {
                self.browser.script_until_done(LOOK, &[]).await?;
                bail!("it is {found}");
            }
            Ok(Some(()))
        })
        .await?;
        Ok(self)
    }

    /// Waits until some tab holds its version, or none does.
    ///
    /// # Errors
    /// It never is so.
    pub async fn version_held(&self, held: bool) -> Result<&Self> {
        wait::until(format!("a tab holds its version: {held}"), async || {
            Ok(self.browser.script_until_done(HELD, &[]).await?.as_bool().filter(|now| *now == held))
        })
        .await?;
        Ok(self)
    }

    /// Marks the page that is loaded now; loaded anew, it has no mark.
    ///
    /// # Errors
    /// There is none.
    pub async fn mark(&self) -> Result<&Self> {
        self.script("window.marked = true").await?;
        Ok(self)
    }

    /// Waits until a page that was marked is loaded anew, and the app stands there again.
    ///
    /// # Errors
    /// It never is.
    pub async fn loaded_anew(&self) -> Result<&Self> {
        self.holds("the page is loaded anew", "return window.marked === undefined").await?;
        self.started().await
    }
}
