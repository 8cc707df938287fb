//! Where the database is when nobody says so.

use anyhow::{Context as _, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// `bintang/receiver.sqlite` in the person's data folder: it outlives builds and clones.
pub fn default_file() -> Result<PathBuf> {
    let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = given("XDG_DATA_HOME")
        .or_else(|| given("LOCALAPPDATA"))
        .or_else(|| given("HOME").map(|home| home.join(".local/share")))
        .context("no HOME: give --database")?;
    Ok(folder.join("bintang").join("receiver.sqlite"))
}

/// Makes the folder that the file will be in.
pub fn prepare_folder(file: &Path) -> Result<()> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => fs::create_dir_all(folder).with_context(|| folder.display().to_string()),
        None => Ok(()),
    }
}
