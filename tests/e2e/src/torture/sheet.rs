//! A sheet that is answered by chance, and what the screen said of it: what was tapped, and up to where it was saved.

use super::{Dice, Torture};
use crate::{Scenario, Subject, wait};
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Criteria with plain options: the ids of their rows. What an answer raises by itself, such as a flag, has other ids.
const ROWS: &str = "const plain = /^[A-Z]\\.[IVX]+\\.\\d+-[a-z]$/;
    return [...document.querySelectorAll('main input[type=radio]')].map((row) => row.id).filter((id) => plain.test(id));";
const LOOK: &str = "const plain = /^[A-Z]\\.[IVX]+\\.\\d+-[a-z]$/;
    const chosen = [...document.querySelectorAll('main input:checked')].map((row) => row.id);
    return [document.querySelector('.saved')?.dataset.state ?? '', chosen.filter((id) => plain.test(id))];";

/// A sheet of the food rubric with all its parts in view.
#[derive(Debug)]
pub struct Sheet {
    /// Which assessment it is.
    pub id: String,
    /// Rows of each criterion.
    rows: BTreeMap<String, Vec<String>>,
    /// What was chosen after each tap.
    steps: Vec<BTreeSet<String>>,
    /// The newest step that the screen called saved.
    saved: usize,
    /// How many steps were seen as saved so far: what was never called saved could not be missed.
    confirmed: usize,
}

impl Sheet {
    /// Begins an assessment on Beranda.
    ///
    /// # Errors
    /// A step is not there.
    pub async fn begin(scenario: &Scenario, product: &str) -> Result<Self> {
        scenario.begin("food", Subject { product, business: "Dapur" }).await?;
        scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
        let id = scenario.assessment().await?;
        let mut sheet = Self { id, rows: BTreeMap::new(), steps: Vec::new(), saved: 0, confirmed: 0 };
        sheet.open(scenario).await?;
        let rows: Vec<String> = serde_json::from_value(scenario.script(ROWS).await?)?;
        for row in rows {
            let criterion = criterion(&row).to_owned();
            sheet.rows.entry(criterion).or_default().push(row);
        }
        ensure!(sheet.rows.len() > 10, "criteria to answer: {:?}", sheet.rows);
        let (_, there) = look(scenario).await?;
        ensure!(there == BTreeSet::from(["A.I.1-b".to_owned()]), "a sheet with one answer: {there:?}");
        sheet.steps = vec![there];
        Ok(sheet)
    }

    /// Opens it by its address, with all its parts in view.
    ///
    /// # Errors
    /// It does not open.
    pub async fn open(&self, scenario: &Scenario) -> Result<()> {
        scenario.visit(&format!("p=lembar&id={}&view=all", self.id)).await?;
        self.shown(scenario).await
    }

    /// Waits until it is in view, each card of it.
    ///
    /// # Errors
    /// It never is.
    pub async fn shown(&self, scenario: &Scenario) -> Result<()> {
        scenario.browser.appear("aside.livebar").await?;
        scenario.part_is_whole().await?.browser.settle().await
    }

    /// Taps one row by chance, and does not wait for anything.
    ///
    /// # Errors
    /// The page is gone, perhaps after the tap.
    pub async fn tap(&mut self, scenario: &Scenario, dice: &mut Dice) -> Result<()> {
        let mut chosen = self.steps.last().cloned().unwrap_or_default();
        let criteria: Vec<_> = self.rows.values().collect();
        let rows = dice.one(&criteria).context("criteria")?;
        let others: Vec<_> = rows.iter().filter(|row| !chosen.contains(*row)).collect();
        let row = (*dice.one(&others).context("rows")?).clone();
        chosen.retain(|id| criterion(id) != criterion(&row));
        chosen.insert(row.clone());
        // Before it is done: what is done may be on disk though nobody heard of it.
        self.steps.push(chosen);
        let tapped = scenario.browser.script("document.getElementById(arguments[0]).click()", &[json!(row)]).await;
        tapped.map(drop)
    }

    /// Looks at the screen: is what was tapped there, and is it called saved? Gives back the screen's word.
    ///
    /// # Errors
    /// The page is gone, or shows something else.
    pub async fn look(&mut self, scenario: &Scenario) -> Result<String> {
        self.glance(scenario).await?.context("the page is gone")
    }

    /// The same where the page may be gone at any moment: `None` then.
    ///
    /// # Errors
    /// The page shows something else.
    pub async fn glance(&mut self, scenario: &Scenario) -> Result<Option<String>> {
        let Ok((word, there)) = look(scenario).await else { return Ok(None) };
        let last = self.steps.last().context("a step")?;
        ensure!(there == *last, "the screen shows {there:?} in place of {last:?}");
        if word == "saved" {
            self.saved_elsewhere();
        }
        Ok(Some(word))
    }

    /// Waits until the screen calls everything saved.
    ///
    /// # Errors
    /// It never does.
    pub async fn settled(&mut self, scenario: &Scenario) -> Result<()> {
        self.becomes(scenario, "saved").await
    }

    /// Waits until the screen says this word of the sheet, which is as it was tapped.
    ///
    /// # Errors
    /// It never does.
    pub async fn becomes(&mut self, scenario: &Scenario, wanted: &str) -> Result<()> {
        let told = wait::until(format!("the sheet is {wanted}"), async || {
            let word = self.look(scenario).await?;
            ensure!(word == wanted, "it is {word}");
            Ok(Some(()))
        });
        scenario.browser.explained(told.await).await
    }

    /// Opens the sheet anew and holds it against what was shown; goes on from what is there.
    ///
    /// # Errors
    /// It does not open.
    pub async fn check(&mut self, scenario: &Scenario, torture: &mut Torture) -> Result<()> {
        self.open(scenario).await?;
        self.hold(scenario, torture).await
    }

    /// Holds the sheet that is in view against what was shown; goes on from what is there.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn hold(&mut self, scenario: &Scenario, torture: &mut Torture) -> Result<()> {
        scenario.part_is_whole().await?.log_is_whole(&self.id).await?;
        let (_, there) = look(scenario).await?;
        let Some(allowed) = self.steps.get(self.saved..) else { bail!("no step {}", self.saved) };
        torture.compare(&there, allowed);
        self.steps = vec![there];
        self.saved = 0;
        Ok(())
    }

    /// What is chosen now.
    #[must_use]
    pub fn present(&self) -> BTreeSet<String> {
        self.steps.last().cloned().unwrap_or_default()
    }

    /// From here on it may also be this: somebody asked for it.
    pub fn may_be(&mut self, other: &BTreeSet<String>) {
        self.steps.push(other.clone());
    }

    /// The screen has called everything saved where this sheet was not looked at.
    pub fn saved_elsewhere(&mut self) {
        let last = self.steps.len().saturating_sub(1);
        self.confirmed += last.saturating_sub(self.saved);
        self.saved = last;
    }

    /// How many answers were seen as saved.
    #[must_use]
    pub fn confirmed(&self) -> usize {
        self.confirmed
    }
}

fn criterion(row: &str) -> &str {
    row.rsplit_once('-').map_or(row, |(criterion, _)| criterion)
}

/// The screen's word for saving, and what is chosen, at one moment.
async fn look(scenario: &Scenario) -> Result<(String, BTreeSet<String>)> {
    Ok(serde_json::from_value(scenario.script(LOOK).await?)?)
}
