//! Endpoints in Pengaturan, and tokens of the receiver.

use super::Scenario;
use crate::wait;
use anyhow::Result;
use bintang_receiver::{
    store::Store,
    tokens::{Grant, Label, Scope, Token},
};

impl Scenario {
    /// From Pengaturan, adds the receiver as an endpoint; with a token, or without a secret.
    ///
    /// # Errors
    /// It is not kept.
    pub async fn add_endpoint(&self, token: Option<&str>) -> Result<&Self> {
        self.add_endpoint_at(&self.endpoint(), token).await
    }

    /// The same of another address.
    ///
    /// # Errors
    /// It is not kept.
    pub async fn add_endpoint_at(&self, url: &str, token: Option<&str>) -> Result<&Self> {
        self.browser.press("#endpoint-add").await?;
        self.browser.appear("#endpoint-keep").await?;
        self.browser.fill("#endpoint-url", url).await?;
        match token {
            Some(token) => self.browser.fill("#access-secret", token).await?,
            None => self.browser.press("label[for=access-open]").await?,
        }
        self.keep_endpoint().await
    }

    /// The same of an endpoint that is spoken to in another way; `more` are fields of that way and what is filled in.
    ///
    /// # Errors
    /// It is not kept.
    pub async fn add_endpoint_by(
        &self,
        profile: &str,
        url: &str,
        token: Option<&str>,
        more: &[(&str, &str)],
    ) -> Result<&Self> {
        self.browser.press("#endpoint-add").await?;
        self.browser.appear("#endpoint-keep").await?;
        self.browser.press("#profile summary").await?;
        // What opens moves what is below it, under the hand of a driver that presses at a place.
        let (label, chosen) = (format!("label[for=profile-{profile}]"), format!("#profile-{profile}:checked"));
        wait::until(format!("{profile} is chosen"), async || {
            self.browser.press(&label).await?;
            Ok((self.browser.count(&chosen).await? == 1).then_some(()))
        })
        .await?;
        self.browser.fill("#endpoint-url", url).await?;
        for (field, text) in more {
            self.browser.fill(field, text).await?;
        }
        match token {
            Some(token) => self.browser.fill("#access-secret", token).await?,
            // What says nothing of who sends is not asked for it.
            None if profile == "simple" => {}
            None => self.browser.press("label[for=access-open]").await?,
        }
        Ok(self)
    }

    /// Keeps the endpoint whose page is open, and comes back to Pengaturan.
    ///
    /// # Errors
    /// It is not kept.
    pub async fn keep_endpoint(&self) -> Result<&Self> {
        self.browser.press("#endpoint-keep").await?;
        self.browser.appear("#endpoints a").await?;
        Ok(self)
    }

    /// From anywhere, opens the page of the endpoint at this place of the list.
    ///
    /// # Errors
    /// There is none.
    pub async fn open_endpoint(&self, number: usize) -> Result<&Self> {
        self.go_to("p=pengaturan").await?;
        self.browser.press(&format!("#endpoints a[href$='n={number}']")).await?;
        self.browser.appear("#endpoint-keep").await?;
        Ok(self)
    }

    /// Presses "Coba sambungan", and waits until that ended so.
    ///
    /// # Errors
    /// It ends otherwise.
    pub async fn try_endpoint(&self, outcome: &str) -> Result<&Self> {
        self.browser.press("#endpoint-try").await?;
        self.browser.appear(&format!("[data-trial='{outcome}']")).await?;
        Ok(self)
    }

    /// Makes a token of the receiver that may upload.
    ///
    /// # Errors
    /// The receiver's file cannot be written.
    pub async fn token(&self, team: &str) -> Result<String> {
        let token = Token::make()?;
        let label = |text: &str| Label::parse(text);
        let (Some(team), Some(name)) = (label(team).ok(), label("tablet").ok()) else { anyhow::bail!("a label") };
        let scopes = vec![Scope::Upload];
        let store = Store::open_file(&self.database()).await?;
        store.add_token(&Grant { sum: token.sum(), team, name, scopes, made_at_ms: 1, revoked_at_ms: None }).await?;
        store.close().await;
        Ok(token.reveal().to_owned())
    }
}
