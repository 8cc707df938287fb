//! Photos of a sheet under torture: what the screen has shown is there, byte for byte as its record says.

use super::Torture;
use crate::{Picture, Scenario};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// The criterion that they prove.
pub const CRITERION: &str = "A.I.1";

/// The photos that the screen shows, each by its id: it shows none that is not on disk.
const SHOWN: &str = "return [...document.querySelectorAll('[data-photo]')].map((photo) => photo.dataset.photo)";

/// The photos of one criterion.
#[derive(Debug)]
pub struct Album {
    files: Vec<PathBuf>,
    seen: BTreeSet<String>,
    /// The SHA-256 of each that is as small as it becomes: it stays what it is from then on.
    sums: BTreeMap<String, String>,
}

impl Album {
    /// Draws some pictures to choose from.
    ///
    /// # Errors
    /// They cannot be drawn.
    pub async fn begin(scenario: &Scenario) -> Result<Self> {
        let mut files = Vec::new();
        for number in 1..=3 {
            files.push(Picture::upright(number).write(&scenario.browser, scenario.folder()).await?);
        }
        Ok(Self { files, seen: BTreeSet::new(), sums: BTreeMap::new() })
    }

    /// Chooses one by chance, as the phone's picker does.
    ///
    /// # Errors
    /// The page is gone, perhaps after the choice.
    pub async fn choose(&self, scenario: &Scenario, torture: &mut Torture) -> Result<()> {
        let file = torture.dice.one(&self.files).context("a file")?;
        scenario.browser.choose_file(&format!("[id='photo-{CRITERION}']"), file).await
    }

    /// Looks at what the screen shows.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn look(&mut self, scenario: &Scenario) -> Result<()> {
        let shown: Value = scenario.script(SHOWN).await?;
        self.seen.extend(serde_json::from_value::<Vec<String>>(shown)?);
        Ok(())
    }

    /// How many were seen.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.seen.len()).unwrap_or(u64::MAX)
    }

    /// Waits until the screen shows one more than were seen, scaled or kept.
    ///
    /// # Errors
    /// It never does.
    pub async fn grown(&mut self, scenario: &Scenario) -> Result<()> {
        scenario.photos_are(CRITERION, self.count() + 1, "scaled").await?;
        self.look(scenario).await
    }

    /// Every photo that was ever shown is stored, whole; goes on from what is there.
    ///
    /// # Errors
    /// The store cannot be read, or holds photos that are not what their records say.
    pub async fn hold(&mut self, scenario: &Scenario, torture: &mut Torture) -> Result<()> {
        let stored = scenario.stored_photos().await?;
        let whole: BTreeSet<String> = stored
            .iter()
            .filter(|photo| photo.text("sha256") == Some(&photo.sha256) && photo.size.is_some())
            .filter_map(|photo| photo.text("id").map(str::to_owned))
            .collect();
        torture.compare(&self.seen.intersection(&whole).cloned().collect(), std::slice::from_ref(&self.seen));
        ensure!(whole.len() == stored.len(), "photos that are not what their records say: {stored:?}");
        for photo in stored.iter().filter(|photo| photo.text("form") == Some("scaled")) {
            let id = photo.text("id").unwrap_or_default().to_owned();
            let before = self.sums.insert(id, photo.sha256.clone());
            torture.lose(usize::from(before.is_some_and(|before| before != photo.sha256)), "the content of a photo");
        }
        // What is there is shown from now on.
        self.seen = whole;
        Ok(())
    }
}
