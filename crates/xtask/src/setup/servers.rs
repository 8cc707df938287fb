//! The programs that tests run beside, each the real one, and what tests pages: what other endpoints run on (docs/endpoints), a database server, a
//! store that speaks S3.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::packages;
use crate::{process, workspace};

/// A package, and files of which one shows that it is installed.
const PACKAGES: [(&str, &[&str]); 10] = [
    // What brings axe.
    ("npm", &["/usr/bin/npm", "/usr/local/bin/npm"]),
    ("php-cli", &["/usr/bin/php"]),
    // What WordPress runs on.
    ("php-mysql", &["/usr/share/php8.4-mysql", "/usr/share/php8.2-mysql", "/usr/share/doc/php-mysql"]),
    ("mariadb-server-core", &["/usr/sbin/mariadbd"]),
    ("mariadb-client-core", &["/usr/bin/my_print_defaults"]),
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

/// WordPress and a look for it. Installed, they would bring a web server and its modules, which nothing here needs.
const WORDPRESS: [&str; 2] = ["wordpress", "wordpress-theme-twentytwentythree"];

/// Where it is unpacked.
pub fn wordpress() -> Result<PathBuf> {
    Ok(workspace::cache()?.join("tools/wordpress/usr/share/wordpress"))
}

fn ensure_wordpress() -> Result<()> {
    let site = wordpress()?;
    if site.join("wp-content/themes/twentytwentythree").is_dir() || !workspace::on_path("apt-get") {
        return Ok(());
    }
    let folder = workspace::cache()?.join("tools/wordpress");
    let unpack = |name: &str| -> Result<()> {
        let files = folder.join("fetched");
        let _ = fs::remove_dir_all(&files);
        fs::create_dir_all(&files)?;
        let mut download = Command::new("apt-get");
        download.args(["download", "-q", name]).current_dir(&files);
        process::long(&format!("{name} is fetched, once (some seconds)"), &mut download)?;
        let archive = fs::read_dir(&files)?.next().context("a package")??.path();
        process::long(&format!("{name} is unpacked"), Command::new("dpkg").arg("-x").arg(archive).arg(&folder))?;
        Ok(fs::remove_dir_all(&files)?)
    };
    WORDPRESS.into_iter().try_for_each(unpack)
}

/// The packages that are missing.
pub fn missing() -> Vec<&'static str> {
    packages::missing(&PACKAGES)
}

/// Installs what no distribution packages.
pub fn ensure() -> Result<()> {
    ensure_axe()?;
    ensure_wordpress()?;
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
