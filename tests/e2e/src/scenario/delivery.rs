//! Finishing, and following what is on its way.

use super::Scenario;
use crate::wait;
use anyhow::{Result, ensure};

impl Scenario {
    /// Goes from the sheet to Tinjau and finishes; waits for Hasil.
    ///
    /// # Errors
    /// The sheet is not complete, or a step is not there.
    pub async fn finish(&self) -> Result<&Self> {
        self.to_review().await?.conclude().await
    }

    /// Goes from a complete sheet to Tinjau.
    ///
    /// # Errors
    /// The sheet is not complete.
    pub async fn to_review(&self) -> Result<&Self> {
        self.browser.press("#next[href*='p=tinjau']").await?;
        self.browser.appear("#finish:not([aria-disabled])").await?;
        Ok(self)
    }

    /// Presses "Selesaikan penilaian" in Tinjau; waits for Hasil.
    ///
    /// # Errors
    /// It is not there, or nothing comes of it.
    pub async fn conclude(&self) -> Result<&Self> {
        self.browser.press("#finish").await?;
        self.browser.appear("[data-result]").await?;
        Ok(self)
    }

    /// Goes to Kotak keluar.
    ///
    /// # Errors
    /// The link is not there.
    pub async fn to_outbox(&self) -> Result<&Self> {
        self.browser.press("a[href$='p=kotak-keluar']").await?;
        self.browser.appear("[data-submission], .empty").await?;
        Ok(self)
    }

    /// Goes to Beranda.
    ///
    /// # Errors
    /// The link is not there.
    pub async fn to_home(&self) -> Result<&Self> {
        self.browser.press("a[href='./']").await?;
        self.browser.appear("a[href$='p=baru']").await?;
        Ok(self)
    }

    /// Waits until so many submissions stand in Kotak keluar, all in this state.
    ///
    /// # Errors
    /// They never do.
    pub async fn expect_outbox(&self, count: u64, state: &str) -> Result<&Self> {
        let look = wait::until(format!("{count} submissions are {state}"), async || {
            let all = self.browser.count("[data-submission]").await?;
            let there = self.browser.count(&format!("[data-submission][data-state='{state}']")).await?;
            ensure!((all, there) == (count, count), "{there} of {all} are");
            Ok(Some(()))
        });
        self.browser.explained(look.await).await?;
        Ok(self)
    }

    /// Presses "Kirim sekarang".
    ///
    /// # Errors
    /// It is not there.
    pub async fn send_now(&self) -> Result<&Self> {
        self.browser.press("#send-now").await?;
        Ok(self)
    }

    /// Presses "Kirim lagi" of the only one that needs a person.
    ///
    /// # Errors
    /// It is not there.
    pub async fn send_again(&self) -> Result<&Self> {
        self.browser.press("[data-retry]").await?;
        Ok(self)
    }

    /// Presses "Kirim sekarang" and waits until the front before the receiver was asked once more.
    ///
    /// # Errors
    /// Nothing is sent.
    pub async fn try_to_send(&self) -> Result<&Self> {
        let before = self.front.asked();
        self.send_now().await?;
        wait::until("something is sent", async || Ok((self.front.asked() > before).then_some(()))).await?;
        Ok(self)
    }

    /// Waits until the front before the receiver holds an upload.
    ///
    /// # Errors
    /// Nothing is sent, or it is not held.
    pub async fn upload_held(&self) -> Result<&Self> {
        let held = wait::until("an upload is held", async || Ok((self.front.held() > 0).then_some(())));
        self.browser.explained(held.await).await?;
        Ok(self)
    }
}
