//! A PostgreSQL server of a test's own.

use crate::program::{Program, is_root, missing};
use anyhow::{Context as _, Result, ensure};
use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

/// Who runs it where tests are root's, for it refuses to: "nobody" of every Linux.
const NOBODY: u32 = 65_534;

/// A server; it ends with this, or with the thread that started it.
#[derive(Debug)]
pub struct Postgres(Program);

impl Postgres {
    /// The address of an empty database.
    #[must_use]
    pub fn address(&self) -> String {
        self.0.address.replacen("http://", "postgres://bintang@", 1)
    }
}

/// Where the newest version of its programs is.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    folders.retain(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file());
    folders.sort();
    folders.pop()
}

/// Makes a cluster below this folder and starts it. `None` where PostgreSQL is not installed, which is said.
///
/// # Errors
/// It does not start.
pub async fn postgres(folder: &Path) -> Result<Option<Postgres>> {
    let programs = programs();
    missing("postgresql", programs.is_none())?;
    let Some(programs) = programs else { return Ok(None) };
    let own = folder.join("postgres");
    fs::create_dir(&own)?;
    if is_root() {
        chown(&own, Some(NOBODY), Some(NOBODY))?;
        // It must come through to its own folder; it sees nothing on the way.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o711))?;
    }
    let data = own.join("data");
    let mut make = unprivileged(&programs.join("initdb"));
    make.args(["--auth=trust", "--username=bintang", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"]).arg(&data);
    let made = make.stdin(Stdio::null()).output().await.context("initdb")?;
    ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    let start = |port: u16| {
        let mut server = unprivileged(&programs.join("postgres"));
        server.arg("-D").arg(&data).arg("-k").arg(&own).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
        Ok(server)
    };
    Ok(Some(Postgres(Program::start(start, "/postgres").await?)))
}

/// As somebody who is not root, and not longer than whoever started it.
fn unprivileged(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM"]).current_dir("/");
    if is_root() {
        command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
    }
    command.arg("--").arg(program);
    command
}
