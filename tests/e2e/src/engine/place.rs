//! Where a browser keeps what it keeps.

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How a browser is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Whether it forgets at its end what pages store, as its private windows do.
    pub private: bool,
    /// Whether WebKit keeps pages that are left, for the way back, as it does on a phone; the others always decide for
    /// themselves. WebKitGTK 2.50 sometimes never finishes to install a service worker whose page is left meanwhile.
    pub keeps_left_pages: bool,
}

/// A folder of one browser's own, which outlives its process.
#[derive(Debug)]
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) manner: Manner,
}

impl Place {
    pub(crate) fn new(manner: Manner) -> Result<Self> {
        let place = Self { folder: tempfile::tempdir()?, manner };
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
