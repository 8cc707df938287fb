//! Finding things in a rubric, fast enough for thousands of criteria.

use super::{Criterion, CriterionIndex, Knockout, Part, Requirement, Rubric};
use crate::{edit::Place, id::NodeId, points::Points, score::gates::Gates, text::LocalText};
use std::cmp::Ordering;

/// What is worked out once, when a rubric is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Lookup {
    /// Places of the criteria, in the order of their ids.
    by_id: Vec<usize>,
    /// The rubric's language first.
    languages: Vec<String>,
    /// What each criterion is tied to.
    pub(crate) ties: Vec<Tie>,
    /// Places of the criteria, each after the one that its condition looks at.
    pub(crate) downwards: Vec<usize>,
}

/// What follows from the rubric for one criterion, so that no sheet works it out again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tie {
    /// Place of its part.
    pub(crate) part: usize,
    /// What the stars ask of it.
    pub(crate) gates: Gates,
    /// Criteria whose condition looks at this one, and the points that make them asked.
    pub(crate) dependents: Vec<(usize, Points)>,
}

impl Lookup {
    pub(crate) fn new(criteria: &[Criterion], languages: Vec<String>) -> Self {
        let mut by_id: Vec<usize> = (0..criteria.len()).collect();
        by_id.sort_by_key(|index| criteria.get(*index).map(|criterion| criterion.id.as_str()));
        Self { by_id, languages, ..Self::default() }
    }

    /// Ties the criteria together, once their conditions name each other.
    pub(crate) fn tie(&mut self, criteria: &[Criterion], parts: &[Part]) {
        let tie = |criterion| Tie { gates: Gates::of(criterion), ..Tie::default() };
        self.ties = criteria.iter().map(tie).collect();
        for (place, part) in parts.iter().enumerate() {
            for tie in self.ties.get_mut(part.criteria.clone()).unwrap_or_default() {
                tie.part = place;
            }
        }
        let mut waiting = Vec::new();
        for (index, criterion) in criteria.iter().enumerate() {
            match criterion.applies_when {
                Some(condition) => {
                    if let Some(other) = self.ties.get_mut(condition.criterion.0) {
                        other.dependents.push((index, condition.at_least));
                    }
                }
                None => waiting.push(index),
            }
        }
        self.downwards = Vec::with_capacity(criteria.len());
        while let Some(index) = waiting.pop() {
            self.downwards.push(index);
            let dependents = self.ties.get(index).into_iter().flat_map(|tie| &tie.dependents);
            waiting.extend(dependents.map(|(dependent, _)| *dependent));
        }
    }
}

impl Rubric {
    /// After a change of its parts or criteria: what follows from them, worked out anew. Until then it scores as before.
    #[must_use]
    pub fn renewed(self) -> Self {
        let mut lookup = Lookup::new(&self.criteria, self.lookup.languages);
        lookup.tie(&self.criteria, &self.parts);
        Self { lookup, ..self }
    }

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

    /// Criteria in the order of their ids, with their places.
    pub(crate) fn by_id(&self) -> impl Iterator<Item = (CriterionIndex, &Criterion)> {
        self.lookup.by_id.iter().filter_map(|index| Some((CriterionIndex(*index), self.criteria.get(*index)?)))
    }

    /// Each of these, which stand in the order of their ids, with its criterion: one walk along both instead of a search
    /// for each.
    pub(crate) fn along<'r, 'a, T>(
        &'r self,
        entries: impl Iterator<Item = (&'a NodeId, T)>,
    ) -> impl Iterator<Item = (&'a NodeId, T, Option<(CriterionIndex, &'r Criterion)>)> {
        let mut known = self.by_id().peekable();
        entries.map(move |(id, entry)| {
            let found = loop {
                match known.peek().map(|(_, criterion)| criterion.id.cmp(id)) {
                    Some(Ordering::Less) => known.next(),
                    Some(Ordering::Equal) => break known.peek().copied(),
                    Some(Ordering::Greater) | None => break None,
                };
            };
            (id, entry, found)
        })
    }

    /// What a criterion is tied to.
    pub(crate) fn tie(&self, index: usize) -> Option<&Tie> {
        self.lookup.ties.get(index)
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

    /// Whether it has a criterion, requirement or knockout there.
    #[must_use]
    pub fn has(&self, place: &Place) -> bool {
        match place {
            Place::Criterion(id) => self.index_of(id.as_str()).is_some(),
            Place::Requirement(id) => self.requirement(id.as_str()).is_some(),
            Place::Knockout(id) => self.knockout(id.as_str()).is_some(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{KnockoutId, RequirementId},
        rubric,
    };

    #[test]
    fn it_has_its_own_places_and_no_others() {
        let rubric = rubric::read(include_bytes!("../../../../public/rubrics/food.json")).rubric.unwrap();
        let node = |id| Place::Criterion(NodeId::parse(id).unwrap());
        let paper = |id| Place::Requirement(RequirementId::parse(id).unwrap());
        let flag = |id| Place::Knockout(KnockoutId::parse(id).unwrap());
        for (place, there) in [
            (node("A.I.1"), true),
            (node("A.I.99"), false),
            (node("A.I"), false),
            (paper("halal"), true),
            (paper("hazard"), false),
            (flag("hazard"), true),
            (flag("halal"), false),
        ] {
            assert_eq!(rubric.has(&place), there, "{place:?}");
        }
    }
}
