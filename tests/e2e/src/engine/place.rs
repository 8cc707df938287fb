//! Where a browser keeps what it keeps.

use anyhow::{Context as _, Result, ensure};
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// Room on a small disk: enough for a profile and the app.
const SIZE: &str = "size=400m";

/// How a browser is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Whether it forgets at its end what pages store, as its private windows do.
    pub private: bool,
    /// Whether WebKit keeps pages that are left, for the way back, as it does on a phone; the others always decide for
    /// themselves. WebKitGTK 2.50 sometimes never finishes to install a service worker whose page is left meanwhile.
    pub keeps_left_pages: bool,
    /// Whether it has a camera, which shows a moving picture of the engine's own and asks nobody.
    pub camera: bool,
    /// Whether its profile lies on a small disk of its own, which can be filled.
    pub small_disk: bool,
}

/// Whether a small disk can be mounted here.
#[must_use]
pub fn mounts() -> bool {
    let manner = Manner { small_disk: true, ..Manner::default() };
    Place::new(manner).is_ok()
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
        if manner.small_disk {
            let mut mount = Command::new("mount");
            mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(place.folder());
            ensure!(mount.status().is_ok_and(|status| status.success()), "no disk can be mounted here");
        }
        for folder in [place.profile(), place.downloads()] {
            fs::create_dir(folder)?;
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

    fn filler(&self) -> PathBuf {
        self.folder.path().join("filler")
    }

    /// Takes all the room that is left on the small disk.
    pub(crate) fn fill(&self) -> Result<()> {
        ensure!(self.manner.small_disk, "only a disk of its own may be filled");
        let mut filler = File::options().create(true).append(true).open(self.filler())?;
        for size in [1 << 20, 1 << 12] {
            // It ends when there is no room for one more.
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
        Ok(())
    }

    /// Gives the room back.
    pub(crate) fn empty(&self) -> Result<()> {
        Ok(fs::remove_file(self.filler())?)
    }

    /// Where downloads go.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.manner.small_disk {
            // A process that is being killed may still have a file open.
            let _ = Command::new("umount").arg("--lazy").arg(self.folder()).status();
        }
    }
}

/// A path as a word of a command.
pub(crate) fn word(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}
