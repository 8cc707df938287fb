//! A WordPress of a test's own: Debian's, on MariaDB, served by PHP; with the plug-in and an editor who may not write HTML
//! of every kind.

use crate::program::{Program, find, is_root, missing};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

/// Where `cargo xtask setup` unpacks it.
pub const FOLDER: &str = "BINTANG_WORDPRESS";

/// A running one; it ends with this.
#[derive(Debug)]
pub struct WordPress {
    /// The web server.
    pub server: Program,
    _database: Program,
    /// Name and password of an editor, for its REST interface.
    pub editor: (String, String),
}

/// The settings of a site: everything is this test's own.
const CONFIG: &str = r#"<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', '127.0.0.1:__PORT__');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
// Passwords for programs are allowed without encryption at home alone.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('DISALLOW_UNFILTERED_HTML', true);
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost'));
define('WP_SITEURL', WP_HOME);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"#;

/// Makes the site; says name and password of its editor.
const INSTALL: &str = r#"<?php
$_SERVER['HTTP_HOST'] = 'localhost';
(new mysqli('127.0.0.1', 'root', '', '', (int) $argv[1]))->query('CREATE DATABASE wordpress');
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_mail(...$words) { return true; }
wp_install('Dinas', 'pengelola', 'pengelola@example.invalid', false, '', wp_generate_password());
switch_theme('twentytwentythree');
require_once ABSPATH . 'wp-admin/includes/plugin.php';
update_option('active_plugins', ['bintang/bintang.php']);
update_option('bintang_app', $argv[2]);
update_option('bintang_endpoint', $argv[3]);
$editor = wp_insert_user(['user_login' => 'penyunting', 'user_pass' => wp_generate_password(), 'role' => 'editor']);
[$password] = WP_Application_Passwords::create_new_application_password($editor, ['name' => 'uji']);
echo json_encode(['editor' => ['penyunting', $password]]);
"#;

/// Makes a site below this folder, whose plug-in shows the app at `app` and sends to `endpoint`. `None` where WordPress,
/// MariaDB or PHP is not installed, which is said.
///
/// # Errors
/// It does not start.
pub async fn wordpress(folder: &Path, app: &str, endpoint: &str, plugin: &Path) -> Result<Option<WordPress>> {
    let unpacked = std::env::var_os(FOLDER).map(PathBuf::from).filter(|folder| folder.join("wp-load.php").is_file());
    missing("WordPress", unpacked.is_none())?;
    let database = find("mariadb-server-core", &["/usr/sbin/mariadbd"])?;
    let php = find("php-cli", &["/usr/bin/php"])?;
    let (Some(unpacked), Some(database), Some(php)) = (unpacked, database, php) else { return Ok(None) };
    let site = folder.join("wordpress");
    // Its package has links to files of others, which only its administration needs.
    let copied = Command::new("cp").arg("-a").arg(&unpacked).arg(&site).status().await?;
    ensure!(copied.success(), "WordPress could not be copied");
    let plugins = site.join("wp-content/plugins/bintang");
    fs::create_dir_all(&plugins)?;
    fs::copy(plugin, plugins.join("bintang.php"))?;
    let database = mariadb(folder, &database).await?;
    let port = database.address.rsplit_once(':').context("a port")?.1.to_owned();
    fs::write(site.join("wp-config.php"), CONFIG.replace("__PORT__", &port))?;
    fs::write(site.join("install.php"), INSTALL)?;
    let mut install = Command::new(&php);
    install.arg(site.join("install.php")).args([&port, app, endpoint]).stdin(Stdio::null());
    let made = install.output().await.context("php")?;
    let said = String::from_utf8_lossy(&made.stdout).into_owned();
    let said: Value = serde_json::from_str(said.get(said.find('{').unwrap_or_default()..).unwrap_or_default())
        .with_context(|| format!("{said}\n{}", String::from_utf8_lossy(&made.stderr)))?;
    fs::remove_file(site.join("install.php"))?;
    let word = |place: usize| said.pointer(&format!("/editor/{place}")).and_then(Value::as_str).map(str::to_owned);
    let editor = (word(0).context("a name")?, word(1).context("a password")?);
    let start = |port: u16| {
        let mut server = Command::new(&php);
        server.args(["-S", &format!("127.0.0.1:{port}"), "-t"]).arg(&site).env("PHP_CLI_SERVER_WORKERS", "4");
        Ok(server)
    };
    Ok(Some(WordPress { server: Program::start(start, "").await?, _database: database, editor }))
}

async fn mariadb(folder: &Path, program: &Path) -> Result<Program> {
    let data = folder.join("mariadb");
    let mut make = Command::new("mariadb-install-db");
    make.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
    make.arg(format!("--datadir={}", data.display()));
    if is_root() {
        make.arg("--user=root");
    }
    let made = make.stdin(Stdio::null()).output().await.context("mariadb-install-db")?;
    ensure!(made.status.success(), "mariadb-install-db: {}", String::from_utf8_lossy(&made.stderr));
    let start = |port: u16| {
        let mut server = Command::new(program);
        server.args(["--no-defaults", "--bind-address=127.0.0.1", "--innodb-flush-log-at-trx-commit=0"]);
        server.arg(format!("--port={port}")).arg(format!("--datadir={}", data.display()));
        server.arg(format!("--socket={}", data.join("socket").display()));
        server.arg(format!("--pid-file={}", data.join("pid").display()));
        if is_root() {
            server.arg("--user=root");
        }
        Ok(server)
    };
    Program::start(start, "").await
}
