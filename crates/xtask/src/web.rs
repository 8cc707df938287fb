//! The compiler for the browser: which one it is, and the only place that sets its environment.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, setup, workspace};

/// The browser's compilation target.
pub const TARGET: &str = "wasm32-unknown-unknown";

const SHIPPED: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

const LINKER: &str = "/usr/bin/wasm-ld-22";

/// Files of the distribution's own compiler; all of them are needed to build the standard library from source.
const DISTRIBUTION: [&str; 4] =
    ["/usr/bin/rustc", "/usr/bin/cargo", LINKER, "/usr/lib/rustlib/src/rust/library/std/Cargo.toml"];

/// Where the standard library for the browser comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// The active toolchain has it.
    Active,
    /// The distribution's compiler builds it from its source.
    Distribution,
}

impl Compiler {
    /// The compiler that is ready on this machine, if any.
    pub fn find() -> Option<Self> {
        if active_has_target() {
            Some(Self::Active)
        } else if DISTRIBUTION.iter().all(|file| Path::new(file).exists()) {
            Some(Self::Distribution)
        } else {
            None
        }
    }

    /// Whether its linter is there too.
    pub fn has_clippy(self) -> bool {
        match self {
            Self::Active => true,
            Self::Distribution => Path::new("/usr/bin/cargo-clippy").exists(),
        }
    }
}

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
        command.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
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

/// What only a build to be shipped is compiled with: a panic traps at once instead of building a message that nobody
/// reads on a phone, and no text says where in the source it was (15 kB less of the first load, docs/adr/0006). The flags
/// are known to the compiler that builds the standard library itself; with another the app weighs more.
pub fn ship(command: &mut Command) {
    if Compiler::find() == Some(Compiler::Distribution) {
        command.env("CARGO_UNSTABLE_BUILD_STD", "std");
        command.env("RUSTFLAGS", SHIPPED);
    }
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

fn active_has_target() -> bool {
    let sysroot = process::answer(Command::new("rustc").args(["--print", "sysroot"]).current_dir(workspace::root()));
    sysroot.is_some_and(|folder| Path::new(&folder).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn joined(mut first: Vec<PathBuf>) -> Result<OsString> {
    if let Some(path) = env::var_os("PATH") {
        first.extend(env::split_paths(&path));
    }
    env::join_paths(first).context("PATH")
}
