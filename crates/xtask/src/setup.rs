//! Finds or installs what the machine lacks. Looks at files only, so that a second run costs nothing.

mod compiler;
mod engines;
mod packages;
mod servers;
mod tools;

use anyhow::Result;

pub use servers::{axe, wordpress};
pub use tools::{cargo_deny, folders as tool_folders, geckodriver, wasm_bindgen_folder};

/// What the machine is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Building and serving the app.
    Build,
    /// Building it and running every test.
    Tests,
}

/// Makes the machine ready, or says what a person must install.
pub fn run(purpose: Purpose) -> Result<()> {
    compiler::ensure(purpose)?;
    if purpose == Purpose::Tests {
        servers::ensure()?;
    }
    tools::ensure(purpose)
}
