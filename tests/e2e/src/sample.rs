//! The samples in `tests/fixtures/ovop`: a sheet, and what must come of it.

use anyhow::{Context as _, Result};
use bintang_domain::rubric::{self, Rubric};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One sample.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Name of its file, without the ending.
    pub name: String,
    content: Value,
}

/// The repository that is tested.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Sample {
    /// All of them, by name.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn all() -> Result<Vec<Self>> {
        let mut samples = Vec::new();
        for entry in fs::read_dir(repository().join("tests/fixtures/ovop"))? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).context("a file's name")?.to_owned();
            let content = serde_json::from_slice(&fs::read(&path)?).with_context(|| name.clone())?;
            samples.push(Self { name, content });
        }
        samples.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(samples)
    }

    /// The one whose name begins so.
    ///
    /// # Errors
    /// There is none.
    pub fn named(beginning: &str) -> Result<Self> {
        let found = Self::all()?.into_iter().find(|sample| sample.name.starts_with(beginning));
        found.with_context(|| format!("no sample {beginning}"))
    }

    /// A part of it, by JSON pointer; null where there is none.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Value {
        self.content.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// A text of its subject.
    #[must_use]
    pub fn subject(&self, key: &str) -> &str {
        self.at(&format!("/subject/{key}")).as_str().unwrap_or_default()
    }

    /// Name of its rubric's file.
    #[must_use]
    pub fn group(&self) -> &str {
        let id = self.at("/rubric/id").as_str().unwrap_or_default();
        id.rsplit('-').next().unwrap_or_default()
    }

    /// Gates that are missed up to a star, as `star:criterion`.
    #[must_use]
    pub fn missed_gates(&self, up_to: u64) -> Vec<String> {
        let gates = self.at("/expect/missed_gates").as_array().map(Vec::as_slice).unwrap_or_default();
        let star = |gate: &Value| gate.get("star").and_then(Value::as_u64).unwrap_or_default();
        let name = |gate: &Value| gate.get("criterion").and_then(Value::as_str).unwrap_or_default().to_owned();
        gates.iter().filter(|gate| star(gate) <= up_to).map(|gate| format!("{}:{}", star(gate), name(gate))).collect()
    }

    /// Its way up as the app marks it: the star, the steps, `criterion:goal` of each raise, the papers; `None` where there
    /// is none.
    #[must_use]
    pub fn way(&self) -> Option<(String, String, Vec<String>, Vec<String>)> {
        let next = Some(self.at("/expect/next")).filter(|next| !next.is_null())?;
        let list = |key: &str| next.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let word = |value: &Value, key: &str| match value.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let raise = list("raise");
        let raise = raise.iter().map(|raise| format!("{}:{}", word(raise, "criterion"), word(raise, "to")));
        let papers = list("requirements").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Some((word(next, "stars"), word(next, "steps"), raise.collect(), papers))
    }
}

/// A rubric that comes with the app.
///
/// # Errors
/// It is not there or not usable.
pub fn rubric(group: &str) -> Result<Rubric> {
    let bytes = fs::read(repository().join(format!("public/rubrics/{group}.json")))?;
    rubric::read(&bytes).rubric.with_context(|| format!("the rubric {group} is not usable"))
}
