//! The compiler for the browser, and the packages that builds and tests need beside it.

use std::process::{Command, Stdio};

use anyhow::Result;

use super::{Purpose, packages};
use crate::web::{Compiler, TARGET};
use crate::{process, workspace};

/// A package, and files of which one shows that it is installed.
type Package = (&'static str, &'static [&'static str]);

const COMPILER: &[Package] = &[
    ("rustc-web", &["/usr/bin/rustc"]),
    ("cargo-web", &["/usr/bin/cargo"]),
    ("rust-web-src", &["/usr/lib/rustlib/src/rust/library/std/Cargo.toml"]),
    ("lld-22", &["/usr/bin/wasm-ld-22"]),
];
const CLIPPY: Package = ("rust-web-clippy", &["/usr/bin/cargo-clippy"]);
const BROWSER: &[Package] = &[
    ("chromium", &["/usr/bin/chromium"]),
    ("chromium-driver", &["/usr/bin/chromedriver"]),
    ("fonts-roboto", &["/usr/share/fonts/truetype/roboto", "/usr/share/fonts/truetype/roboto/unhinted"]),
];

/// Looks for the compiler in the order: there already, rustup, the distribution's packages.
pub fn ensure(purpose: Purpose) -> Result<()> {
    let mut compiler = Compiler::find();
    if compiler.is_none() && rustup_adds_target() {
        compiler = Compiler::find();
    }
    let mut wanted = Vec::new();
    if compiler != Some(Compiler::Active) {
        wanted.extend(packages::missing(COMPILER));
    }
    if !workspace::on_path("wasm-opt") {
        wanted.push("binaryen");
    }
    if purpose == Purpose::Tests {
        if !compiler.unwrap_or(Compiler::Distribution).has_clippy() {
            wanted.push(CLIPPY.0);
        }
        if !workspace::on_path("chromedriver") || !browser_on_path() {
            wanted.extend(packages::missing(BROWSER));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    packages::install(&wanted, what_for(purpose)).map_err(|error| match compiler {
        Some(_) => error,
        None => error.context(format!("neither this toolchain nor rustup has the standard library for {TARGET}")),
    })
}

fn what_for(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Build => "building for the browser",
        Purpose::Tests => "building and testing for the browser",
    }
}

fn browser_on_path() -> bool {
    ["chromium", "google-chrome", "chrome"].iter().any(|name| workspace::on_path(name))
}

/// On a closed network this fails at once or after a while; the next way is tried then.
fn rustup_adds_target() -> bool {
    if !workspace::on_path("rustup") {
        return false;
    }
    let mut command = Command::new("rustup");
    command.args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "1").stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    if workspace::on_path("timeout") {
        let mut timed = Command::new("timeout");
        timed.args(["60", "rustup", "target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "1").stdin(Stdio::null());
        timed.stdout(Stdio::null()).stderr(Stdio::null());
        command = timed;
    }
    process::long("rustup is asked for the browser's standard library (a minute at most)", &mut command).is_ok()
}
