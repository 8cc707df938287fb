//! Where the database is, when somebody says so and when nobody does.

use anyhow::{Context as _, Result, ensure};
use bintang_receiver::store::{Store, database::Database};
use clap::Args;
use std::{
    env, fs,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

/// `bintang/receiver.sqlite` in the person's data folder: it outlives builds and clones.
fn default_file() -> Result<PathBuf> {
    let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = given("XDG_DATA_HOME")
        .or_else(|| given("LOCALAPPDATA"))
        .or_else(|| given("HOME").map(|home| home.join(".local/share")))
        .context("no HOME: give --database")?;
    Ok(folder.join("bintang").join("receiver.sqlite"))
}

/// The database that was said, by an argument or by the environment.
pub fn given(said: Option<&str>) -> Result<Database> {
    let said = said.map(str::to_owned).or_else(|| env::var("BINTANG_DATABASE").ok().filter(|said| !said.is_empty()));
    said.map_or_else(|| default_file().map(Database::File), |said| Ok(Database::parse(&said)))
}

/// Makes the folder that a file will be in.
pub fn prepare_folder(database: &Database) -> Result<()> {
    let Database::File(file) = database else { return Ok(()) };
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => fs::create_dir_all(folder).with_context(|| folder.display().to_string()),
        None => Ok(()),
    }
}

/// The receiver's database, of commands that work on what a receiver stores.
#[derive(Debug, Args)]
pub struct Receivers {
    /// The receiver's SQLite file, or postgres://… [default: BINTANG_DATABASE, else bintang/receiver.sqlite in your data
    /// folder]
    #[arg(long, value_name = "FILE|ADDRESS", global = true)]
    database: Option<String>,
}

impl Receivers {
    /// Which it is.
    pub fn which(&self) -> Result<Database> {
        given(self.database.as_deref())
    }

    /// Opens it, and says which it is; a file that is not there is made only where that is wanted.
    pub async fn open(&self, make: bool) -> Result<Store> {
        let database = self.which()?;
        match &database {
            _ if make => prepare_folder(&database)?,
            Database::File(file) => ensure!(file.is_file(), "there is no database at {database}"),
            Database::Postgres(_) => {}
        }
        eprintln!("Database: {database}");
        Store::open(&database).await.with_context(|| database.to_string())
    }
}

/// Now, in UTC milliseconds.
pub fn now_ms() -> Result<i64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis().try_into()?)
}
