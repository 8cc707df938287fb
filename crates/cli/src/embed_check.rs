//! `bintang embed-check`: says what on a page stands in the way of the scorer, and which lines to add (docs/embedding.md).

mod fetched;
mod page;
mod policy;
mod served;

use anyhow::{Context as _, Result, ensure};
use bintang_domain::web_address::WebAddress;
use clap::{Args, ValueEnum};
use fetched::Fetcher;
use page::Page;
use std::{
    io::{self, Write},
    process::ExitCode,
};
use url::Url;

/// Which page, and what is to stand on it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The page, such as https://dinas.example.id/ovop
    #[arg(value_name = "URL")]
    page: Url,
    /// Where the app is, such as https://bintang.example.id/; else as the page's own script says
    #[arg(long, value_name = "URL")]
    app: Option<Url>,
    /// Where finished assessments go; else as the element on the page says
    #[arg(long, value_name = "URL", value_parser = crate::given::address)]
    endpoint: Option<WebAddress>,
    /// How the scorer is to be shown; else as the element on the page says
    #[arg(long)]
    mode: Option<Mode>,
}

/// How the scorer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// In the page itself.
    Inline,
    /// In a frame.
    Frame,
    /// As a link to the app.
    Link,
}

impl Mode {
    fn of(text: &str) -> Self {
        match text {
            "frame" => Self::Frame,
            "link" => Self::Link,
            _ => Self::Inline,
        }
    }
}

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it stands in the way; `None` where it is only said.
    pub held: Option<bool>,
    /// What was looked at.
    pub what: &'static str,
    /// What was seen.
    pub seen: String,
    /// What to add, and where.
    pub add: Vec<String>,
}

impl Finding {
    fn ok(what: &'static str, seen: impl Into<String>) -> Self {
        Self { held: Some(true), what, seen: seen.into(), add: Vec::new() }
    }

    fn note(what: &'static str, seen: impl Into<String>) -> Self {
        Self { held: None, what, seen: seen.into(), add: Vec::new() }
    }

    fn bad(what: &'static str, seen: impl Into<String>, add: impl IntoIterator<Item = String>) -> Self {
        Self { held: Some(false), what, seen: seen.into(), add: add.into_iter().collect() }
    }
}

/// What is known of the app and the way it is to be shown.
pub struct Wanted {
    /// The app's folder.
    pub app: Url,
    /// How.
    pub mode: Mode,
    /// Where assessments go.
    pub endpoint: Option<Url>,
}

/// Looks at it; the code says whether nothing stands in the way.
pub async fn embed_check(arguments: Arguments) -> Result<ExitCode> {
    // The client waits for its answers.
    let findings = tokio::task::spawn_blocking(move || look(&arguments)).await??;
    let clear = write(&findings, &mut io::stdout().lock())?;
    Ok(if clear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn look(arguments: &Arguments) -> Result<Vec<Finding>> {
    ensure!(matches!(arguments.page.scheme(), "http" | "https"), "a page begins with https:// or http://");
    let fetcher = Fetcher::default();
    let answer = fetcher.get(&arguments.page, None).context("the page")?;
    let page = Page::read(&answer);
    let app = arguments.app.clone().or_else(|| page.app()).context(
        "The page loads no embed.js. Say with --app where the app is; the lines for the page are in docs/embedding.md.",
    )?;
    let app = app.join("./").context("the app's address")?;
    let mode = arguments.mode.unwrap_or_else(|| page.attribute("mode").map_or(Mode::Inline, Mode::of));
    let endpoint = match &arguments.endpoint {
        Some(endpoint) => Url::parse(endpoint.url()).ok(),
        None => page.attribute("endpoint").and_then(|text| answer.url.join(text).ok()),
    };
    let wanted = Wanted { app, mode, endpoint };
    let mut findings = page.findings(&wanted);
    findings.extend(policy::findings(&answer, &page, &wanted));
    findings.extend(served::findings(&fetcher, &answer.url, &wanted));
    Ok(findings)
}

/// One line each, then what to add; whether nothing stands in the way.
fn write(findings: &[Finding], out: &mut impl Write) -> Result<bool> {
    for finding in findings {
        let word = match finding.held {
            Some(true) => "ok",
            Some(false) => "FAILED",
            None => "note",
        };
        writeln!(out, "{word:<7} {:<24} {}", finding.what, finding.seen)?;
    }
    let add: Vec<&String> = findings.iter().flat_map(|finding| &finding.add).collect();
    if !add.is_empty() {
        writeln!(out, "\nTo add:")?;
        for line in add {
            writeln!(out, "  {line}")?;
        }
    }
    let failed = findings.iter().filter(|finding| finding.held == Some(false)).count();
    writeln!(out, "\n{failed} of {} in the way", findings.iter().filter(|finding| finding.held.is_some()).count())?;
    Ok(failed == 0)
}
