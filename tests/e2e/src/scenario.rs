//! The words scenarios are written in. Each does what a person does, on the screen, and waits until the screen shows it.

mod answering;
mod backups;
mod by_file;
mod delivery;
mod disk;
mod endpoints;
mod many;
mod photos;
mod places;
mod tabs;
mod versions;

use crate::{Dist, Engine, browser::Browser, database, engine::Manner, front, server::Server, wait};
use anyhow::{Context as _, Result, ensure};
use axum::{Router, middleware};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    rubrics::Rubrics,
    site,
    store::Store,
};
use serde_json::Value;
use std::{path::PathBuf, sync::Arc};
use tempfile::TempDir;

/// What the receiver calls itself.
pub const RECEIVER: &str = "Penerima Uji";

/// What a scenario begins with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The app; as built unless given.
    pub dist: Option<Dist>,
    /// The path under which it is served; the root unless given.
    pub base: Option<&'static str>,
    /// The browser's engine; Chromium unless given.
    pub engine: Engine,
    /// How the browser is.
    pub manner: Manner,
}

/// What is assessed.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Name of the product.
    pub product: &'a str,
    /// Name of the business.
    pub business: &'a str,
}

/// A browser, the app and a receiver.
pub struct Scenario {
    /// The browser.
    pub browser: Browser,
    /// The app's server.
    pub app: Server,
    /// The receiver's server.
    pub receiver: Server,
    /// What stands before the receiver.
    pub front: front::Switch,
    base: String,
    /// What is served must lie there as long as it is served.
    dist: Dist,
    folder: TempDir,
}

impl Scenario {
    /// The app as built, in a fresh Chromium, with an assessor and a receiver set in Pengaturan.
    ///
    /// # Errors
    /// Something does not start.
    pub async fn open() -> Result<Self> {
        let scenario = Self::open_with(Options::default()).await?;
        scenario.set_up().await?;
        Ok(scenario)
    }

    /// As [`Scenario::open`], in another engine.
    ///
    /// # Errors
    /// Something does not start.
    pub async fn open_in(engine: Engine) -> Result<Self> {
        let scenario = Self::open_with(Options { engine, ..Options::default() }).await?;
        if engine == Engine::WebKit {
            // WebKitGTK 2.50 sometimes never begins to install a worker when the page that registers it is left meanwhile.
            scenario.installed().await?;
        }
        scenario.set_up().await?;
        Ok(scenario)
    }

    /// As [`Scenario::open_in`] without a receiver set: nothing is in the store, for scenarios of a full disk.
    ///
    /// # Errors
    /// Something does not start.
    pub async fn open_unwritten(engine: Engine) -> Result<Self> {
        let scenario = Self::open_with(Options { engine, ..Options::default() }).await?;
        scenario.visit("p=pengaturan").await?.browser.fill("#assessor-name", "Penilai Contoh").await?;
        scenario.visit("").await?;
        Ok(scenario)
    }

    /// As [`Scenario::open`] with another app or path, and without anything set.
    ///
    /// # Errors
    /// Something does not start.
    pub async fn open_with(options: Options) -> Result<Self> {
        let dist = options.dist.map_or_else(Dist::built, Ok)?;
        let base = options.base.unwrap_or("/").to_owned();
        let folder = tempfile::tempdir()?;
        let (rubrics, _) = Rubrics::read(&Dist::built()?.folder().join("rubrics"))?;
        let store = Store::open_file(&folder.path().join("receiver.sqlite")).await?;
        let front = front::Switch::default();
        let evidence = Evidence::open(&Place::Folder(folder.path().join("evidence")))?;
        let name = RECEIVER.to_owned();
        let receiver =
            api::router(Receiver { store, evidence, rubrics: Arc::new(rubrics), name, limits: Limits::default() })
                .layer(middleware::from_fn_with_state(front.clone(), front::stand));
        let scenario = Self {
            app: Server::start_new(site::router(dist.folder(), &base)).await?,
            receiver: Server::start_new(receiver).await?,
            browser: Browser::start_as(options.engine, options.manner).await?,
            front,
            base,
            dist,
            folder,
        };
        scenario.visit("").await?;
        Ok(scenario)
    }

    /// With `BINTANG_SCREENSHOTS=FOLDER` the pictures for the docs are made on the way.
    ///
    /// # Errors
    /// The file cannot be written.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        self.picture_after(name, "scrollTo({ top: 0, behavior: 'instant' })").await
    }

    /// The same, with what matches in the middle.
    ///
    /// # Errors
    /// The file cannot be written, or nothing matches.
    pub async fn screenshot_of(&self, name: &str, selector: &str) -> Result<()> {
        let show =
            format!("document.querySelector(`{selector}`).scrollIntoView({{ block: 'center', behavior: 'instant' }})");
        self.picture_after(name, &show).await
    }

    async fn picture_after(&self, name: &str, show: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("BINTANG_SCREENSHOTS").map(PathBuf::from) else { return Ok(()) };
        std::fs::create_dir_all(&folder)?;
        self.script(&format!("document.activeElement?.blur(); {show}")).await?;
        self.browser.screenshot(&folder.join(format!("{name}.png"))).await
    }

    /// Serves another build of the app at the same address.
    ///
    /// # Errors
    /// The server cannot be started again.
    pub async fn publish(&mut self, dist: &Dist) -> Result<&Self> {
        self.app.stop().await?;
        let router: Router = site::router(dist.folder(), &self.base);
        self.app.replace(router);
        self.dist = dist.clone();
        self.app.start().await?;
        Ok(self)
    }

    /// Types an assessor and the receiver's address into Pengaturan.
    ///
    /// # Errors
    /// The fields are not there.
    pub async fn set_up(&self) -> Result<&Self> {
        self.visit("p=pengaturan").await?;
        self.browser.fill("#assessor-name", "Penilai Contoh").await?;
        self.add_endpoint(None).await?;
        self.visit("").await
    }

    /// The address for assessments.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("{}/assessments", self.receiver.origin())
    }

    /// Opens the app at a query by its address, and waits until it stands there.
    ///
    /// # Errors
    /// The app does not start.
    pub async fn visit(&self, query: &str) -> Result<&Self> {
        let mark = if query.is_empty() { "" } else { "?" };
        self.browser.go(&format!("{}{}{mark}{query}", self.app.origin(), self.base)).await?;
        self.started().await
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// The app does not start.
    pub async fn reload(&self) -> Result<&Self> {
        self.browser.reload().await?;
        self.started().await
    }

    async fn started(&self) -> Result<&Self> {
        self.browser.appear("main#isi").await?;
        Ok(self)
    }

    /// Stops both servers: every socket is closed.
    ///
    /// # Errors
    /// A server panicked.
    pub async fn cut_network(&mut self) -> Result<&Self> {
        self.app.stop().await?;
        self.receiver.stop().await?;
        Ok(self)
    }

    /// Starts both servers again.
    ///
    /// # Errors
    /// A port was taken meanwhile.
    pub async fn restore_network(&mut self) -> Result<&Self> {
        self.app.start().await?;
        self.receiver.start().await?;
        Ok(self)
    }

    /// Begins a new assessment as a person does, and waits for its sheet.
    ///
    /// # Errors
    /// A step is not there.
    pub async fn begin(&self, group: &str, subject: Subject<'_>) -> Result<&Self> {
        self.browser.press("a[href$='p=baru']").await?;
        self.browser.appear(&format!("#rubric-{group}:enabled")).await?;
        self.browser.press(&format!("#rubric-{group}")).await?;
        self.browser.fill("#product", subject.product).await?;
        self.browser.fill("#business", subject.business).await?;
        self.browser.press("#start").await?;
        self.browser.appear("aside.livebar").await?;
        self.browser.settle().await?;
        Ok(self)
    }

    /// Opens an assessment from the list by its product.
    ///
    /// # Errors
    /// It is not in the list.
    pub async fn open_item(&self, product: &str) -> Result<&Self> {
        const FIND: &str = "const links = [...document.querySelectorAll('[data-assessment] h3 a')];
            const link = links.find((link) => link.innerText.trim() === arguments[0]);
            return link?.closest('[data-assessment]').dataset.assessment ?? null;";
        let id = wait::until(format!("{product} in the list"), async || {
            Ok(self.browser.script(FIND, &[product.into()]).await?.as_str().map(str::to_owned))
        })
        .await?;
        // By its id: the list is made anew when the outbox was read, and a mark on a link would be gone.
        self.browser.press(&format!("[data-assessment='{id}'] h3 a")).await?;
        Ok(self)
    }

    /// The receiver's rows.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn rows(&self) -> Result<Vec<database::Stored>> {
        database::rows(&self.database()).await
    }

    /// The receiver's file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("receiver.sqlite")
    }

    /// Waits until the page has these words.
    ///
    /// # Errors
    /// It never has.
    pub async fn read(&self, words: &str) -> Result<&Self> {
        let read = wait::until(format!("the page says “{words}”"), async || {
            Ok(self.browser.text("body").await?.contains(words).then_some(()))
        });
        self.browser.explained(read.await).await?;
        Ok(self)
    }

    /// Makes sure that the page does not have these words.
    ///
    /// # Errors
    /// It has.
    pub async fn never(&self, words: &str) -> Result<&Self> {
        let page = self.browser.text("body").await?;
        ensure!(!page.contains(words), "the page says “{words}”: {page}");
        Ok(self)
    }

    /// Runs a script on the page and gives back what it returns.
    ///
    /// # Errors
    /// It throws.
    pub async fn script(&self, body: &str) -> Result<Value> {
        self.browser.script(body, &[]).await
    }

    /// Waits until a script returns `true`.
    ///
    /// # Errors
    /// It never does.
    pub async fn holds(&self, what: &str, body: &str) -> Result<&Self> {
        let held = wait::until(what, async || Ok(self.script(body).await?.as_bool().filter(|holds| *holds)));
        self.browser.explained(held.await.with_context(|| body.to_owned())).await?;
        Ok(self)
    }
}
