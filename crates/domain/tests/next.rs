//! The way up against a search that tries every plan and only knows how to score.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/dice.rs"]
mod dice;

use bintang_domain::{
    answers::{Answer, Answers},
    next::{Goal, Next, next},
    points::Points,
    rubric::{Criterion, CriterionIndex, CriterionKind, Rubric},
    score::{self, Scorer, Standing},
};
use dice::points_of;
use proptest::{collection::vec, prelude::*};
use std::{cmp::Reverse, sync::Arc};

/// One thing a criterion can become: steps, what is answered then, the case that was chosen for it.
#[derive(Debug, Clone)]
struct Becomes {
    steps: usize,
    answer: Option<Answer>,
    case: Option<usize>,
}

/// Rungs above the present points: answers that give each higher number of points, 0 by `none` where no option has it.
fn rungs(present: Points, options: Vec<(Points, Answer)>, case: Option<usize>) -> Vec<Becomes> {
    let mut points: Vec<Points> = options.iter().map(|(points, _)| *points).chain([Points::ZERO]).collect();
    points.retain(|points| *points > present);
    points.sort_unstable();
    points.dedup();
    let answer = |points: &Points| options.iter().find(|(has, _)| has == points).map(|(_, answer)| answer.clone());
    let rung = |(place, points): (usize, &Points)| Becomes {
        steps: place + 1,
        answer: Some(answer(points).unwrap_or(Answer::None)),
        case,
    };
    points.iter().enumerate().map(rung).collect()
}

fn becomes(rubric: &Arc<Rubric>, index: usize, criterion: &Criterion, present: Option<&Answer>) -> Vec<Becomes> {
    let points = present.map_or(Points::ZERO, |answer| points_of(rubric, index, answer));
    let mut all = vec![Becomes { steps: 0, answer: present.cloned(), case: None }];
    if present == Some(&Answer::NotApplicable) || !criterion.raisable {
        return all;
    }
    match &criterion.kind {
        CriterionKind::Options(options) => {
            let options = options.iter().map(|option| (option.points, Answer::Option(option.id.clone())));
            all.extend(rungs(points, options.collect(), None));
        }
        CriterionKind::Cases(cases) => {
            for (place, case) in cases.iter().enumerate() {
                let chosen = match present {
                    Some(Answer::Case(chosen, _)) if *chosen != case.id => continue,
                    Some(Answer::Case(..)) => None,
                    _ => Some(place),
                };
                let options = case.options.iter();
                let options = options.map(|option| (option.points, Answer::Case(case.id.clone(), option.id.clone())));
                all.extend(rungs(points, options.collect(), chosen));
            }
        }
        CriterionKind::Checklist { items, .. } => {
            let ticked = match present {
                Some(Answer::Ticked(ticked)) => ticked.clone(),
                _ => Vec::new(),
            };
            let rest: Vec<_> = items.iter().map(|item| item.id.clone()).filter(|id| !ticked.contains(id)).collect();
            for more in 1..=rest.len() {
                let answer = Answer::Ticked(ticked.iter().chain(&rest[..more]).cloned().collect());
                all.push(Becomes { steps: more, answer: Some(answer), case: None });
            }
        }
    }
    all
}

/// A plan that reaches a star.
struct Plan {
    star: u8,
    /// Steps, then criteria.
    cost: (usize, usize),
    /// What comes first among equals: more steps on earlier criteria, then earlier cases.
    order: (Vec<Reverse<usize>>, Vec<Option<usize>>),
    picks: Vec<usize>,
}

/// Every plan, and the one that the format names among them.
fn by_trying(rubric: &Arc<Rubric>, answers: &Answers) -> Option<Next> {
    let score = score::score(rubric, answers);
    if !score.unanswered.is_empty() || !score.unknown_requirements.is_empty() || !answers.flags.is_empty() {
        return None;
    }
    let mut papers = answers.clone();
    for requirement in &rubric.requirements {
        papers.requirements.insert(requirement.id.clone(), true);
    }
    let s0 = score::score(rubric, &papers).stars;
    if score.stars >= rubric.highest_star() {
        return None;
    }
    let lacking = |sheet: &Answers, star: Option<u8>| {
        let scorer = Scorer::with_answers(rubric.clone(), sheet);
        let of = rubric.requirements.iter().filter(|requirement| {
            use bintang_domain::rubric::RequirementEffect::{Cap, NoAward, Reject};
            let holds = match (requirement.effect, star) {
                (Cap(at), Some(star)) => at < star,
                (NoAward | Reject, _) | (Cap(_), None) => true,
            };
            scorer.asked_requirement(&requirement.id)
                && holds
                && answers.requirements.get(&requirement.id) != Some(&true)
        });
        of.map(|requirement| requirement.id.clone()).collect::<Vec<_>>()
    };
    if s0 > score.stars {
        let requirements = lacking(answers, None);
        return Some(Next { stars: s0, steps: 0, criteria: 0, raise: Vec::new(), requirements });
    }
    let choices: Vec<Vec<Becomes>> = rubric
        .criteria
        .iter()
        .enumerate()
        .map(|(index, criterion)| becomes(rubric, index, criterion, answers.criteria.get(&criterion.id)))
        .collect();
    let mut picks = vec![0; choices.len()];
    let mut reached: Vec<Plan> = Vec::new();
    loop {
        let mut sheet = papers.clone();
        for ((criterion, choices), pick) in rubric.criteria.iter().zip(&choices).zip(&picks) {
            sheet.criteria.remove(&criterion.id);
            sheet.criteria.extend(choices[*pick].answer.clone().map(|answer| (criterion.id.clone(), answer)));
        }
        let scorer = Scorer::with_answers(rubric.clone(), &sheet);
        let asked = |index: usize| scorer.standing(CriterionIndex(index)) != Standing::NotAsked;
        let steps: Vec<usize> = picks.iter().zip(&choices).map(|(pick, choices)| choices[*pick].steps).collect();
        if steps.iter().enumerate().all(|(index, steps)| *steps == 0 || asked(index)) {
            let stars = scorer.score().stars;
            let raised = steps.iter().filter(|steps| **steps > 0).count();
            let cases: Vec<Option<usize>> =
                picks.iter().zip(&choices).map(|(pick, choices)| choices[*pick].case).collect();
            for star in s0 + 1..=stars {
                reached.push(Plan {
                    star,
                    cost: (steps.iter().sum(), raised),
                    order: (steps.iter().copied().map(Reverse).collect(), cases.clone()),
                    picks: picks.clone(),
                });
            }
        }
        // The next combination.
        let Some(place) = (0..picks.len()).rfind(|place| picks[*place] + 1 < choices[*place].len()) else { break };
        picks[place] += 1;
        picks[place + 1..].fill(0);
    }
    let lowest = reached.iter().map(|plan| plan.star).min()?;
    let cheapest = reached.iter().filter(|plan| plan.star == lowest).map(|plan| plan.cost).min()?;
    let target = reached.iter().filter(|plan| plan.cost == cheapest).map(|plan| plan.star).max()?;
    let plans = reached.iter().filter(|plan| plan.star == target && plan.cost == cheapest);
    let best = plans.min_by(|a, b| a.order.cmp(&b.order))?;
    let mut sheet = answers.clone();
    let mut raise = Vec::new();
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        let chosen = &choices[index][best.picks[index]];
        if chosen.steps == 0 {
            continue;
        }
        let answer = chosen.answer.clone().unwrap();
        let before =
            answers.criteria.get(&criterion.id).map_or(Points::ZERO, |answer| points_of(rubric, index, answer));
        raise.push(bintang_domain::next::Raise {
            criterion: CriterionIndex(index),
            case: match (&answer, chosen.case) {
                (Answer::Case(case, _), Some(_)) => Some(case.clone()),
                _ => None,
            },
            to: match &answer {
                Answer::Option(option) | Answer::Case(_, option) => Goal::Option(option.clone()),
                Answer::Ticked(items) => Goal::Ticked(u32::try_from(items.len()).unwrap()),
                _ => Goal::None,
            },
            gain: Points(points_of(rubric, index, &answer).0 - before.0),
        });
        sheet.criteria.insert(criterion.id.clone(), answer);
    }
    let requirements = lacking(&sheet, Some(target));
    Some(Next {
        stars: target,
        steps: u32::try_from(cheapest.0).unwrap(),
        criteria: u32::try_from(cheapest.1).unwrap(),
        raise,
        requirements,
    })
}

/// The pick of the answer that none of the options is met.
const NOTHING_MET: usize = 1;

/// A sheet on which everything asked is answered, papers there or not.
fn answered(rubric: &Arc<Rubric>, picks: &[usize], papers: &[bool]) -> Answers {
    let mut answers = Answers::default();
    for (criterion, pick) in rubric.criteria.iter().zip(picks.iter().cycle()) {
        let mut only = Answers::default();
        only.criteria.extend(dice::answer(criterion, *pick).map(|answer| (criterion.id.clone(), answer)));
        if only.check(rubric).is_empty() {
            answers.criteria.extend(only.criteria);
        }
    }
    for (requirement, met) in rubric.requirements.iter().zip(papers.iter().cycle()) {
        answers.requirements.insert(requirement.id.clone(), *met);
    }
    // What is asked and was left open is looked at, and nothing is met.
    while let Some(open) = score::score(rubric, &answers).unanswered.first() {
        answers.criteria.insert(rubric.criteria[open.0].id.clone(), Answer::None);
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn no_plan_is_cheaper_or_comes_before(
        rubric in dice::rubrics_of(1..4, 1..3, true, true),
        picks in vec(any::<usize>(), 1..6),
        papers in vec(any::<bool>(), 1..3),
    ) {
        let answers = answered(&rubric, &picks, &papers);
        prop_assert_eq!(next(&rubric, &answers), by_trying(&rubric, &answers), "{:?}", answers);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_long_climb_is_weighed_against_many_short_ones(
        rubric in dice::long_beside_short(),
        picks in vec(prop_oneof![5 => Just(NOTHING_MET), 1 => any::<usize>()], 1..8),
        papers in vec(any::<bool>(), 1..3),
    ) {
        let answers = answered(&rubric, &picks, &papers);
        prop_assert_eq!(next(&rubric, &answers), by_trying(&rubric, &answers), "{:?}", answers);
    }
}
