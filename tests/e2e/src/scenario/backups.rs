//! Backups: taken as files, and brought back.

use super::Scenario;
use crate::wait;
use anyhow::{Context as _, Result};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

impl Scenario {
    /// Takes a backup of everything, locked where there is a passphrase; gives back the file that the browser saved.
    ///
    /// # Errors
    /// It is never ready, or never saved.
    pub async fn take_backup(&self, passphrase: Option<&str>) -> Result<PathBuf> {
        self.visit("p=cadangan").await?;
        self.browser.appear("#backup-take").await?;
        if let Some(passphrase) = passphrase {
            self.browser.press("#backup-lock").await?;
            self.browser.fill("#backup-passphrase", passphrase).await?;
        }
        self.browser.press("#backup-take").await?;
        self.save_backup().await
    }

    /// Saves the backup that is being taken.
    ///
    /// # Errors
    /// It is never ready, or never saved.
    pub async fn save_backup(&self) -> Result<PathBuf> {
        let before = self.bundles()?;
        self.browser.explained(self.browser.appear("[data-backup='ready']").await).await?;
        let bytes = self.browser.attribute("[data-backup='ready']", "data-bytes").await?;
        let bytes: u64 = bytes.context("its size")?.parse()?;
        self.browser.press("#backup-save").await?;
        wait::until(format!("{bytes} bytes are saved"), async || {
            let mut new = self.bundles()?.into_iter().filter(|file| !before.contains(file));
            Ok(new.find(|file| fs::metadata(file).is_ok_and(|known| known.len() == bytes)))
        })
        .await
    }

    /// The bundles among the downloads.
    fn bundles(&self) -> Result<BTreeSet<PathBuf>> {
        let folder = self.browser.downloads();
        if !folder.exists() {
            return Ok(BTreeSet::new());
        }
        let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        Ok(files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "bintang")).collect())
    }

    /// Chooses a backup to be looked at.
    ///
    /// # Errors
    /// The field is not there.
    pub async fn choose_backup(&self, file: &Path) -> Result<&Self> {
        self.visit("p=cadangan").await?;
        self.browser.appear("#restore-file").await?;
        self.browser.choose_file("#restore-file", file).await?;
        Ok(self)
    }

    /// Brings back what is ticked.
    ///
    /// # Errors
    /// It never comes to an end.
    pub async fn restore(&self) -> Result<&Self> {
        self.browser.appear("[data-restore='looked']").await?;
        self.browser.press("#restore-begin").await?;
        self.browser.explained(self.browser.appear("[data-restore='done']").await).await?;
        Ok(self)
    }
}
