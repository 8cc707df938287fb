//! A driver and the browser it starts, as processes: started, found by the folder they run on, killed.

use super::display::Display;
use crate::{
    engine::{Engine, Place, Port},
    wait,
};
use anyhow::{Context as _, Result, bail, ensure};
use std::{
    fs,
    io::{BufRead as _, BufReader, Read},
    mem,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

/// A time zone with three quarters of an hour: what breaks there would break somewhere.
const ODD_ZONE: &str = "Pacific/Chatham";
/// By this word in their environment a browser's processes are known; its value is the browser's folder.
const MARK: &str = "BINTANG_E2E_FOLDER";

/// How often a driver is started that ends before it listens.
const STARTS: u8 = 3;

/// A driver on a port of its own, and the browser it starts. Dropped, both are killed.
pub(super) struct Driver {
    process: Child,
    port: u16,
    killer: Killer,
    errors: Arc<Mutex<Vec<String>>>,
}

impl Driver {
    /// chromedriver asks for any free IPv4 port and then for the same one of IPv6, and ends when another program has that.
    pub(super) async fn start(engine: Engine, place: &Place, display: Option<&Display>) -> Result<Self> {
        let mut last = None;
        for _ in 0..STARTS {
            match Self::start_once(engine, place, display).await {
                Ok(driver) => return Ok(driver),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("no start")?)
    }

    async fn start_once(engine: Engine, place: &Place, display: Option<&Display>) -> Result<Self> {
        let differences = engine.differences();
        let mut command = differences.driver();
        command.env("LANGUAGE", "id").env(MARK, place.folder());
        if std::env::var_os("TZ").is_none() {
            command.env("TZ", ODD_ZONE);
        }
        if let Some(display) = display {
            command.env("DISPLAY", &display.name).env_remove("WAYLAND_DISPLAY");
        }
        let chosen = (differences.port() == Port::Chosen).then(free_port).transpose()?;
        command.args(chosen.map(|port| format!("--port={port}")));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().with_context(|| {
            let program = command.get_program().display().to_string();
            format!("{program} cannot be started: `cargo xtask test` installs what is missing")
        })?;
        let (sender, lines) = channel();
        read(process.stdout.take(), sender.clone());
        read(process.stderr.take(), sender);
        let killer = Killer { folder: place.folder().to_path_buf() };
        let mut driver = Self { process, port: 0, killer, errors: Arc::default() };
        driver.port = match (differences.port(), chosen) {
            (Port::Said(before), _) => said(&lines, before)?,
            (Port::Chosen, chosen) => chosen.context("a port")?,
        };
        wait::until("the driver listens", async || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, driver.port)).is_ok().then_some(()))
        })
        .await?;
        // What it says later must be read, or it would block.
        let errors = driver.errors.clone();
        thread::spawn(move || {
            for line in lines.into_iter().filter(|line| differences.is_error(line)) {
                errors.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        Ok(driver)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What kills the browser, also while something is asked of it.
    pub(super) fn killer(&self) -> Killer {
        self.killer.clone()
    }

    /// The errors of pages in the browser's output since this was last asked.
    pub(super) fn errors(&self) -> Vec<String> {
        mem::take(&mut *self.errors.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.killer.kill();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Another program may take it before the driver does; then the driver ends and the start fails.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn read(output: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(output) = output else { return };
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            if lines.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
        }
    });
}

fn said(lines: &Receiver<String>, before: &str) -> Result<u16> {
    let mut words = Vec::new();
    for line in lines {
        let rest = line.split_once(before).map(|(_, rest)| rest.trim_end_matches('.'));
        // chromedriver first repeats the port that it was given, which is 0.
        if let Some(port) = rest.and_then(|rest| rest.parse().ok()).filter(|port| *port != 0) {
            return Ok(port);
        }
        words.push(line);
    }
    bail!("the driver ended without saying its port, but: {words:?}")
}

/// Kills one browser and its driver, by the ids of their processes.
#[derive(Debug, Clone)]
pub struct Killer {
    folder: PathBuf,
}

impl Killer {
    /// Sends SIGKILL to every process of the browser and to its driver, and waits until none is left.
    ///
    /// # Errors
    /// Some cannot be killed.
    pub fn kill(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let running = self.processes();
            if running.is_empty() {
                return Ok(());
            }
            ensure!(begun.elapsed() < Duration::from_secs(10), "processes that cannot be killed: {running:?}");
            Command::new("kill").arg("-KILL").args(&running).stderr(Stdio::null()).status()?;
            // A process that is ending shows no words any more but may still hold its files.
            while running.iter().any(|id| !ended(id)) && begun.elapsed() < Duration::from_secs(10) {
                thread::yield_now();
            }
        }
    }

    fn processes(&self) -> Vec<String> {
        let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
        let ids = processes.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        ids.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()) && self.owns(id)).collect()
    }

    /// By the mark in the environment; Chromium's children write their command line over it.
    fn owns(&self, id: &str) -> bool {
        let process = Path::new("/proc").join(id);
        let folder = self.folder.to_string_lossy();
        let has = |file: &str, text: &str| {
            fs::read(process.join(file)).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
        };
        has("environ", &format!("{MARK}={folder}\0")) || has("cmdline", &format!("{folder}/"))
    }
}

/// Whether a process is gone, or is only waited for.
fn ended(id: &str) -> bool {
    let Ok(stat) = fs::read_to_string(Path::new("/proc").join(id).join("stat")) else { return true };
    stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with(['Z', 'X']))
}
