//! The programs that tests run beside, each the real one: what other endpoints run on (docs/endpoints), a database server, a
//! store that speaks S3.

use anyhow::Result;
use std::process::Command;

use super::packages;
use crate::{process, workspace};

/// A package, and files of which one shows that it is installed.
const PACKAGES: [(&str, &[&str]); 4] = [
    ("php-cli", &["/usr/bin/php"]),
    ("nginx-light", &["/usr/sbin/nginx"]),
    ("postgresql", &["/usr/lib/postgresql"]),
    // What moto is installed with.
    ("python3-venv", &["/usr/share/doc/python3-venv", "/usr/local/bin/python3"]),
];

/// A server for S3, in Python.
const MOTO: &str = "5.2.5";

/// The packages that are missing.
pub fn missing() -> Vec<&'static str> {
    packages::missing(&PACKAGES)
}

/// Installs what no distribution packages.
pub fn ensure() -> Result<()> {
    let folder = workspace::cache()?.join("tools").join(format!("moto-{MOTO}"));
    if folder.join("bin/moto_server").is_file() {
        return Ok(());
    }
    process::long(
        "a folder for moto is made (a few seconds)",
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder),
    )?;
    let mut install = Command::new(folder.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check", &format!("moto[s3,server]=={MOTO}")]);
    process::long(&format!("moto {MOTO} is installed, once (about a minute)"), &mut install)
}
