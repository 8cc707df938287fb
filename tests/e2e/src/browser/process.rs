//! chromedriver and the browser as processes: started, found by their profile, killed.

use anyhow::{Context as _, Result, bail};
use std::{
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A time zone with three quarters of an hour: what breaks there would break somewhere.
const ODD_ZONE: &str = "Pacific/Chatham";

/// A chromedriver on a port of its own, and the browser it starts.
pub(super) struct Driver {
    process: Child,
    port: u16,
    profile: PathBuf,
}

/// Where the profile is.
pub(super) fn profile(folder: &Path) -> PathBuf {
    folder.join("profile")
}

impl Driver {
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut command = Command::new(&program);
        command.arg("--port=0").env("LANGUAGE", "id").stdout(Stdio::piped()).stderr(Stdio::null());
        if std::env::var_os("TZ").is_none() {
            command.env("TZ", ODD_ZONE);
        }
        let mut process = command.spawn().with_context(|| {
            format!("{} cannot be started: `cargo xtask test` installs what is missing", program.display())
        })?;
        let out = process.stdout.take().context("chromedriver's output")?;
        let mut driver = Self { process, port: 0, profile: profile(folder) };
        let mut lines = BufReader::new(out).lines();
        while driver.port == 0 {
            let Some(line) = lines.next() else { bail!("chromedriver ended without saying its port") };
            let line = line?;
            let port = line.rsplit_once("on port ").and_then(|(_, rest)| rest.trim_end_matches('.').parse().ok());
            driver.port = port.unwrap_or(0);
        }
        // What it says later must be read, or it would block.
        thread::spawn(move || lines.for_each(drop));
        Ok(driver)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sends SIGKILL to every process that runs on the profile, and waits until none is left.
    pub(super) fn kill_browser(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let running = self.browser_processes();
            if running.is_empty() {
                // The lock names a process that is gone; the browser would ask what to do.
                for lock in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
                    let _ = fs::remove_file(self.profile.join(lock));
                }
                return Ok(());
            }
            if begun.elapsed() > Duration::from_secs(10) {
                bail!("processes that cannot be killed: {running:?}");
            }
            Command::new("kill").arg("-KILL").args(&running).stderr(Stdio::null()).status()?;
            thread::yield_now();
        }
    }

    fn browser_processes(&self) -> Vec<String> {
        let wanted = format!("--user-data-dir={}", self.profile.display());
        let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
        let runs_on_profile = |id: &OsStr| {
            fs::read(Path::new("/proc").join(id).join("cmdline")).is_ok_and(|line| {
                line.split(|byte| *byte == 0).any(|word| word == wanted.as_bytes())
                    // Zygotes and renderers write their whole command line as one word.
                    || String::from_utf8_lossy(&line).contains(&format!("{wanted} "))
            })
        };
        let ids = processes.flatten().map(|entry| entry.file_name());
        let ids = ids.filter(|id| id.as_encoded_bytes().iter().all(u8::is_ascii_digit) && runs_on_profile(id));
        ids.filter_map(|id| id.into_string().ok()).collect()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.kill_browser();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
