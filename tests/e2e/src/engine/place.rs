//! Where a browser keeps what it keeps.

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of one browser's own, which outlives its process.
#[derive(Debug)]
pub(crate) struct Place {
    folder: TempDir,
    /// Whether the browser is to forget at its end what pages store, as its private windows do.
    pub(crate) private: bool,
}

impl Place {
    pub(crate) fn new(private: bool) -> Result<Self> {
        let place = Self { folder: tempfile::tempdir()?, private };
        for folder in [place.profile(), place.downloads()] {
            std::fs::create_dir(folder)?;
        }
        Ok(place)
    }

    /// By which its processes are known.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The browser's profile.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// Where downloads go.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }
}

/// A path as a word of a command.
pub(crate) fn word(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}
