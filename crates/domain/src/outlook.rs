//! The outlook of an unfinished sheet: its stars if every paper that nobody has looked for yet were there.
//!
//! In a result an unknown paper counts as missing (rubric format, section 2). While the visit goes on that would show
//! no star until the last paper is ticked, and hide what the points and gates already say. So the sheet shows the
//! outlook, always marked as provisional and with the unknown papers counted beside it.

use crate::score::{Score, Scorer};

/// The score as it stands, with unknown papers taken as there; what is missing stays listed as missing.
#[must_use]
pub fn outlook(scorer: &Scorer) -> Score {
    let score = scorer.score();
    if score.complete || score.unknown_requirements.is_empty() {
        return score;
    }
    let mut hopeful = scorer.clone();
    for requirement in &score.unknown_requirements {
        hopeful.set_requirement(requirement, Some(true));
    }
    let hoped = hopeful.score();
    Score { complete: false, awarded: false, unknown_requirements: score.unknown_requirements, ..hoped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{answers::Answers, rubric, score::Withheld};
    use std::sync::Arc;

    #[test]
    fn unknown_papers_do_not_hide_the_points_and_missing_ones_do() {
        let rubric = Arc::new(rubric::read(include_bytes!("../../../public/rubrics/food.json")).rubric.unwrap());
        let mut scorer = Scorer::with_answers(rubric.clone(), &Answers::default());
        assert!(scorer.score().withheld.is_some());
        let shown = outlook(&scorer);
        assert_eq!((shown.withheld, shown.complete), (None, false));
        assert_eq!(shown.unknown_requirements.len(), rubric.requirements.len());
        scorer.set_requirement(&rubric.requirement("halal").unwrap().id, Some(false));
        assert_eq!(outlook(&scorer).withheld, Some(Withheld::NoAward));
    }
}
