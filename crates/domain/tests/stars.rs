//! Laws of the total and of the stars, on rubrics and sheets made at random: conditions, triggers, points below 0.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/dice.rs"]
mod dice;

use bintang_domain::{
    answers::{Answer, Answers},
    points::{Fraction, Points},
    rubric::{Criterion, CriterionIndex, CriterionKind, KnockoutEffect, RequirementEffect, Rubric, Trigger},
    score::{self, Scorer, Standing, Withheld},
};
use dice::{edits, filled, points_of, rubrics};
use proptest::{collection::vec, option, prelude::*, sample::Index};
use std::{collections::BTreeSet, sync::Arc};

/// A criterion's own points and whether it is asked, found by asking the criterion its condition looks at.
fn by_hand(rubric: &Rubric, answers: &Answers, index: usize) -> (Points, bool) {
    let criterion = &rubric.criteria[index];
    let asked = criterion
        .applies_when
        .is_none_or(|condition| by_hand(rubric, answers, condition.criterion.0).0 >= condition.at_least);
    let answer = answers.criteria.get(&criterion.id).filter(|answer| asked && criterion.takes(answer));
    (answer.map_or(Points::ZERO, |answer| points_of(rubric, index, answer)), asked)
}

fn left_out(rubric: &Rubric, answers: &Answers, index: usize) -> bool {
    let criterion = &rubric.criteria[index];
    let na = answers.criteria.get(&criterion.id) == Some(&Answer::NotApplicable);
    na && criterion.may_exclude && by_hand(rubric, answers, index).1
}

fn fraction(num: i128, den: i128) -> Fraction {
    Fraction::new(num, den).unwrap()
}

/// The total and the parts that count, as the format says (section 3, steps 1 to 3).
fn total_by_hand(rubric: &Rubric, answers: &Answers) -> (Fraction, Vec<Fraction>) {
    let (mut total, mut parts, mut gone) = (Fraction::ZERO, Vec::new(), 0);
    for part in &rubric.parts {
        let (mut sum, mut out) = (0, 0);
        for index in part.criteria.clone() {
            sum += i128::from(by_hand(rubric, answers, index).0.0);
            if left_out(rubric, answers, index) {
                out += i128::from(rubric.criteria[index].max.0);
            }
        }
        let max = i128::from(part.max.0);
        if max == out {
            gone += max;
            continue;
        }
        parts.push(fraction(sum * max, (max - out) * 100));
        total = total.checked_add(*parts.last().unwrap()).unwrap();
    }
    let max = i128::from(rubric.max.0);
    match Fraction::new(max, max - gone) {
        Some(scale) => (total.checked_mul(scale).unwrap(), parts),
        None => (Fraction::ZERO, parts),
    }
}

/// Criteria that a condition looks at.
fn looked_at(rubric: &Rubric) -> BTreeSet<CriterionIndex> {
    let of_criteria = rubric.criteria.iter().filter_map(|criterion| criterion.applies_when);
    let of_requirements = rubric.requirements.iter().filter_map(|requirement| requirement.applies_when);
    of_criteria.chain(of_requirements).map(|condition| condition.criterion).collect()
}

/// No part is scaled by what is not positive, as one could be whose criteria are worth less than nothing.
fn scaled_up(rubric: &Rubric, answers: &Answers) -> bool {
    rubric.parts.iter().all(|part| {
        let out = part.criteria.clone().filter(|index| left_out(rubric, answers, *index));
        out.map(|index| rubric.criteria[index].max.0).sum::<i32>() <= part.max.0
    })
}

/// All answers of the kind and case that are chosen; without a case none, since another case may have other gates.
fn answers_of(criterion: &Criterion, present: Option<&Answer>) -> Vec<Answer> {
    match (&criterion.kind, present) {
        (_, Some(Answer::NotApplicable)) => Vec::new(),
        (CriterionKind::Options(options), _) => {
            options.iter().map(|option| Answer::Option(option.id.clone())).collect()
        }
        (CriterionKind::Cases(cases), Some(Answer::Case(chosen, _))) => {
            let case = cases.iter().find(|case| case.id == *chosen).unwrap();
            case.options.iter().map(|option| Answer::Case(case.id.clone(), option.id.clone())).collect()
        }
        (CriterionKind::Cases(_), _) => Vec::new(),
        (CriterionKind::Checklist { items, .. }, _) => {
            let ticked = |count: usize| items.iter().take(count).map(|item| item.id.clone()).collect();
            (0..=items.len()).map(|count| Answer::Ticked(ticked(count))).collect()
        }
    }
}

/// The gates of all options and steps.
fn gates_of(criterion: &mut Criterion) -> Vec<&mut Option<u8>> {
    match &mut criterion.kind {
        CriterionKind::Options(options) => options.iter_mut().map(|option| &mut option.gate).collect(),
        CriterionKind::Cases(cases) => {
            cases.iter_mut().flat_map(|case| &mut case.options).map(|option| &mut option.gate).collect()
        }
        CriterionKind::Checklist { scale, .. } => scale.iter_mut().map(|step| &mut step.gate).collect(),
    }
}

/// What is gated for this answer, with its points: in cases that of the chosen one, else of the first that has any.
fn gated(criterion: &Criterion, answer: Option<&Answer>) -> Vec<(Option<u8>, Points)> {
    match &criterion.kind {
        CriterionKind::Options(options) => options.iter().map(|option| (option.gate, option.points)).collect(),
        CriterionKind::Checklist { scale, .. } => scale.iter().map(|step| (step.gate, step.points)).collect(),
        CriterionKind::Cases(cases) => {
            let case = match answer.filter(|answer| criterion.takes(answer)) {
                Some(Answer::Case(chosen, _)) => cases.iter().find(|case| case.id == *chosen),
                _ => cases.iter().find(|case| case.options.iter().any(|option| option.gate.is_some())),
            };
            let options = case.into_iter().flat_map(|case| &case.options);
            options.map(|option| (option.gate, option.points)).collect()
        }
    }
}

/// The rubric without any gate.
fn without_gates(rubric: &Rubric) -> Rubric {
    let mut open = rubric.clone();
    open.criteria.iter_mut().flat_map(gates_of).for_each(|gate| *gate = None);
    open.renewed()
}

proptest! {
    #[test]
    fn the_parts_are_scaled_and_sum_to_the_total(rubric in rubrics(true, true), edits in edits()) {
        let (answers, scorer) = filled(&rubric, &edits);
        let score = scorer.score();
        let (total, parts) = total_by_hand(&rubric, &answers);
        prop_assert_eq!(score.total, total);
        prop_assert_eq!(score.parts.iter().map(|part| part.points).collect::<Vec<_>>(), parts);
        for index in 0..rubric.criteria.len() {
            let (points, asked) = by_hand(&rubric, &answers, index);
            prop_assert_eq!(scorer.points(CriterionIndex(index)), points);
            prop_assert_eq!(scorer.standing(CriterionIndex(index)) != Standing::NotAsked, asked);
        }
        let band = rubric.bands.iter().find(|band| total >= band.from.into());
        prop_assert_eq!(score.stars_by_points, band.map_or(0, |band| band.stars));
    }

    #[test]
    fn a_better_answer_where_no_condition_hangs_costs_nothing(
        rubric in rubrics(true, true), edits in edits(), place: Index,
    ) {
        let (answers, mut scorer) = filled(&rubric, &edits);
        let index = CriterionIndex(place.index(rubric.criteria.len()));
        let criterion = rubric.criterion(index).unwrap();
        let present = answers.criteria.get(&criterion.id).filter(|answer| criterion.takes(answer));
        prop_assume!(!looked_at(&rubric).contains(&index) && scaled_up(&rubric, &answers));
        let (before, points) = (scorer.score(), scorer.points(index));
        let asked = scorer.standing(index) != Standing::NotAsked;
        for answer in answers_of(criterion, present) {
            scorer.set(index, Some(&answer));
            if asked && scorer.points(index) > points {
                let after = scorer.score();
                prop_assert!(after.total >= before.total, "{:?} → {:?}", before, after);
                prop_assert!(after.stars_by_gates >= before.stars_by_gates, "{:?} → {:?}", before, after);
                prop_assert!(after.stars >= before.stars, "{:?} → {:?}", before, after);
            } else if !asked {
                prop_assert_eq!(scorer.score(), before.clone(), "an answer that is not asked for says nothing");
            }
        }
    }

    #[test]
    fn a_star_needs_the_lowest_points_that_are_gated_at_it(
        rubric in rubrics(true, true), edits in edits(), gates in vec((any::<Index>(), option::of(1u8..4)), 0..12),
    ) {
        let mut rubric = without_gates(&rubric);
        for (place, gate) in gates {
            let place = place.index(rubric.criteria.len());
            let gates = gates_of(&mut rubric.criteria[place]).into_iter().enumerate();
            gates.filter(|(at, _)| at % 3 != 1).for_each(|(_, of)| *of = gate);
        }
        let (answers, scorer) = filled(&Arc::new(rubric.clone().renewed()), &edits);
        let mut lowest_missed = None::<u8>;
        for (index, criterion) in rubric.criteria.iter().enumerate() {
            if left_out(&rubric, &answers, index) {
                continue;
            }
            let points = by_hand(&rubric, &answers, index).0;
            for star in 1..4 {
                let gated = gated(criterion, answers.criteria.get(&criterion.id));
                let needs = gated.iter().filter(|(gate, _)| *gate == Some(star)).map(|(_, points)| *points).min();
                if needs.is_some_and(|needs| points < needs) {
                    lowest_missed = Some(lowest_missed.map_or(star, |other| other.min(star)));
                }
            }
        }
        let by_gates = lowest_missed.map_or(3, |missed| missed - 1);
        prop_assert_eq!(scorer.score().stars_by_gates, by_gates);
    }

    #[test]
    fn gates_and_papers_only_lower(rubric in rubrics(true, true), edits in edits(), place: Index) {
        let (mut answers, scorer) = filled(&rubric, &edits);
        let score = scorer.score();
        let open = score::score(&without_gates(&rubric), &answers);
        prop_assert_eq!((open.total, open.stars_by_points), (score.total, score.stars_by_points));
        prop_assert_eq!(open.stars_by_gates, rubric.highest_star());
        prop_assert!(open.stars >= score.stars && open.missed_gates.is_empty());

        let mut paperless = Rubric::clone(&rubric);
        paperless.requirements.clear();
        let free = score::score(&paperless, &answers);
        prop_assert!(free.stars >= score.stars && free.cap.is_none());

        let requirement = rubric.requirements[place.index(rubric.requirements.len())].clone();
        answers.requirements.insert(requirement.id.clone(), true);
        let there = score::score(&rubric, &answers);
        answers.requirements.insert(requirement.id.clone(), false);
        let lacking = score::score(&rubric, &answers);
        prop_assert!(lacking.stars <= there.stars && lacking.total == there.total);
        if scorer.asked_requirement(&requirement.id) {
            match requirement.effect {
                RequirementEffect::Cap(cap) => prop_assert!(lacking.stars <= cap && lacking.cap <= Some(cap)),
                RequirementEffect::NoAward | RequirementEffect::Reject => {
                    prop_assert!(lacking.stars == 0 && lacking.withheld.is_some() && !lacking.awarded);
                }
            }
        } else {
            prop_assert_eq!(lacking, there, "a paper that is not asked for holds nothing back");
        }
    }

    #[test]
    fn a_knockout_wins_over_points(
        rubric in rubrics(true, true), edits in edits(), stops: bool, zeros in option::of(vec(any::<Index>(), 1..3)),
    ) {
        let mut rubric = Rubric::clone(&rubric);
        if let Some(zeros) = zeros {
            let any = zeros.iter().map(|place| CriterionIndex(place.index(rubric.criteria.len())));
            rubric.knockouts[0].trigger = Trigger::AnyZero(any.collect());
        } else {
            rubric.knockouts[0].trigger = Trigger::Flag;
        }
        rubric.knockouts[0].effect = if stops { KnockoutEffect::Stop } else { KnockoutEffect::Disqualify };
        let rubric = Arc::new(rubric);
        let (mut answers, _) = filled(&rubric, &edits);
        let fired = match &rubric.knockouts[0].trigger {
            Trigger::Flag => {
                answers.flags.insert(rubric.knockouts[0].id.clone());
                true
            }
            Trigger::AnyZero(criteria) => criteria.iter().any(|index| {
                let criterion = rubric.criterion(*index).unwrap();
                let answer = answers.criteria.get(&criterion.id).filter(|answer| criterion.takes(answer));
                let (points, asked) = by_hand(&rubric, &answers, index.0);
                asked && answer.is_some_and(|answer| *answer != Answer::NotApplicable) && points <= Points::ZERO
            }),
        };
        let score = Scorer::with_answers(Arc::clone(&rubric), &answers).score();
        let mut spared = Rubric::clone(&rubric);
        spared.knockouts.clear();
        let spared = score::score(&spared, &answers);
        prop_assert_eq!((score.total, score.stars_by_gates), (spared.total, spared.stars_by_gates));
        if fired {
            let why = if stops { Withheld::Stop } else { Withheld::Disqualify };
            prop_assert_eq!((score.stars, score.awarded, score.withheld), (0, false, Some(why)));
            prop_assert!(score.complete || !stops);
        } else {
            prop_assert_eq!(score, spared);
        }
    }

    #[test]
    fn not_applicable_to_everything_leaves_nothing(rubric in rubrics(true, true), all: bool) {
        let mut rubric = Rubric::clone(&rubric);
        for criterion in rubric.criteria.iter_mut().filter(|criterion| all || criterion.applies_when.is_none()) {
            criterion.may_exclude = true;
        }
        let mut answers = Answers::default();
        for criterion in rubric.criteria.iter().filter(|criterion| criterion.may_exclude) {
            answers.criteria.insert(criterion.id.clone(), Answer::NotApplicable);
        }
        let score = score::score(&rubric, &answers);
        // Points are nowhere: what hangs on a condition is not asked, everything else is left out.
        prop_assert_eq!(score.total, Fraction::ZERO);
        prop_assert!(score.unanswered.is_empty());
        prop_assert_eq!(score.stars_by_points, 0);
        let conditional = rubric.criteria.iter().filter(|criterion| criterion.applies_when.is_some()).count();
        prop_assert_eq!(score.not_asked.len(), conditional);
        if conditional == 0 {
            prop_assert!(score.parts.is_empty() && score.missed_gates.is_empty());
        }
        bintang_testkit::reading::sheet(&Arc::new(rubric), &answers);
    }

    #[test]
    fn what_holds_of_fuzzed_sheets_holds_of_these(rubric in rubrics(true, true), edits in edits()) {
        let (mut answers, _) = filled(&rubric, &edits);
        let fits = |criterion: &Criterion| {
            answers.criteria.get(&criterion.id).filter(|answer| criterion.takes(answer)).cloned()
        };
        let fitting = rubric.criteria.iter().filter_map(|criterion| Some((criterion.id.clone(), fits(criterion)?)));
        answers.criteria = fitting.collect();
        if rubric.knockouts[0].trigger != Trigger::Flag {
            answers.flags = Default::default();
        }
        bintang_testkit::reading::sheet(&rubric, &answers);
    }
}
