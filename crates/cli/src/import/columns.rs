//! The table's columns by name, and what a cell of them can say.

use super::rows::Row;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Where each column stands, by its name in small letters.
pub type Places = BTreeMap<String, usize>;

/// Columns of texts, which may have translations.
const TEXTS: [&str; 8] = ["part", "part_help", "group", "criterion", "help", "case", "option", "proof"];

/// The other columns.
const VALUES: [&str; 13] = [
    "part_id",
    "group_id",
    "criterion_id",
    "case_id",
    "option_id",
    "kind",
    "points",
    "gate",
    "at_least",
    "na",
    "raisable",
    "note_below",
    "applies_when",
];

/// One row by the names of its columns.
pub struct Columns<'r> {
    /// The row.
    pub row: &'r Row,
    places: &'r Places,
}

impl<'r> Columns<'r> {
    /// Of this row.
    pub fn of(row: &'r Row, places: &'r Places) -> Self {
        Self { row, places }
    }

    /// A cell; empty where there is no such column.
    pub fn get(&self, name: &str) -> &str {
        self.places.get(name).map_or("", |place| self.row.cell(*place))
    }

    /// A text, with its translations in columns such as `option:en`; null where there is none.
    pub fn text(&self, name: &str, language: &str) -> Value {
        let plain = self.get(name);
        let prefix = format!("{name}:");
        let others = self.places.iter().filter_map(|(column, place)| {
            let tag = column.strip_prefix(&prefix)?;
            let text = self.row.cell(*place);
            (!text.is_empty()).then(|| (tag.to_owned(), Value::from(text)))
        });
        let mut texts: Map<String, Value> = others.collect();
        if texts.is_empty() {
            return if plain.is_empty() { Value::Null } else { plain.into() };
        }
        if !plain.is_empty() {
            texts.insert(language.to_owned(), plain.into());
        }
        texts.into()
    }
}

/// Where the columns stand.
pub fn places(head: &Row) -> Places {
    let names = head.cells.iter().enumerate().filter(|(_, name)| !name.is_empty());
    names.map(|(place, name)| (name.to_ascii_lowercase(), place)).collect()
}

/// Names that no column has: what stands under them would be lost without a word, gates among it.
pub fn unknown(head: &Row) -> impl Iterator<Item = &str> {
    head.cells.iter().map(String::as_str).filter(|name| {
        let lower = name.to_ascii_lowercase();
        let translated = lower.split_once(':').filter(|(_, language)| !language.is_empty());
        let text = translated.map_or(lower.as_str(), |(name, _)| name);
        !name.is_empty() && !TEXTS.contains(&text) && !VALUES.contains(&lower.as_str())
    })
}

/// The names there are.
pub fn known() -> String {
    [&TEXTS[..], &VALUES[..]].concat().join(", ")
}

/// What a cell of yes or no says, where it is left empty too; `None` for another word.
pub fn said(text: &str, empty: bool) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "" => Some(empty),
        "x" | "yes" | "ya" | "true" | "1" => Some(true),
        "no" | "tidak" | "false" | "0" => Some(false),
        _ => None,
    }
}
