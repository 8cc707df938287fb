//! Where the database is when nobody says so.

use anyhow::{Context as _, Result};
use bintang_receiver::store::database::Database;
use std::{env, fs, path::PathBuf};

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
