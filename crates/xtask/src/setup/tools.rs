//! Trunk, wasm-bindgen and wasm-split, and Firefox's driver for tests, each in a folder of its own that carries its version.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::Purpose;
use crate::{process, workspace};

/// Newer ones ask for a newer compiler than ours.
const TRUNK: &str = "0.21.14";

/// Cuts the linked module at the split points of wasm_split_helpers 0.2 (docs/adr/0007).
const SPLIT: &str = "0.2.4";

/// Firefox's driver: distributions do not package it.
const GECKODRIVER: &str = "0.37.1";

/// Looks at licences and sources of all crates.
const DENY: &str = "0.20.2";

struct Tool {
    package: &'static str,
    version: String,
    program: &'static str,
    /// The crate's features that make the program, if they are not the default ones.
    features: Option<&'static str>,
    minutes: &'static str,
}

impl Tool {
    fn folder(&self) -> Result<PathBuf> {
        Ok(workspace::cache()?.join("tools").join(format!("{}-{}", self.package, self.version)))
    }

    fn programs(&self) -> Result<PathBuf> {
        Ok(self.folder()?.join("bin"))
    }

    fn install(&self) -> Result<()> {
        let mut locked = self.cargo_install()?;
        locked.arg("--locked");
        let what = format!("{} {} is built, once (about {})", self.package, self.version, self.minutes);
        // The crate's own lock names versions that a mirror may not have yet.
        process::long(&what, &mut locked)
            .or_else(|_| process::long(&format!("{what}; second try, with newer crates"), &mut self.cargo_install()?))
    }

    /// Unoptimised: the tools run for a second, building them is what takes time.
    fn cargo_install(&self) -> Result<Command> {
        let mut command = Command::new("cargo");
        command.args(["install", "--quiet", "--debug", self.package, "--version", &self.version, "--root"]);
        command.arg(self.folder()?);
        if let Some(features) = self.features {
            command.args(["--features", features]);
        }
        command.env("CARGO_TARGET_DIR", workspace::cache()?.join("tools-build"));
        command.env_remove("CARGO");
        Ok(command)
    }
}

/// Builds the tools that are missing.
pub fn ensure(purpose: Purpose) -> Result<()> {
    let mut wanted = Vec::from(of_builds()?);
    if purpose == Purpose::Tests {
        wanted.extend([gecko(), deny()]);
    }
    for tool in wanted {
        if !tool.programs()?.join(tool.program).is_file() {
            tool.install()?;
        }
    }
    Ok(())
}

/// The folders that must be on PATH for a build.
pub fn folders() -> Result<Vec<PathBuf>> {
    of_builds()?.iter().map(Tool::programs).collect()
}

/// Where wasm-bindgen and its test runner are.
pub fn wasm_bindgen_folder() -> Result<PathBuf> {
    wasm_bindgen()?.programs()
}

fn of_builds() -> Result<[Tool; 3]> {
    let trunk =
        Tool { package: "trunk", version: TRUNK.to_owned(), program: "trunk", features: None, minutes: "5 minutes" };
    let split = Tool {
        package: "wasm_split_cli_support",
        version: SPLIT.to_owned(),
        program: "wasm-split-cli",
        features: Some("build-binary"),
        minutes: "2 minutes",
    };
    Ok([trunk, wasm_bindgen()?, split])
}

/// The driver that end-to-end tests start Firefox with.
pub fn geckodriver() -> Result<PathBuf> {
    let tool = gecko();
    Ok(tool.programs()?.join(tool.program))
}

fn gecko() -> Tool {
    Tool {
        package: "geckodriver",
        version: GECKODRIVER.to_owned(),
        program: "geckodriver",
        features: None,
        minutes: "2 minutes",
    }
}

fn deny() -> Tool {
    Tool {
        package: "cargo-deny",
        version: DENY.to_owned(),
        program: "cargo-deny",
        features: None,
        minutes: "4 minutes",
    }
}

/// Where cargo-deny is.
pub fn cargo_deny() -> Result<PathBuf> {
    Ok(deny().programs()?.join("cargo-deny"))
}

fn wasm_bindgen() -> Result<Tool> {
    let lock = fs::read_to_string(workspace::root().join("Cargo.lock")).context("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version,
        program: "wasm-bindgen-test-runner",
        features: None,
        minutes: "2 minutes",
    })
}

/// The tool must have the very version of the library that the app is linked with.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
