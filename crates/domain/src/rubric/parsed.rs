//! A rubric as read from its file, before its parts are held against each other.

use super::{Rubric, problem::Findings};
use crate::points::Points;

/// The tree, with placeholders where a value could not be read (its place is among the findings), and the names that
/// stand for criteria, not resolved yet.
pub(crate) struct Parsed {
    pub(crate) rubric: Rubric,
    /// JSON pointer of each criterion.
    pub(crate) places: Vec<String>,
    pub(crate) conditions: Vec<NamedCondition>,
    pub(crate) any_zero: Vec<NamedTrigger>,
    pub(crate) texts: Texts,
    pub(crate) found: Findings,
}

/// A condition by the other criterion's id.
pub(crate) struct NamedCondition {
    pub(crate) asker: Asker,
    /// Place of the other criterion's id.
    pub(crate) at: String,
    pub(crate) criterion: String,
    pub(crate) at_least: Points,
}

/// What a condition belongs to, by its place in the rubric's list.
#[derive(Clone, Copy)]
pub(crate) enum Asker {
    Criterion(usize),
    Requirement(usize),
}

/// The criteria an `any_zero` knockout lists, by id.
pub(crate) struct NamedTrigger {
    pub(crate) knockout: usize,
    pub(crate) at: String,
    pub(crate) criteria: Vec<String>,
}

/// Which texts are there in which languages.
#[derive(Default)]
pub(crate) struct Texts {
    /// The languages, the rubric's own first.
    pub(crate) languages: Vec<String>,
    /// Place of each text that should be in every language, with a bit for each language it is in.
    pub(crate) texts: Vec<(String, u64)>,
}

impl Texts {
    /// The bit of a language. Languages past the 64th are not followed.
    pub(crate) fn bit(&mut self, language: &str) -> u64 {
        let place = self.languages.iter().position(|known| known == language).unwrap_or_else(|| {
            if self.languages.len() < 64 {
                self.languages.push(language.to_owned());
                self.languages.len() - 1
            } else {
                64
            }
        });
        u32::try_from(place).ok().and_then(|place| 1u64.checked_shl(place)).unwrap_or(0)
    }
}
