//! The programs that tests run beside, each the real one, and what tests pages: what other endpoints run on (docs/endpoints), a database server, a
//! store that speaks S3.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::packages;
use crate::{process, workspace};

/// A package, and files of which one shows that it is installed.
const PACKAGES: [(&str, &[&str]); 7] = [
    // What brings axe.
    ("npm", &["/usr/bin/npm", "/usr/local/bin/npm"]),
    ("php-cli", &["/usr/bin/php"]),
    ("nginx-light", &["/usr/sbin/nginx"]),
    ("postgresql", &["/usr/lib/postgresql"]),
    // What reads printed pages, and codes on them.
    ("poppler-utils", &["/usr/bin/pdftoppm"]),
    ("zbar-tools", &["/usr/bin/zbarimg"]),
    // What moto is installed with.
    ("python3-venv", &["/usr/share/doc/python3-venv", "/usr/local/bin/python3"]),
];

/// A server for S3, in Python.
const MOTO: &str = "5.2.5";

/// What finds faults of accessibility in a page.
const AXE: &str = "axe-core@4.14.1";

/// The script of it.
pub fn axe() -> Result<PathBuf> {
    Ok(workspace::cache()?.join("tools").join(AXE.replace('@', "-")).join("package/axe.min.js"))
}

fn ensure_axe() -> Result<()> {
    let script = axe()?;
    if script.is_file() {
        return Ok(());
    }
    let folder = script.parent().and_then(Path::parent).context("a folder for axe")?;
    fs::create_dir_all(folder)?;
    let mut pack = Command::new("npm");
    process::long("axe is fetched, once (a few seconds)", pack.args(["pack", AXE]).current_dir(folder))?;
    let archive = format!("{}.tgz", AXE.replace('@', "-"));
    process::long("axe is unpacked", Command::new("tar").args(["xzf", &archive]).current_dir(folder))
}

/// The packages that are missing.
pub fn missing() -> Vec<&'static str> {
    packages::missing(&PACKAGES)
}

/// Installs what no distribution packages.
pub fn ensure() -> Result<()> {
    ensure_axe()?;
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
