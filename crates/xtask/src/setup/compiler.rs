//! The compiler for the browser, and the packages that builds and tests need beside it.

use std::process::{Command, Stdio};

use anyhow::Result;

use super::{Purpose, engines, packages, servers};
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

/// Looks for the compiler in the order: there already, rustup, the distribution's packages.
pub fn ensure(purpose: Purpose) -> Result<()> {
    let compiler = with_rustup(Compiler::find());
    let mut wanted = Vec::new();
    if compiler.is_none_or(|compiler| compiler == Compiler::Distribution) {
        wanted.extend(packages::missing(COMPILER));
    }
    if !workspace::on_path("wasm-opt") {
        wanted.push("binaryen");
    }
    if purpose == Purpose::Tests {
        if !compiler.unwrap_or(Compiler::Distribution).has_clippy() {
            wanted.push(CLIPPY.0);
        }
        wanted.extend(engines::missing());
        wanted.extend(servers::missing());
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

/// What rustup is to bring, and what that is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wish {
    words: [&'static str; 3],
    what: &'static str,
}

const LIBRARY: Wish = Wish { words: ["target", "add", TARGET], what: "the browser's standard library" };
const SOURCE: Wish = Wish { words: ["component", "add", "rust-src"], what: "the standard library's source" };

impl Wish {
    /// What would help with this compiler. The source makes the app lighter, it is not needed to build it.
    fn of(compiler: Option<Compiler>) -> Option<Self> {
        match compiler {
            None => Some(LIBRARY),
            Some(Compiler::Active { source: false }) => Some(SOURCE),
            Some(Compiler::Active { source: true } | Compiler::Distribution) => None,
        }
    }
}

/// The compiler that is ready once rustup, where there is one, has been asked for what is missing, once for each.
fn with_rustup(mut compiler: Option<Compiler>) -> Option<Compiler> {
    let mut asked = None;
    while let Some(wish) = Wish::of(compiler).filter(|wish| asked != Some(*wish)) {
        if !rustup(wish) {
            break;
        }
        asked = Some(wish);
        compiler = Compiler::find();
    }
    compiler
}

/// On a closed network this fails at once or after a while; the next way is tried then.
fn rustup(wish: Wish) -> bool {
    if !workspace::on_path("rustup") {
        return false;
    }
    let mut command = Command::new("rustup");
    if workspace::on_path("timeout") {
        command = Command::new("timeout");
        command.args(["60", "rustup"]);
    }
    command.args(wish.words).env("RUSTUP_MAX_RETRIES", "1");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    process::long(&format!("rustup is asked for {} (a minute at most)", wish.what), &mut command).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rustup_is_asked_for_what_is_missing_and_for_nothing_else() {
        assert_eq!(Wish::of(None), Some(LIBRARY));
        assert_eq!(Wish::of(Some(Compiler::Active { source: false })), Some(SOURCE));
        assert_eq!(Wish::of(Some(Compiler::Active { source: true })), None);
        assert_eq!(Wish::of(Some(Compiler::Distribution)), None);
    }
}
