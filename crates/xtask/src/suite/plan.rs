//! The steps, in the order in which a mistake is found soonest.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::app_build::{self, Options};
use crate::{setup, web, workspace};

/// Packages whose code runs in the browser: they are linted for it, everything else natively.
const FOR_THE_BROWSER: [&str; 3] = ["bintang-platform", "bintang-dom", "bintang"];

/// Packages without a native test: one has all its tests in the browser, the other is a step of its own.
const NOT_NATIVE: [&str; 2] = ["bintang-platform", "bintang-e2e"];

/// One step of the suite.
pub struct Step {
    /// The word that selects it.
    pub name: &'static str,
    /// What a person reads.
    pub what: &'static str,
    /// What is done.
    pub job: Job,
    /// Whether it is useless after a failed build.
    pub needs_build: bool,
}

/// What a step does.
pub enum Job {
    /// Counts as one test.
    Check(Box<dyn Fn() -> Result<Command>>),
    /// Its runner says how many tests there were.
    Tests(Box<dyn Fn() -> Result<Command>>),
    /// The check of the layers.
    Layers,
    /// The check of the weight.
    Budget,
}

const NAMES: [&str; 10] =
    ["fmt", "layers", "deny", "clippy", "clippy-web", "native", "browser", "build", "budget", "e2e"];

/// Which steps and which tests are wanted.
#[derive(Debug, Default)]
pub struct Selection {
    steps: Vec<String>,
    filters: Vec<String>,
}

impl Selection {
    /// Names of steps select steps, any other word selects tests whose names have it.
    pub fn parse(words: &[String]) -> Self {
        let (steps, filters) = words.iter().cloned().partition(|word| NAMES.contains(&word.as_str()));
        Self { steps, filters }
    }

    fn has(&self, name: &str) -> bool {
        let needed = |step: &str| name == "build" && ["budget", "e2e"].contains(&step);
        if !self.steps.is_empty() {
            return self.steps.iter().any(|step| step == name || needed(step));
        }
        self.filters.is_empty() || ["native", "browser", "build", "e2e"].contains(&name)
    }
}

/// The steps that are wanted, in their order.
pub fn steps(selection: &Selection) -> Vec<Step> {
    let step = |name, what, job| Step { name, what, job, needs_build: ["budget", "e2e"].contains(&name) };
    let filters = || selection.filters.clone();
    let (for_native, for_browser, for_e2e) = (filters(), filters(), filters());
    let all = vec![
        step("fmt", "formatting", Job::Check(Box::new(|| native(&["fmt", "--all", "--check"])))),
        step("layers", "layers: who may know whom", Job::Layers),
        step("deny", "licences and sources of all crates", Job::Check(Box::new(deny))),
        step("clippy", "lints, native", Job::Check(Box::new(native_clippy))),
        step("clippy-web", "lints, browser", Job::Check(Box::new(web_clippy))),
        step("native", "native tests", Job::Tests(Box::new(move || native_tests(&for_native)))),
        step(
            "browser",
            "browser tests, in headless Chromium",
            Job::Tests(Box::new(move || browser_tests(&for_browser))),
        ),
        step("build", "the app, as shipped", Job::Check(Box::new(build))),
        step("budget", "budget of the first load", Job::Budget),
        step("e2e", "end to end, in Chromium, Firefox and WebKit", Job::Tests(Box::new(move || e2e(&for_e2e)))),
    ];
    all.into_iter().filter(|step| selection.has(step.name)).collect()
}

fn native(words: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command.args(words).current_dir(workspace::root()).env("CARGO_TARGET_DIR", workspace::target()?);
    Ok(odd(command))
}

/// A time zone with three quarters of an hour and a language with its own dotted i: what breaks there would break somewhere.
fn odd(mut command: Command) -> Command {
    command.env("TZ", "Pacific/Chatham").env("LANG", "tr_TR.UTF-8").env("LC_ALL", "C.UTF-8");
    command
}

/// Known weaknesses are looked up where their database can be had: elsewhere, since a test needs no network.
fn deny() -> Result<Command> {
    println!("  not looked at: advisories, whose database is not on this machine (`cargo deny check advisories`)");
    let mut command = Command::new(setup::cargo_deny()?);
    command.args(["--log-level", "error", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    command.current_dir(workspace::root());
    Ok(command)
}

fn native_clippy() -> Result<Command> {
    let mut command = native(&["clippy", "--workspace", "--all-targets"])?;
    command.args(FOR_THE_BROWSER.iter().flat_map(|package| ["--exclude", package])).args(["--", "-D", "warnings"]);
    Ok(command)
}

fn web_clippy() -> Result<Command> {
    let mut command = web::cargo()?;
    command.args(["clippy", "--all-targets", "--target", web::TARGET]);
    command.args(FOR_THE_BROWSER.iter().flat_map(|package| ["--package", package])).args(["--", "-D", "warnings"]);
    Ok(command)
}

fn native_tests(filters: &[String]) -> Result<Command> {
    let mut packages = vec!["--workspace"];
    packages.extend(NOT_NATIVE.iter().flat_map(|package| ["--exclude", package]));
    test_runner(&packages, filters)
}

fn e2e(filters: &[String]) -> Result<Command> {
    scenarios(&["--package", "bintang-e2e"], filters)
}

/// The cases of the torture alone, those with one of these words in their names if there are words.
pub fn torture(cases: &[String]) -> Result<Command> {
    scenarios(&["--package", "bintang-e2e", "--test", "torture"], cases)
}

fn scenarios(packages: &[&str], filters: &[String]) -> Result<Command> {
    let mut command = test_runner(packages, filters)?;
    if workspace::on_path("cargo-nextest") {
        // A real browser on a busy machine sometimes does not start, or hears a press too late. What passes at the second
        // try is told as flaky; what fails twice fails.
        command.args(["--retries", "1"]);
    }
    command.env("BINTANG_DIST", workspace::dist()).env("GECKODRIVER", setup::geckodriver()?);
    command.env("BINTANG_AXE", setup::axe()?);
    command.env("BINTANG_WORDPRESS", setup::wordpress()?);
    Ok(command)
}

/// nextest where somebody has it; it is never built for this.
fn test_runner(packages: &[&str], filters: &[String]) -> Result<Command> {
    if workspace::on_path("cargo-nextest") {
        // A test that passes may say that it skipped something.
        let mut command =
            native(&["nextest", "run", "--no-fail-fast", "--no-tests=pass", "--success-output=immediate"])?;
        command.args(packages).args(filters);
        return Ok(command);
    }
    let mut command = native(&["test", "--no-fail-fast", "--lib", "--bins", "--tests"])?;
    command.args(packages).arg("--").args(filters);
    Ok(command)
}

fn browser_tests(filters: &[String]) -> Result<Command> {
    let mut command = odd(web::cargo()?);
    command.args(["test", "--no-fail-fast", "--lib", "--tests", "--target", web::TARGET]);
    for package in FOR_THE_BROWSER {
        let folder = folder(package);
        if ["src", "tests"].iter().any(|part| contains(&folder.join(part), "#[wasm_bindgen_test")) {
            command.args(["--package", package]);
        }
    }
    // The browser's runner takes one filter.
    command.arg("--").args(filters.first());
    Ok(command)
}

/// Where a package of the workspace is.
fn folder(package: &str) -> PathBuf {
    let root = workspace::root();
    package.strip_prefix("bintang-").map_or(root.clone(), |name| root.join("crates").join(name))
}

/// Whether a file below the folder has the text.
fn contains(folder: &Path, text: &str) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            contains(&path, text)
        } else {
            fs::read_to_string(&path).is_ok_and(|all| all.contains(text))
        }
    })
}

fn build() -> Result<Command> {
    let options = Options::default();
    app_build::fetch(&options)?;
    app_build::trunk(&options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<&'static str> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        steps(&Selection::parse(&words)).iter().map(|step| step.name).collect()
    }

    #[test]
    fn words_narrow_the_suite() {
        assert_eq!(names(&[]), NAMES);
        assert_eq!(names(&["layers"]), ["layers"]);
        assert_eq!(names(&["e2e", "food"]), ["build", "e2e"]);
        assert_eq!(names(&["food"]), ["native", "browser", "build", "e2e"]);
    }

    fn arguments(command: &Command) -> Vec<&str> {
        command.get_args().filter_map(|word| word.to_str()).collect()
    }

    #[test]
    fn no_package_with_native_tests_is_left_out() {
        let command = native_tests(&[]).unwrap();
        let words = arguments(&command);
        let excluded: Vec<&str> = words.windows(2).filter(|pair| pair[0] == "--exclude").map(|pair| pair[1]).collect();
        assert!(words.contains(&"--workspace"));
        for package in excluded.into_iter().filter(|package| *package != "bintang-e2e") {
            let folder = folder(package);
            assert!(folder.join("src").is_dir(), "{package}");
            for part in ["src", "tests"] {
                assert!(!contains(&folder.join(part), "#[test]"), "{package} has native tests in {part}");
            }
        }
    }

    #[test]
    fn every_package_that_needs_a_browser_is_linted_for_it() {
        let root = workspace::root();
        let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
        let mut found = Vec::new();
        for folder in crates.chain([root]) {
            let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
            let needs = |name: &str| manifest["dependencies"].get(name).is_some();
            if needs("leptos") || needs("web-sys") || needs("js-sys") {
                found.push(manifest["package"]["name"].as_str().unwrap().to_owned());
            }
        }
        found.sort();
        let mut linted = FOR_THE_BROWSER;
        linted.sort_unstable();
        assert_eq!(found, linted);
    }
}
