//! The coaching plan, on rubrics and sheets made at random.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/small.rs"]
mod small;

use bintang_domain::{
    answers::{Answer, Answers},
    coaching::{Advice, Rung, plan},
    map::Map,
    rubric::CriterionIndex,
    score::{Scorer, Standing},
};
use dice::{edit, edits, rubrics};
use proptest::prelude::*;
use std::sync::Arc;

/// The answer once the rung is reached.
fn reached(answers: &Answers, scorer: &Scorer, advice: &Advice) -> Answer {
    let id = &scorer.rubric().criterion(advice.criterion).unwrap().id;
    match &advice.rung {
        Rung::Option(None, option) => Answer::Option(option.clone()),
        Rung::Option(Some(case), option) => Answer::Case(case.clone(), option.clone()),
        Rung::More(more, items) => {
            let mut ticked = match answers.criteria.get(id) {
                Some(Answer::Ticked(ticked)) => ticked.clone(),
                _ => Vec::new(),
            };
            ticked.extend(items.iter().take(*more as usize).cloned());
            Answer::Ticked(ticked)
        }
    }
}

proptest! {
    #[test]
    fn every_rung_is_above_what_is_there(rubric in rubrics(false, true), edits in edits(), most in 1_usize..4) {
        let (mut answers, mut scorer) = (Answers::default(), Scorer::new(Arc::clone(&rubric)));
        for (place, pick) in &edits {
            edit(&mut answers, &mut scorer, place, *pick);
        }
        let mut seen: Map<CriterionIndex, ()> = Map::default();
        for theme in plan(&scorer, &answers, most) {
            prop_assert!(!theme.advice.is_empty() && theme.advice.len() <= most);
            let share = |advice: &Advice| {
                f64::from(advice.points.0) / f64::from(rubric.criterion(advice.criterion).unwrap().max.0)
            };
            prop_assert!(theme.advice.is_sorted_by(|one, other| share(one) <= share(other)));
            for advice in &theme.advice {
                prop_assert_eq!(scorer.standing(advice.criterion), Standing::Judged);
                let criterion = rubric.criterion(advice.criterion).unwrap();
                prop_assert_eq!(criterion.principles.first(), theme.principle.as_ref());
                prop_assert!(seen.insert(advice.criterion, ()).is_none(), "said twice");
                let mut better = scorer.clone();
                better.set(advice.criterion, Some(&reached(&answers, &scorer, advice)));
                let (before, after) = (advice.points, better.points(advice.criterion));
                prop_assert!(after > before, "{:?} to {:?}", before, after);
            }
        }
    }
}
