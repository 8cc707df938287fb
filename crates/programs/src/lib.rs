//! Programs that tests run beside: the endpoints of docs/endpoints on PHP, on nginx, and on a host that behaves as Google's
//! for scripts; a database server; a store that speaks S3; WordPress.

mod apps_script;
mod kept;
mod postgres;
mod program;
mod s3;
mod script;
mod wordpress;

pub use apps_script::AppsScript;
pub use kept::{Kept, kept};
pub use postgres::{Postgres, postgres};
pub use program::Program;
pub use s3::{S3, s3};
pub use script::{proving, script};
pub use wordpress::{FOLDER as WORDPRESS, WordPress, wordpress};

use anyhow::Result;
use bintang_domain::digest::Digest;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tokio::process::Command;

/// A sample as it is handed out.
fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/endpoints").join(name)
}

/// The PHP sample on PHP's own server, with several at once as hosts have it; what it keeps is below `FOLDER/kept`. `None`
/// where PHP is not installed, which is said.
///
/// # Errors
/// It does not start.
pub async fn php(folder: &Path, token: Option<&str>) -> Result<Option<Program>> {
    let Some(php) = program::find("php", &["/usr/bin/php", "/usr/local/bin/php"])? else { return Ok(None) };
    // What is kept stands below nobody's web, as the sample asks for.
    let (web, kept) = (folder.join("web"), folder.join("kept"));
    fs::create_dir_all(&web)?;
    fs::copy(sample("bintang.php"), web.join("bintang.php"))?;
    let sum = token.map(|token| Digest::of(token.as_bytes()).to_string()).unwrap_or_default();
    let start = |port: u16| {
        let mut command = Command::new(&php);
        // The sample's settings, and none of the machine's.
        command.arg("-c").arg(sample("user.ini")).env("PHP_INI_SCAN_DIR", "");
        command.args(["-S", &format!("127.0.0.1:{port}"), "-t"]).arg(&web);
        command.env("PHP_CLI_SERVER_WORKERS", "4");
        command.env("BINTANG_FOLDER", &kept).env("BINTANG_TOKEN_SHA256", &sum);
        Ok(command)
    };
    Program::start(start, "/bintang.php").await.map(Some)
}

/// Whom the sample on nginx lets in.
pub const NGINX_USER: &str = "petugas";
/// Their password.
pub const NGINX_PASSWORD: &str = "rahasia-nginx";

const NGINX: &str = "daemon off;
worker_processes 2;
pid FOLDER/nginx.pid;
error_log FOLDER/error.log;
events {}
http {
    access_log off;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    server {
        listen 127.0.0.1:PORT;
        include FOLDER/bintang.conf;
    }
}
";

/// nginx with the sample's lines; what it keeps is below `FOLDER/srv/assessments`. `None` where it is not installed, which
/// is said.
///
/// # Errors
/// It does not start.
pub async fn nginx(folder: &Path) -> Result<Option<Program>> {
    let Some(nginx) = program::find("nginx", &["/usr/sbin/nginx", "/usr/local/sbin/nginx"])? else { return Ok(None) };
    let at = folder.display().to_string();
    fs::create_dir_all(folder.join("srv/assessments"))?;
    fs::write(folder.join("names"), format!("{NGINX_USER}:{{PLAIN}}{NGINX_PASSWORD}\n"))?;
    // The sample as it stands, at a folder of the test's own.
    let conf = fs::read_to_string(sample("nginx.conf"))?;
    let names = "/etc/nginx/bintang.htpasswd";
    anyhow::ensure!(conf.contains("/srv/bintang") && conf.contains(names), "the sample keeps them elsewhere");
    let conf = conf.replace("/srv/bintang", &format!("{at}/srv")).replace(names, &format!("{at}/names"));
    fs::write(folder.join("bintang.conf"), conf)?;
    let start = |port: u16| {
        let conf = NGINX.replace("FOLDER", &at).replace("PORT", &port.to_string());
        // Started by root, its workers would be somebody else, to whom the folder is closed.
        let conf = if program::is_root() { format!("user root;\n{conf}") } else { conf };
        fs::write(folder.join("nginx.conf"), conf)?;
        let mut command = Command::new(&nginx);
        command.arg("-c").arg(folder.join("nginx.conf"));
        Ok(command)
    };
    Program::start(start, "/assessments").await.map(Some)
}
