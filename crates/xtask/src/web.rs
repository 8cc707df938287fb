//! The compiler for the browser: the only place that sets its environment.

mod compiler;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{setup, workspace};
pub use compiler::Compiler;

/// The browser's compilation target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The app's module is cut in parts after it is linked (docs/adr/0007); that takes the linker's notes on who uses what.
const SPLITTABLE: &str = "-Clink-arg=--emit-relocs";

const SHIPPED: &str = "-Clink-arg=--emit-relocs -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
    -Zfmt-debug=none";

/// Of the standard library, where it is built.
const FEATURES: &str = "optimize_for_size";

const LINKER: &str = "/usr/bin/wasm-ld-22";

/// A command that builds for the browser: PATH, compiler and target folder are set, whatever called us is forgotten.
pub fn command(program: &str) -> Result<Command> {
    let compiler = Compiler::find().context("no compiler for the browser; run `cargo xtask setup`")?;
    let mut command = Command::new(program);
    // What cargo set for this program would mislead the other cargo.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "CARGO" || text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    // Two cargos in one folder would rebuild each other's work.
    command.env("CARGO_TARGET_DIR", workspace::target()?.join("web"));
    let mut path = Vec::new();
    if compiler == Compiler::Distribution {
        path.push(PathBuf::from("/usr/bin"));
        command.env("RUSTC", "/usr/bin/rustc");
        command.env("RUSTC_BOOTSTRAP", "1");
        command.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        command.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", FEATURES);
        // rustc looks for a linker named rust-lld, which is in a package that is only recommended.
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER);
        for name in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTDOC", "RUST_RECURSION_COUNT"] {
            command.env_remove(name);
        }
    }
    path.extend(setup::tool_folders()?);
    // Trunk's hook calls this very program by its name.
    path.extend(env::current_exe()?.parent().map(Path::to_path_buf));
    command.env("PATH", joined(path)?);
    // The tools' own backtraces hide what the compiler or a test says.
    command.env_remove("RUST_BACKTRACE");
    command.current_dir(workspace::root());
    Ok(command)
}

/// What a build for development is compiled with.
pub fn develop(command: &mut Command) {
    command.env("RUSTFLAGS", SPLITTABLE);
}

/// What only a build to be shipped is compiled with: a panic traps at once instead of building a message that nobody
/// reads on a phone, and no text says where in the source it was (15 kB less of the first load, docs/adr/0006). That takes
/// a standard library compiled the same way; where its source is missing the app weighs more.
pub fn ship(command: &mut Command) {
    if let Some(compiler) = Compiler::find() {
        command.envs(shipped(compiler));
    }
}

fn shipped(compiler: Compiler) -> Vec<(&'static str, &'static str)> {
    if compiler.heavier().is_some() {
        return vec![("RUSTFLAGS", SPLITTABLE)];
    }
    vec![
        // Released compilers know the flags, but only so.
        ("RUSTC_BOOTSTRAP", "1"),
        ("CARGO_UNSTABLE_BUILD_STD", "std"),
        ("CARGO_UNSTABLE_BUILD_STD_FEATURES", FEATURES),
        ("RUSTFLAGS", SHIPPED),
    ]
}

/// Cargo for the browser, ready for `build`, `clippy` or `test`.
pub fn cargo() -> Result<Command> {
    let program = match Compiler::find() {
        Some(Compiler::Distribution) => "/usr/bin/cargo",
        _ => "cargo",
    };
    let mut command = command(program)?;
    let runner = setup::wasm_bindgen_folder()?.join("wasm-bindgen-test-runner");
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace::root().join("webdriver.json"));
    if let Some(driver) = workspace::find_on_path("chromedriver") {
        command.env("CHROMEDRIVER", driver);
    }
    Ok(command)
}

fn joined(mut first: Vec<PathBuf>) -> Result<OsString> {
    if let Some(path) = env::var_os("PATH") {
        first.extend(env::split_paths(&path));
    }
    env::join_paths(first).context("PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_compiled_the_same_way_wherever_the_source_is() {
        let light = shipped(Compiler::Distribution);
        assert_eq!(shipped(Compiler::Active { source: true }), light);
        assert!(light.contains(&("RUSTFLAGS", SHIPPED)) && light.contains(&("RUSTC_BOOTSTRAP", "1")));
        // Flags that the finished standard library was not compiled with do not fit it.
        assert_eq!(shipped(Compiler::Active { source: false }), [("RUSTFLAGS", SPLITTABLE)]);
        assert!(SHIPPED.starts_with(SPLITTABLE));
    }
}
