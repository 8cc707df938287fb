//! The whole thing on this machine: the app at port 8080, the receiver at port 8081.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::setup::Purpose;
use crate::{app_build, process, setup, workspace};

/// Builds what is needed and becomes `bintang serve`; words are handed on to it.
pub fn run(words: &[String]) -> Result<ExitCode> {
    setup::run(Purpose::Build)?;
    app_build::run(&app_build::Options::default())?;
    let target = workspace::target()?;
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--package", "bintang-cli"]).env("CARGO_TARGET_DIR", &target);
    build.current_dir(workspace::root());
    process::long("the server is built (some minutes the first time, seconds when nothing changed)", &mut build)?;
    let mut serve = Command::new(target.join("release/bintang"));
    serve.args(["serve", "--app"]).arg(workspace::dist()).args(words);
    hand_over(&mut serve)
}

/// The server takes this process's place, so that Ctrl-C and signals reach it and nothing else.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(anyhow::Error::new(error).context(format!("cannot start {}", command.get_program().display())))
}

#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> Result<ExitCode> {
    let status = command.status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
