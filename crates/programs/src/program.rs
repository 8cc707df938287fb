//! A program that listens.

use anyhow::{Result, bail, ensure};
use std::{fs, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::sleep,
};

/// How long a program may take until it listens: 10 s, looked at every 50 ms.
const LOOKS: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

/// A program that listens; it ends with this, and so do those that it has started.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// Where its endpoint is.
    pub address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        // Killed alone, it would leave its workers behind.
        if let Some(process) = self.child.id() {
            let group = format!("-{process}");
            let _ = std::process::Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        }
    }
}

impl Program {
    /// Its number in the system, while it runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Starts a program at a port; at another one where somebody took that first.
    ///
    /// # Errors
    /// It does not listen.
    pub async fn start(command: impl Fn(u16) -> Result<Command>, path: &str) -> Result<Self> {
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
            let mut started = command(port)?;
            let mut child =
                started.kill_on_drop(true).process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
            for _ in 0..LOOKS {
                if child.try_wait()?.is_some() {
                    break;
                }
                if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                    return Ok(Self { child, address: format!("http://127.0.0.1:{port}{path}") });
                }
                sleep(PAUSE).await;
            }
        }
        bail!("the program did not listen")
    }
}

/// Where a program is, of the places where packages put it. `None` where it is not, which is said; in CI that is an error.
pub(crate) fn find(name: &str, places: &[&str]) -> Result<Option<PathBuf>> {
    let found = places.iter().map(PathBuf::from).find(|place| place.is_file());
    missing(name, found.is_none())?;
    Ok(found)
}

/// Says that a program is missing, if it is; in CI that is an error.
pub(crate) fn missing(name: &str, missing: bool) -> Result<()> {
    if missing {
        ensure!(std::env::var_os("CI").is_none(), "{name} is not installed (cargo xtask setup)");
        println!("SKIPPED: {name} is not installed (cargo xtask setup)");
    }
    Ok(())
}

/// Whether this is root, by what the kernel says of it (proc(5)).
pub(crate) fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status");
    status.is_ok_and(|status| status.lines().any(|line| line.split_whitespace().eq(["Uid:", "0", "0", "0", "0"])))
}
