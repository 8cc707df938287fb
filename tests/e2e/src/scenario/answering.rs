//! Answering a sheet, and reading what the live bar says.

use super::Scenario;
use crate::{Sample, sample, wait};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the live bar says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// Stars now.
    pub stars: u64,
    /// Points now: numerator and denominator.
    pub total: (i64, i64),
    /// The star that is held.
    pub held: Option<u64>,
    /// Gates that hold it, as `star:criterion`.
    pub gates: Vec<String>,
}

impl Scenario {
    /// Answers a whole sheet of a rubric, part by part, then papers and flags.
    ///
    /// # Errors
    /// Something to press is not there, or does not take the answer.
    pub async fn answer(&self, group: &str, sheet: &Value) -> Result<&Self> {
        self.answer_criteria(group, sheet).await?.answer_papers(sheet).await
    }

    /// Answers the criteria of a sheet, part by part.
    ///
    /// # Errors
    /// Something to press is not there, or does not take the answer.
    pub async fn answer_criteria(&self, group: &str, sheet: &Value) -> Result<&Self> {
        let rubric = sample::rubric(group)?;
        let answers = object(sheet, "answers");
        for part in &rubric.parts {
            let criteria = rubric.criteria.get(part.criteria.clone()).unwrap_or_default();
            let answered: Vec<_> =
                criteria.iter().filter_map(|c| answers.get(c.id.as_str()).map(|a| (&c.id, a))).collect();
            let Some((first, _)) = answered.first() else { continue };
            self.open_part(part.id.as_str(), &card(first.as_str())).await?;
            for (criterion, answer) in answered {
                self.choose(criterion.as_str(), answer).await?;
            }
        }
        Ok(self)
    }

    /// Answers the papers of a sheet and raises its flags.
    ///
    /// # Errors
    /// Something to press is not there, or does not take the answer.
    pub async fn answer_papers(&self, sheet: &Value) -> Result<&Self> {
        let requirements = object(sheet, "requirements");
        let flags = sheet.get("flags").and_then(Value::as_array).cloned().unwrap_or_default();
        if !requirements.is_empty() || !flags.is_empty() {
            self.open_part("~papers", ".paper-row").await?;
        }
        for (id, met) in requirements {
            let word = if met == json!(true) { "yes" } else { "no" };
            self.tick(&format!("r-{id}-{word}")).await?;
        }
        for flag in flags.iter().filter_map(Value::as_str) {
            self.tick(&format!("k-{flag}")).await?;
        }
        Ok(self)
    }

    /// Opens a part by its tab, and waits for something in it.
    ///
    /// # Errors
    /// It is not there.
    pub async fn open_part(&self, part: &str, inside: &str) -> Result<&Self> {
        self.browser.press(&format!("nav.parts a[href$='at={part}']")).await?;
        self.browser.appear(inside).await?;
        self.part_is_whole().await?;
        // The part comes into view after it is painted; what is pressed before may move away.
        self.browser.settle().await?;
        Ok(self)
    }

    /// Answers one criterion of the part that is shown.
    ///
    /// # Errors
    /// It does not take the answer.
    pub async fn choose(&self, criterion: &str, answer: &Value) -> Result<&Self> {
        let text = |key: &str| answer.get(key).and_then(Value::as_str);
        if let Some(case) = text("case") {
            self.tick(&format!("{criterion}-case-{case}")).await?;
        }
        let ids = match (text("case"), text("option"), answer.get("ticked").and_then(Value::as_array)) {
            (Some(case), Some(option), _) => vec![format!("{criterion}-{case}-{option}")],
            (None, Some(option), _) => vec![format!("{criterion}-{option}")],
            (_, _, Some(items)) => items.iter().filter_map(Value::as_str).map(|i| format!("{criterion}-{i}")).collect(),
            _ if answer.get("none").is_some() => vec![format!("{criterion}-none")],
            _ => vec![format!("{criterion}-na")],
        };
        for id in ids {
            self.tick(&id).await?;
        }
        Ok(self)
    }

    /// Presses a row and makes sure that it is chosen then.
    ///
    /// # Errors
    /// It is not.
    pub async fn tick(&self, id: &str) -> Result<&Self> {
        self.browser.press(&format!("[id='{id}']")).await?;
        self.holds(&format!("{id} is chosen"), &format!("return document.getElementById('{id}')?.checked === true"))
            .await
    }

    /// Waits until every card of the part that is shown is made: those below the first view come after it.
    ///
    /// # Errors
    /// One never is.
    pub async fn part_is_whole(&self) -> Result<&Self> {
        self.holds("every card is made", "return !document.querySelector('.criterion:empty')").await
    }

    /// Which rows are chosen now, by their ids.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn ticked(&self) -> Result<Vec<String>> {
        self.part_is_whole().await?;
        let ids =
            self.script("return [...document.querySelectorAll('main input:checked')].map((row) => row.id)").await?;
        Ok(serde_json::from_value(ids)?)
    }

    /// Writes a note to a criterion or a paper that is shown, and leaves the field.
    ///
    /// # Errors
    /// There is no field.
    pub async fn note(&self, place: &str, text: &str) -> Result<&Self> {
        self.browser.fill(&self.note_field(place).await?, text).await?;
        Ok(self)
    }

    /// Types a note and stays in the field.
    ///
    /// # Errors
    /// There is no field.
    pub async fn type_note(&self, place: &str, text: &str) -> Result<&Self> {
        self.browser.type_in(&self.note_field(place).await?, text).await?;
        Ok(self)
    }

    /// The field for a note, opened if it is hidden behind its button.
    async fn note_field(&self, place: &str) -> Result<String> {
        let field = format!("[id='n-{place}']");
        if self.browser.count(&field).await? == 0 {
            let room = format!(":is({}, .paper-row:has([id='r-{place}-yes']))", card(place));
            self.browser.press(&format!("{room} .criterion__actions button")).await?;
        }
        Ok(field)
    }

    /// What stands in the field for a note; `None` where no field is shown.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn noted(&self, place: &str) -> Result<Option<String>> {
        let text = self.script(&format!("return document.getElementById('n-{place}')?.value ?? null")).await?;
        Ok(text.as_str().map(str::to_owned))
    }

    /// Which assessment the address names; waits until it names one.
    ///
    /// # Errors
    /// It never does.
    pub async fn assessment(&self) -> Result<String> {
        let named = wait::until("the address names an assessment", async || {
            let address = self.browser.address().await?;
            Ok(address.split(['?', '&', '#']).find_map(|word| word.strip_prefix("id=")).map(str::to_owned))
        });
        self.browser.explained(named.await).await
    }

    /// Waits until the screen says that everything is saved.
    ///
    /// # Errors
    /// It never does.
    pub async fn saved(&self) -> Result<&Self> {
        self.saving_is("saved").await
    }

    /// Waits until the word at the top is this one: untouched, saving, saved, failed, temporary.
    ///
    /// # Errors
    /// It never is.
    pub async fn saving_is(&self, word: &str) -> Result<&Self> {
        let look = wait::until(format!("the sheet is {word}"), async || {
            let now = self.browser.attribute(".saved", "data-state").await?;
            ensure!(now.as_deref() == Some(word), "it is {now:?}");
            Ok(Some(()))
        });
        self.browser.explained(look.await).await?;
        Ok(self)
    }

    /// Waits until the way up that is shown in this place is the sample's, or is said not to be there.
    ///
    /// # Errors
    /// It never is.
    pub async fn way_is(&self, place: &str, sample: &Sample) -> Result<&Self> {
        const READ: &str = "const way = document.querySelector(`${arguments[0]} [data-way]`);
            if (!way) return null;
            const all = (mark) => [...way.querySelectorAll(`[data-${mark}]`)].map((row) => row.dataset[mark]);
            return [way.dataset.way, way.dataset.steps, all('raise'), all('paper')];";
        let look = wait::until(format!("the way up stands in {place}"), async || {
            let read = self.browser.script(READ, &[place.into()]).await?;
            let shown: Option<(String, String, Vec<String>, Vec<String>)> = serde_json::from_value(read)?;
            ensure!(shown == sample.way(), "{shown:?} in place of {:?}", sample.way());
            let words = self.browser.text(place).await?;
            ensure!(shown.is_some() || !words.contains("Menghitung"), "still reckoning");
            Ok(Some(()))
        });
        self.browser.explained(look.await).await?;
        Ok(self)
    }

    /// What the live bar says.
    ///
    /// # Errors
    /// There is none.
    pub async fn live(&self) -> Result<Live> {
        const READ: &str = "const bar = document.querySelector('aside.livebar');
            const gates = [...bar.querySelectorAll('[data-gate]')].map((gate) => gate.dataset.gate);
            return [bar.dataset.stars, bar.dataset.total, bar.dataset.holdStar ?? null, gates];";
        let read = self.script(READ).await?;
        let (stars, total, held, gates): (String, String, Option<String>, Vec<String>) = serde_json::from_value(read)?;
        let (num, den) = total.split_once('/').context("a total")?;
        let held = held.map(|star| star.parse()).transpose()?;
        Ok(Live { stars: stars.parse()?, total: (num.parse()?, den.parse()?), held, gates })
    }
}

fn card(criterion: &str) -> String {
    format!("[id='c-{criterion}']")
}

fn object(sheet: &Value, key: &str) -> BTreeMap<String, Value> {
    let members = sheet.get(key).and_then(Value::as_object).cloned().unwrap_or_default();
    members.into_iter().collect()
}
