//! A store that speaks S3 and is not ours: moto's server.

use crate::program::{Program, missing};
use anyhow::{Result, ensure};
use std::{env, path::PathBuf};
use tokio::process::Command;

/// A store with one empty bucket.
#[derive(Debug)]
pub struct S3 {
    program: Program,
}

/// The bucket.
pub const BUCKET: &str = "bintang";

impl S3 {
    /// What stands in the environment of a receiver that keeps its evidence there.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, String); 5] {
        [
            ("AWS_ENDPOINT", self.program.address.clone()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_ACCESS_KEY_ID", "uji".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "uji".to_owned()),
        ]
    }

    /// The bucket's address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("s3://{BUCKET}/foto")
    }
}

/// Where `cargo xtask setup` puts it: a folder of Python's beside the other tools.
fn moto() -> Option<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    let tools = std::fs::read_dir(cache.join("bintang/tools")).ok()?;
    let mut found: Vec<PathBuf> = tools.flatten().map(|tool| tool.path().join("bin/moto_server")).collect();
    found.retain(|program| program.is_file());
    found.sort();
    found.pop()
}

/// Starts it, and makes the bucket. `None` where moto is not installed, which is said.
///
/// # Errors
/// It does not start, or makes no bucket.
pub async fn s3() -> Result<Option<S3>> {
    let moto = moto();
    missing("moto", moto.is_none())?;
    let Some(moto) = moto else { return Ok(None) };
    let start = |port: u16| {
        let mut command = Command::new(&moto);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        Ok(command)
    };
    let program = Program::start(start, "").await?;
    let made = ureq::put(format!("{}/{BUCKET}", program.address)).send_empty()?;
    ensure!(made.status().is_success(), "no bucket: {}", made.status());
    Ok(Some(S3 { program }))
}
