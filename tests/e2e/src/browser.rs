//! One browser with a profile of its own, through WebDriver. Where engines differ stands in [`crate::engine`].

mod disk;
mod display;
mod frames;
mod manner;
mod process;
mod tabs;

use crate::{
    engine::{Engine, Manner, Place, chromium},
    wait,
};
use anyhow::{Context as _, Result, ensure};
use display::Display;
use process::Driver;
pub use process::Killer;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
pub use tabs::Tab;
use thirtyfour::{By, WebDriver};

/// Width and height of a small phone in CSS pixels.
pub const PHONE: (u32, u32) = (360, 740);

/// A running browser. Dropped, it and its driver are killed.
pub struct Browser {
    engine: Engine,
    session: Option<WebDriver>,
    driver: Option<Driver>,
    display: Option<Display>,
    place: Place,
}

impl Browser {
    /// Starts one with a fresh profile.
    ///
    /// # Errors
    /// The driver or the browser cannot be started.
    pub async fn start_in(engine: Engine) -> Result<Self> {
        Self::start_as(engine, Manner::default()).await
    }

    /// The same, in another manner than the usual one.
    ///
    /// # Errors
    /// The driver or the browser cannot be started.
    pub async fn start_as(engine: Engine, manner: Manner) -> Result<Self> {
        let place = match Place::new(manner) {
            Err(_) if manner.small_disk => {
                return Err(engine.cannot("no small disk can be mounted for its profile here"));
            }
            place => place?,
        };
        let display = engine.differences().needs_display().then(Display::start).transpose()?;
        let mut browser = Self { engine, session: None, driver: None, display, place };
        browser.open_session().await?;
        Ok(browser)
    }

    /// Kills every process of the browser at once, as a phone without memory does, and starts it again on the same
    /// profile.
    ///
    /// # Errors
    /// It cannot be started again.
    pub async fn kill_and_start(&mut self) -> Result<()> {
        self.forget_session();
        if let Some(driver) = self.driver.take() {
            driver.killer().kill()?;
        }
        self.engine.differences().tidy(&self.place);
        self.open_session().await
    }

    /// What kills the browser also while something is asked of it; [`Browser::kill_and_start`] starts it again.
    ///
    /// # Errors
    /// None runs.
    pub fn killer(&self) -> Result<Killer> {
        Ok(self.driver.as_ref().context("no driver")?.killer())
    }

    async fn open_session(&mut self) -> Result<()> {
        let driver = self.driver.insert(Driver::start(self.engine, &self.place, self.display.as_ref()).await?);
        let wanted = self.engine.differences().wanted(&self.place)?;
        let session = WebDriver::new(driver.url(), wanted).await;
        self.session = Some(session.with_context(|| format!("{} does not start", self.engine))?);
        if self.engine.differences().begins_small() { Ok(()) } else { self.fit().await }
    }

    /// Makes the page as large as a small phone's, where the window's bars took some of it.
    async fn fit(&self) -> Result<()> {
        let inner = async || {
            let sides = self.script("return [innerWidth, innerHeight]", &[]).await?;
            Ok::<(u32, u32), anyhow::Error>(serde_json::from_value(sides)?)
        };
        wait::until(format!("the page is {PHONE:?}"), async || {
            let (width, height) = inner().await?;
            if (width, height) == PHONE {
                return Ok(Some(()));
            }
            let rect = self.session()?.get_window_rect().await?;
            let side = |outer: i64, inner: u32, wanted: u32| {
                u32::try_from(outer - i64::from(inner) + i64::from(wanted)).context("a side")
            };
            let (width, height) = (side(rect.width, width, PHONE.0)?, side(rect.height, height, PHONE.1)?);
            self.session()?.set_window_rect(0, 0, width, height).await?;
            ensure!(inner().await? == PHONE, "it is {:?}", inner().await?);
            Ok(Some(()))
        })
        .await
    }

    /// Its engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where downloads go.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        self.place.downloads()
    }

    /// Its session would be ended with a request when it is dropped, which a killed browser never answers.
    fn forget_session(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = session.leak();
        }
    }

    fn session(&self) -> Result<&WebDriver> {
        self.session.as_ref().context("no session")
    }

    /// Loads an address.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn go(&self, url: &str) -> Result<()> {
        self.session()?.goto(url).await.with_context(|| format!("going to {url}"))
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn reload(&self) -> Result<()> {
        if !self.engine.differences().reloads_past_the_worker() {
            return self.session()?.refresh().await.context("reloading");
        }
        self.script("window.left = true; setTimeout(() => location.reload())", &[]).await?;
        wait::until("the page is loaded anew", async || {
            let anew = "return window.left === undefined && document.readyState === 'complete'";
            Ok(self.script(anew, &[]).await?.as_bool().filter(|anew| *anew).map(drop))
        })
        .await
    }

    /// Where it is.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn address(&self) -> Result<String> {
        Ok(self.session()?.current_url().await?.to_string())
    }

    /// Runs a script's body and gives back what it returns.
    ///
    /// # Errors
    /// It throws.
    pub async fn script(&self, body: &str, words: &[Value]) -> Result<Value> {
        let returned = self.session()?.execute(body, words.to_vec()).await;
        Ok(returned.with_context(|| format!("the script {body}"))?.json().clone())
    }

    /// Runs a script's body that ends by calling `done`, its last argument.
    ///
    /// # Errors
    /// It throws, or never ends.
    pub async fn script_until_done(&self, body: &str, words: &[Value]) -> Result<Value> {
        let body = format!("const done = arguments[arguments.length - 1];\n{body}");
        let returned = self.session()?.execute_async(body.as_str(), words.to_vec()).await;
        Ok(returned.with_context(|| format!("the script {body}"))?.json().clone())
    }

    /// Presses what a person would press for this selector: a control's label where it has one. Waits until it is there
    /// and nothing lies above it.
    ///
    /// # Errors
    /// It never is.
    pub async fn press(&self, selector: &str) -> Result<()> {
        const FIND: &str = "const label = (found) => ['radio', 'checkbox'].includes(found.type) && found.labels[0];
            const targets = [...document.querySelectorAll(arguments[0])].map((found) => label(found) || found);
            const target = targets.find((target) => target.checkVisibility());
            if (!target) return null;
            target.scrollIntoView({ block: 'center', behavior: 'instant' });
            window.pressed = false;
            // Another element that matches may stand in its place by then.
            const heard = ({ target: hit }) => {
                if (hit.closest(arguments[0]) || hit.closest('label')?.control?.matches(arguments[0])) window.pressed = true;
            };
            document.addEventListener('click', heard, { once: true, capture: true });
            return target;";
        // A banner that comes between aiming and pressing moves the target away; in another page nothing is known of it.
        const ARRIVED: &str = "const arrived = () => window.pressed !== false;
            if (arrived()) done(true);
            else requestAnimationFrame(() => requestAnimationFrame(() => done(arrived())));";
        let pressed = wait::until(format!("pressing {selector}"), async || {
            let found = self.session()?.execute(FIND, vec![json!(selector)]).await?;
            if found.json().is_null() {
                return Ok(None);
            }
            found.element()?.click().await?;
            // A page that went away with the press cannot answer.
            let arrived = self.script_until_done(ARRIVED, &[]).await.unwrap_or_default();
            Ok((arrived != json!(false)).then_some(()))
        });
        self.explained(pressed.await).await
    }

    /// The same, with what is on the screen where it failed.
    ///
    /// # Errors
    /// As it came.
    pub async fn explained<T>(&self, outcome: Result<T>) -> Result<T> {
        match outcome {
            Ok(value) => Ok(value),
            Err(error) => Err(error.context(self.picture().await)),
        }
    }

    /// Types into a field, in place of what stands there, and stays in it.
    ///
    /// # Errors
    /// The field is not there.
    pub async fn type_in(&self, selector: &str, text: &str) -> Result<()> {
        self.appear(selector).await?;
        const INTO_VIEW: &str = "document.querySelector(arguments[0])
            .scrollIntoView({ block: 'center', behavior: 'instant' });";
        let cleared = wait::until(format!("{selector} takes text"), async || {
            // A driver scrolls as the page does, smoothly, and may not wait for it.
            self.script(INTO_VIEW, &[json!(selector)]).await?;
            let field = self.session()?.find(By::Css(selector)).await?;
            field.clear().await?;
            Ok(Some(field))
        });
        self.explained(cleared.await).await?.send_keys(text).await?;
        Ok(())
    }

    /// Draws with the mouse in what matches: from point to point, in pixels from its middle.
    ///
    /// # Errors
    /// Nothing matches.
    pub async fn draw(&self, selector: &str, points: &[(i64, i64)]) -> Result<()> {
        const INTO_VIEW: &str = "document.querySelector(arguments[0])
            .scrollIntoView({ block: 'center', behavior: 'instant' });";
        self.appear(selector).await?;
        self.script(INTO_VIEW, &[json!(selector)]).await?;
        let field = self.session()?.find(By::Css(selector)).await?;
        let mut at = (0, 0);
        let mut chain = self.session()?.action_chain().move_to_element_center(&field);
        for (place, &(x, y)) in points.iter().enumerate() {
            chain = chain.move_by_offset(x - at.0, y - at.1);
            if place == 0 {
                chain = chain.click_and_hold();
            }
            at = (x, y);
        }
        chain.release().perform().await?;
        Ok(())
    }

    /// Waits until something matches.
    ///
    /// # Errors
    /// Nothing ever does.
    pub async fn appear(&self, selector: &str) -> Result<()> {
        let found =
            wait::until(format!("{selector} appears"), async || Ok((self.count(selector).await? > 0).then_some(())));
        self.explained(found.await).await
    }

    /// How many elements match now.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let count = self.script("return document.querySelectorAll(arguments[0]).length", &[json!(selector)]).await?;
        count.as_u64().context("a number of elements")
    }

    /// The text a person reads in the first match, or an attribute of it.
    ///
    /// # Errors
    /// There is none.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let text = self.script("return document.querySelector(arguments[0])?.innerText", &[json!(selector)]).await?;
        Ok(text.as_str().with_context(|| format!("no {selector}"))?.to_owned())
    }

    /// An attribute of the first match; `None` where it has none.
    ///
    /// # Errors
    /// There is no match.
    pub async fn attribute(&self, selector: &str, name: &str) -> Result<Option<String>> {
        const READ: &str = "const found = document.querySelector(arguments[0]);
            return found && [found.getAttribute(arguments[1])];";
        let value = self.script(READ, &[json!(selector), json!(name)]).await?;
        ensure!(value.is_array(), "no {selector}");
        Ok(value.get(0).and_then(Value::as_str).map(str::to_owned))
    }

    /// Chooses a file in a field for files.
    ///
    /// # Errors
    /// The field is not there.
    pub async fn choose_file(&self, selector: &str, file: &Path) -> Result<()> {
        let field = self.session()?.find(By::Css(selector)).await?;
        field.send_keys(file.canonicalize()?.to_str().context("a path in UTF-8")?).await?;
        Ok(())
    }

    /// Waits until the last change is painted.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn settle(&self) -> Result<()> {
        let frames = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";
        self.script_until_done(frames, &[]).await.map(drop)
    }

    /// Saves what is seen as a PNG.
    ///
    /// # Errors
    /// The file cannot be written.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        self.settle().await?;
        self.session()?.screenshot(file).await.with_context(|| file.display().to_string())
    }

    /// Slows the page's main thread down so many times; for figures, in Chromium alone.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn slow_down(&self, times: u32) -> Result<()> {
        match self.engine {
            Engine::Chromium => chromium::slow_down(self.session()?, times).await,
            Engine::Firefox | Engine::WebKit => Err(self.engine.cannot("its driver slows nothing down")),
        }
    }

    /// Has the page's memory collected; in Chromium alone.
    ///
    /// # Errors
    /// The engine cannot.
    pub async fn collect_garbage(&self) -> Result<()> {
        match self.engine {
            Engine::Chromium => chromium::collect_garbage(self.session()?).await,
            Engine::Firefox | Engine::WebKit => Err(self.engine.cannot("its driver collects no memory")),
        }
    }

    /// The errors on the page's console since this was last asked.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn console(&self) -> Result<Vec<String>> {
        match self.engine {
            Engine::Chromium => chromium::console(self.session()?).await,
            Engine::Firefox | Engine::WebKit => Ok(self.driver.as_ref().map(Driver::errors).unwrap_or_default()),
        }
    }

    /// Gives an origin's pages so much room for what they store, in bytes; as much as there is with `None`.
    ///
    /// # Errors
    /// The engine cannot, or refuses.
    pub async fn give_room(&self, origin: &str, bytes: Option<u64>) -> Result<()> {
        self.engine.sets_room()?;
        chromium::give_room(self.session()?, origin, bytes).await
    }

    /// What is on the screen and in the console, for the message of a failure.
    pub async fn picture(&self) -> String {
        let words = self.script("return document.body.innerText.replace(/\\s+/g, ' ').slice(0, 1500)", &[]).await;
        let words = words.ok().as_ref().and_then(Value::as_str).unwrap_or("no page").to_owned();
        let address = self.address().await.unwrap_or_default();
        let console = self.console().await.unwrap_or_default().join("\n");
        format!("at {address}: {words}\nconsole: {console}")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.forget_session();
    }
}
