//! Pictures of every page, through the scenarios' own browser.

use std::process::Command;

use anyhow::Result;

use crate::{process, setup, workspace};

/// Those of docs/screens, or all others into the folder that is named.
pub fn run(words: &[String]) -> Result<()> {
    setup::run(setup::Purpose::Tests)?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "bintang-e2e", "--example", "screens", "--"]);
    match words.first() {
        Some(folder) => command.args([folder, "--all"]),
        None => command.arg(workspace::root().join("docs/screens")),
    };
    command.current_dir(workspace::root()).env("CARGO_TARGET_DIR", workspace::target()?);
    command.env("BINTANG_DIST", workspace::dist()).env("GECKODRIVER", setup::geckodriver()?);
    process::long("every page is drawn (some minutes)", &mut command)
}
