//! Finding things in a rubric, fast enough for thousands of criteria.

use super::{Criterion, CriterionIndex, Knockout, Part, Requirement, Rubric};
use crate::text::LocalText;

/// What is worked out once, when a rubric is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Lookup {
    /// Places of the criteria, in the order of their ids.
    by_id: Vec<usize>,
    /// The rubric's language first.
    languages: Vec<String>,
}

impl Lookup {
    pub(crate) fn new(criteria: &[Criterion], languages: Vec<String>) -> Self {
        let mut by_id: Vec<usize> = (0..criteria.len()).collect();
        by_id.sort_by_key(|index| criteria.get(*index).map(|criterion| criterion.id.as_str()));
        Self { by_id, languages }
    }
}

impl Rubric {
    /// The criterion at this place.
    #[must_use]
    pub fn criterion(&self, index: CriterionIndex) -> Option<&Criterion> {
        self.criteria.get(index.0)
    }

    /// The place of the criterion with this id.
    #[must_use]
    pub fn index_of(&self, id: &str) -> Option<CriterionIndex> {
        let id_at = |index: &usize| self.criteria.get(*index).map_or("", |criterion| criterion.id.as_str());
        let found = self.lookup.by_id.binary_search_by(|index| id_at(index).cmp(id)).ok()?;
        self.lookup.by_id.get(found).map(|index| CriterionIndex(*index))
    }

    /// The criteria in the order of their ids.
    pub(crate) fn criteria_by_id(&self) -> impl Iterator<Item = &Criterion> {
        self.lookup.by_id.iter().filter_map(|index| self.criteria.get(*index))
    }

    /// The requirement with this id.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.id.as_str() == id)
    }

    /// The knockout with this id.
    #[must_use]
    pub fn knockout(&self, id: &str) -> Option<&Knockout> {
        self.knockouts.iter().find(|knockout| knockout.id.as_str() == id)
    }

    /// The part a criterion belongs to.
    #[must_use]
    pub fn part_of(&self, index: CriterionIndex) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.criteria.end <= index.0);
        self.parts.get(after).filter(|part| part.criteria.contains(&index.0))
    }

    /// The star of the highest band.
    #[must_use]
    pub fn highest_star(&self) -> u8 {
        self.bands.first().map_or(0, |band| band.stars)
    }

    /// Whether there is a band for this star.
    #[must_use]
    pub fn has_star(&self, stars: u8) -> bool {
        self.bands.iter().any(|band| band.stars == stars)
    }

    /// Who coaches a maker with these stars.
    #[must_use]
    pub fn coaching_for(&self, stars: u8) -> Option<&LocalText> {
        self.coaching.iter().find(|coaching| coaching.stars.contains(&stars)).map(|coaching| &coaching.by)
    }

    /// The languages its texts are written in, its own first.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.lookup.languages
    }
}
