//! A page of another site with the scorer in it, and what a person does there.

use crate::{Engine, Scenario, browser::Browser, scenario::Options, server::Server, wait};
use anyhow::{Context as _, Result, ensure};
use axum::{Router, extract::Path, http::HeaderMap, response::IntoResponse as _, routing::get};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// A page of the other site.
#[derive(Debug, Clone, Default)]
struct Page {
    html: String,
    head: HeaderMap,
}

/// What is noted of the elements' events, in `window.heard`, before the element is known.
const HEAR: &str = "window.heard = [];
for (const name of ['ready', 'change', 'finish', 'proved', 'error'])
    addEventListener(`bintang-${name}`, ({ detail, target }) => heard.push({ name, detail, at: target.id }));";

/// The app, a receiver, and a site of somebody else's, `http://localhost`, whose pages show the scorer.
pub struct Embed {
    /// The app, its receiver and the browser.
    pub scenario: Scenario,
    /// The other site.
    pub site: Server,
    pages: Arc<Mutex<BTreeMap<String, Page>>>,
}

impl Embed {
    /// Starts all of it.
    ///
    /// # Errors
    /// Something does not start.
    pub async fn open_in(engine: Engine) -> Result<Self> {
        let scenario = Scenario::open_with(Options { engine, ..Options::default() }).await?;
        let pages = Arc::<Mutex<BTreeMap<String, Page>>>::default();
        let served = pages.clone();
        let router = Router::new().route(
            "/{name}",
            get(async move |Path(name): Path<String>| {
                let page = served.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
                let mut response = page.as_ref().map(|page| page.html.clone()).unwrap_or_default().into_response();
                let kind = if name.ends_with(".js") { "text/javascript" } else { "text/html; charset=utf-8" };
                response.headers_mut().insert("content-type", kind.parse().unwrap_or_else(|_| unreachable!()));
                response.headers_mut().extend(page.map(|page| page.head).unwrap_or_default());
                response
            }),
        );
        let site = Server::start_new(router).await?;
        let embed = Self { scenario, site, pages };
        embed.put("hear.js", HEAR, "");
        Ok(embed)
    }

    /// The browser.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.scenario.browser
    }

    /// Puts a file to the site, with a policy where there is one.
    pub fn put(&self, name: &str, text: &str, policy: &str) {
        let mut head = HeaderMap::new();
        if let Some(policy) = (!policy.is_empty()).then(|| policy.parse().ok()).flatten() {
            head.insert("content-security-policy", policy);
        }
        let page = Page { html: text.to_owned(), head };
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), page);
    }

    /// The two lines that a webmaster copies, with these attributes.
    #[must_use]
    pub fn lines(&self, attributes: &str) -> String {
        let app = self.scenario.app.origin();
        format!(
            "<script type=\"module\" src=\"{app}/embed.js\"></script>\n<bintang-scorer {attributes}></bintang-scorer>"
        )
    }

    /// The attribute that names the receiver.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("endpoint=\"{}\"", self.scenario.endpoint())
    }

    /// Shows a page of the site with this body.
    ///
    /// # Errors
    /// It does not load.
    pub async fn show(&self, body: &str) -> Result<()> {
        self.show_with("", body, "").await
    }

    /// The same with something in the page's head, and a policy.
    ///
    /// # Errors
    /// It does not load.
    pub async fn show_with(&self, head: &str, body: &str, policy: &str) -> Result<()> {
        let html = format!(
            "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>Dinas</title><script src=\"hear.js\"></script>\n{head}</head>\n<body>\n{body}\n</body></html>"
        );
        self.put("page.html", &html, policy);
        self.browser().go(&self.address()).await
    }

    /// Where the page is.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/page.html", self.site.other_origin())
    }

    /// Runs a script's body in the page; `root` is the shadow root of the element with this number.
    ///
    /// # Errors
    /// It throws.
    pub async fn script(&self, number: usize, body: &str, words: &[Value]) -> Result<Value> {
        let body = format!(
            "const element = document.querySelectorAll('bintang-scorer')[{number}]; const root = element?.shadowRoot;\n{body}"
        );
        self.browser().script(&body, words).await
    }

    /// The same, ended by calling `done`.
    ///
    /// # Errors
    /// It throws.
    pub async fn script_until_done(&self, body: &str, words: &[Value]) -> Result<Value> {
        let body = format!("const element = document.querySelector('bintang-scorer');\n{body}");
        self.browser().script_until_done(&body, words).await
    }

    /// Waits until this holds in the page.
    ///
    /// # Errors
    /// It never does.
    pub async fn holds(&self, number: usize, what: &str, body: &str) -> Result<()> {
        let held = wait::until(what.to_owned(), async || {
            Ok(self.script(number, body, &[]).await?.as_bool().filter(|held| *held).map(drop))
        });
        match held.await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(self.told(number).await)),
        }
    }

    /// What is in the element, and what was heard, for the message of a failure.
    async fn told(&self, number: usize) -> String {
        let words = "return JSON.stringify([root?.querySelector('.bintang-root')?.innerText?.slice(0, 800), root?.innerHTML?.slice(0, 600), window.heard]);";
        let told = self.script(number, words, &[]).await.unwrap_or_default();
        format!("{told}\n{}", self.browser().picture().await)
    }

    /// Waits until a sheet stands in the element.
    ///
    /// # Errors
    /// It never does.
    pub async fn stands(&self, number: usize) -> Result<()> {
        self.holds(number, "a sheet stands in the element", "return Boolean(root?.querySelector('aside.livebar'))")
            .await
    }

    /// Presses what matches in the element, as a person does: where it is on the screen.
    ///
    /// # Errors
    /// It is never there, or something lies above it.
    pub async fn press(&self, number: usize, selector: &str) -> Result<()> {
        let find = format!(
            "const root = document.querySelectorAll('bintang-scorer')[{number}]?.shadowRoot;
            const found = root?.querySelector(arguments[0]);
            const target = found && (['radio', 'checkbox'].includes(found.type) && found.labels[0] || found);
            if (!target?.checkVisibility()) return null;
            target.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            return target;"
        );
        let pressed = wait::until(format!("pressing {selector}"), async || {
            self.browser().press_found(&find, &[json!(selector)]).await
        });
        match pressed.await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(self.told(number).await)),
        }
    }

    /// Answers a criterion and waits until the element calls it saved.
    ///
    /// # Errors
    /// It never does.
    pub async fn answer(&self, number: usize, row: &str) -> Result<()> {
        let chosen = format!("return root.querySelector(\"[id='{row}']\")?.checked === true");
        // A card that is made meanwhile moves the row away from where it was aimed at.
        let pressed = wait::until(format!("{row} is chosen"), async || {
            self.press(number, &format!("[id='{row}']")).await?;
            Ok(self.script(number, &chosen, &[]).await?.as_bool().filter(|chosen| *chosen).map(drop))
        });
        pressed.await?;
        self.holds(number, "it is saved", "return root.querySelector('.saved')?.dataset.state === 'saved'").await
    }

    /// The rows that are chosen.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn chosen(&self, number: usize) -> Result<Vec<String>> {
        self.holds(number, "every card is made", "return !root.querySelector('.criterion:empty')").await?;
        let rows = "return [...root.querySelectorAll('input:checked')].map((row) => row.id)";
        Ok(serde_json::from_value(self.script(number, rows, &[]).await?)?)
    }

    /// Calls a method of the first element; what it answers.
    ///
    /// # Errors
    /// It refuses; the message is the error's.
    pub async fn call(&self, method: &str, argument: &Value) -> Result<Value> {
        let body = format!(
            "element.{method}(arguments[0]).then((answer) => done({{ answer }}), (error) => done({{ error: error.message }}));"
        );
        let came = self.script_until_done(&body, std::slice::from_ref(argument)).await?;
        ensure!(came.get("error").is_none(), "{}", came.get("error").and_then(Value::as_str).unwrap_or_default());
        Ok(came.get("answer").cloned().unwrap_or_default())
    }

    /// The events of this name, with their details.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn heard(&self, name: &str) -> Result<Vec<Value>> {
        let body = "return heard.filter(({ name }) => name === arguments[0])";
        let heard = self.browser().script(body, &[json!(name)]).await?;
        heard.as_array().cloned().context("a list")
    }

    /// Waits until an event was heard; its detail.
    ///
    /// # Errors
    /// It never is.
    pub async fn hears(&self, name: &str) -> Result<Value> {
        let heard = wait::until(format!("bintang-{name} is heard"), async || {
            Ok(self.heard(name).await?.first().map(|event| event.get("detail").cloned().unwrap_or_default()))
        });
        match heard.await {
            Ok(detail) => Ok(detail),
            Err(error) => Err(error.context(self.told(0).await)),
        }
    }
}
