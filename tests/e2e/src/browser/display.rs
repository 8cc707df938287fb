//! A display that nobody looks at, for engines that have no mode without one.

use anyhow::{Context as _, Result};
use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

/// An X server of one browser's own. Dropped, it ends.
pub(super) struct Display {
    process: Child,
    /// Its name, such as `:3`.
    pub(super) name: String,
}

impl Display {
    /// Starts one; the server itself finds a free number and says it.
    pub(super) fn start() -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1024x1024x24", "-nolisten", "tcp"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().context("Xvfb cannot be started: `cargo xtask setup` installs it")?;
        let out = process.stdout.take();
        let mut display = Self { process, name: String::new() };
        let mut number = String::new();
        BufReader::new(out.context("Xvfb's output")?).read_line(&mut number)?;
        let number: u32 = number.trim().parse().context("Xvfb ended without saying its number")?;
        display.name = format!(":{number}");
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
