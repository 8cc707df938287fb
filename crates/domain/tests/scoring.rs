//! What a score means, rule by rule, on a small rubric.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/small.rs"]
mod small;

use bintang_domain::{
    answers::Sheet,
    id::{KnockoutId, RequirementId},
    points::{Fraction, Points},
    progress,
    rubric::{self, CriterionIndex, Rubric},
    score::{self, Score, Scorer, Standing, Withheld},
    wire,
};
use serde_json::{Value, json};
use std::sync::Arc;

fn read(value: &Value) -> Rubric {
    let reading = rubric::read(value.to_string().as_bytes());
    reading.rubric.unwrap_or_else(|| panic!("{:?}", reading.problems))
}

fn sheet(answers: Value, requirements: Value, flags: Value) -> Sheet {
    wire::answers::read(&json!({
        "format": "bintang-answers/1", "rubric": {"id": "small", "version": "1"},
        "answers": answers, "requirements": requirements, "flags": flags,
    }))
    .unwrap()
}

/// Everything at its best.
fn best() -> Value {
    json!({
        "A.1": {"option": "c"}, "A.2": {"option": "b"}, "A.3": {"ticked": ["i", "j", "k", "l"]},
        "B.1": {"case": "x", "option": "b"}, "B.2": {"option": "b"},
    })
}

fn best_but(changes: Value) -> Value {
    let mut answers = best();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            answers.as_object_mut().unwrap().remove(key);
        } else {
            answers[key] = value.clone();
        }
    }
    answers
}

fn papers() -> Value {
    json!({"permit": true, "member": true, "lab": true})
}

fn scored(answers: Value) -> Score {
    scored_with(answers, papers(), json!([]))
}

fn scored_with(answers: Value, requirements: Value, flags: Value) -> Score {
    scored_by(&read(&small::rubric()), answers, requirements, flags)
}

fn scored_by(rubric: &Rubric, answers: Value, requirements: Value, flags: Value) -> Score {
    let sheet = sheet(answers, requirements, flags);
    assert_eq!(sheet.check(rubric), Vec::new());
    score::score(rubric, &sheet.answers)
}

fn fraction(num: i128, den: i128) -> Fraction {
    Fraction::new(num, den).unwrap()
}

fn missed(score: &Score) -> Vec<(u8, usize)> {
    score.missed_gates.iter().map(|gate| (gate.star, gate.criterion.0)).collect()
}

#[test]
fn the_best_sheet_is_awarded_the_highest_star() {
    let score = scored(best());
    assert_eq!((score.total, score.stars, score.awarded), (fraction(20, 1), 3, true));
    assert!(score.missed_gates.is_empty() && score.complete);
}

#[test]
fn none_is_an_answer_and_no_answer_is_not() {
    let none = scored(best_but(json!({"A.1": {"none": true}})));
    assert!(none.complete);
    assert_eq!(none.not_asked, [CriterionIndex(4)]);
    let open = scored(best_but(json!({"A.1": null})));
    assert!(!open.complete && !open.awarded);
    assert_eq!(open.unanswered, [CriterionIndex(0)]);
    assert_eq!(none.total, open.total);
    let nothing_ticked = scored(best_but(json!({"A.3": {"ticked": []}})));
    assert!(nothing_ticked.complete);
    assert_eq!(nothing_ticked.total, fraction(15, 1));
}

#[test]
fn a_criterion_not_asked_counts_nothing_and_wants_no_answer() {
    // The kept answer to B.2 is worth 4, but A.1 has less than 1.5.
    let kept = scored(best_but(json!({"A.1": {"option": "a"}})));
    assert_eq!(kept.total, fraction(13, 1));
    let absent = scored(best_but(json!({"A.1": {"option": "a"}, "B.2": null})));
    assert_eq!(absent.total, kept.total);
    assert!(absent.complete);
    // Nor does its `na` leave anything out.
    let na = scored(best_but(json!({"A.1": {"option": "a"}, "B.2": {"na": true}})));
    assert_eq!(na.total, kept.total);
}

#[test]
fn an_excluded_criterion_scales_its_part_exactly() {
    let score = scored(best_but(json!({"A.2": {"na": true}, "A.3": {"ticked": ["i", "j"]}})));
    // (3 + 2) × 10 ÷ 8
    assert_eq!(score.parts[0].points, fraction(25, 4));
    assert_eq!(score.total, fraction(65, 4));
    let value: Value = serde_json::from_str(&wire::score::write(&read(&small::rubric()), &score, None)).unwrap();
    assert_eq!(value["total"], json!({"num": 65, "den": 4}));
}

#[test]
fn a_part_with_nothing_left_is_left_out_and_the_total_scaled() {
    let mut small = small::rubric();
    for criterion in ["/parts/1/nodes/0", "/parts/0/nodes/0/nodes/0", "/parts/0/nodes/1"] {
        small::set(&mut small, &format!("{criterion}/not_applicable"), json!("exclude"));
    }
    small::set(&mut small, "/parts/1/nodes/1/applies_when", Value::Null);
    let rubric = read(&small);
    let b_out = json!({"B.1": {"na": true}, "B.2": {"na": true}, "A.3": {"ticked": ["i", "j"]}});
    let score = scored_by(&rubric, best_but(b_out), papers(), json!([]));
    assert_eq!(score.parts.len(), 1);
    assert_eq!(score.total, fraction(14, 1));
    // "na" skips the gate of B.1.
    assert_eq!(missed(&score), [(3, 2)]);
    let na = json!({"na": true});
    let all = json!({"A.1": na, "A.2": na, "A.3": na, "B.1": na, "B.2": na});
    let nothing = scored_by(&rubric, all, papers(), json!([]));
    assert_eq!((nothing.total, nothing.parts.len(), nothing.stars), (Fraction::ZERO, 0, 0));
    assert!(nothing.complete);
}

#[test]
fn a_band_begins_at_its_limit() {
    // 3 + 2 + 0 + 6 + 4 = 15
    let at = scored(best_but(json!({"A.3": {"none": true}})));
    assert_eq!((at.total, at.stars_by_points, at.stars_by_gates), (fraction(15, 1), 3, 1));
    let below = scored(best_but(json!({"A.3": {"none": true}, "A.1": {"option": "b"}})));
    assert_eq!((below.total, below.stars_by_points), (fraction(27, 2), 2));
    let none = json!({"none": true});
    let nothing = scored(json!({"A.1": none, "A.2": none, "A.3": none, "B.1": none}));
    assert_eq!((nothing.total, nothing.stars_by_points), (Fraction::ZERO, 0));
}

#[test]
fn gates_accumulate_and_are_listed_above_the_present_star() {
    let score = scored(best_but(json!({"A.3": {"ticked": ["i"]}, "A.1": {"option": "b"}})));
    assert_eq!((score.stars, score.stars_by_gates), (1, 1));
    assert_eq!(missed(&score), [(2, 2), (3, 0), (3, 2)]);
    let gate = &score.missed_gates[0];
    assert_eq!((gate.needs, gate.has), (Points::from_whole(2), Points::ZERO));
}

#[test]
fn only_the_chosen_case_has_gates() {
    let x = scored(best_but(json!({"B.1": {"case": "x", "option": "a"}})));
    assert_eq!(missed(&x), [(3, 3)]);
    let y = scored(best_but(json!({"B.1": {"case": "y", "option": "a"}})));
    assert_eq!((missed(&y), y.stars_by_gates), (vec![], 3));
    // Without a case the first that has gates counts.
    assert_eq!(missed(&scored(best_but(json!({"B.1": {"none": true}})))), [(3, 3)]);
    assert_eq!(missed(&scored(best_but(json!({"B.1": null})))), [(3, 3)]);
}

#[test]
fn papers_cap_withhold_and_may_be_unknown() {
    let with = |changes: Value| {
        let mut papers = papers();
        for (key, value) in changes.as_object().unwrap() {
            papers[key] = value.clone();
        }
        scored_with(best(), papers, json!([]))
    };
    let cap = with(json!({"lab": false}));
    assert_eq!((cap.cap, cap.stars, cap.awarded, cap.withheld), (Some(1), 1, false, None));
    let no_award = with(json!({"permit": false}));
    assert_eq!((no_award.withheld, no_award.stars, no_award.complete), (Some(Withheld::NoAward), 0, true));
    let both = with(json!({"permit": false, "member": false}));
    assert_eq!(both.withheld, Some(Withheld::Reject));
    let unknown = scored_with(best(), json!({"permit": true}), json!([]));
    assert_eq!(unknown.unknown_requirements.iter().map(RequirementId::as_str).collect::<Vec<_>>(), ["member", "lab"]);
    assert_eq!((unknown.complete, unknown.withheld, unknown.cap), (false, Some(Withheld::Reject), Some(1)));
    // The laboratory is asked of products with A.1 at 3 only.
    let not_asked =
        scored_with(best_but(json!({"A.1": {"option": "b"}})), json!({"permit": true, "member": true}), json!([]));
    assert!(not_asked.complete && not_asked.cap.is_none());
}

#[test]
fn knockouts_withhold_the_gravest_first_and_a_stop_completes() {
    let fake = scored_with(best(), papers(), json!(["fake"]));
    assert_eq!((fake.withheld, fake.stars), (Some(Withheld::Disqualify), 0));
    let zero = scored(json!({"A.2": {"option": "a"}}));
    assert_eq!((zero.withheld, zero.complete), (Some(Withheld::Stop), true));
    assert_eq!(zero.unanswered.len(), 3);
    for silent in [json!({"A.2": null}), json!({"A.2": {"na": true}})] {
        assert_eq!(scored(best_but(silent)).withheld, None);
    }
    let several = scored_with(json!({"A.2": {"none": true}}), json!({}), json!(["fake", "poison"]));
    assert_eq!(several.withheld, Some(Withheld::Disqualify));
    let stop = scored_with(json!({"A.2": {"none": true}}), json!({}), json!([]));
    assert_eq!((stop.withheld, stop.unknown_requirements.len()), (Some(Withheld::Stop), 2));
}

#[test]
fn points_travel_as_plain_numbers() {
    let score = scored(best_but(json!({"A.1": {"option": "a"}})));
    let value: Value = serde_json::from_str(&wire::score::write(&read(&small::rubric()), &score, None)).unwrap();
    assert_eq!(value["missed_gates"][0], json!({"star": 2, "criterion": "A.1", "needs": 1.5, "has": 0}));
    assert!(value["missed_gates"][0]["has"].is_i64());
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 16);
    insta::assert_json_snapshot!(value);
}

#[test]
fn an_answer_that_does_not_fit_counts_as_none() {
    let rubric = read(&small::rubric());
    for answer in
        [json!({"option": "z"}), json!({"ticked": ["i"]}), json!({"case": "x", "option": "a"}), json!({"na": true})]
    {
        let sheet = sheet(json!({"A.1": answer}), json!({}), json!([]));
        assert!(score::score(&rubric, &sheet.answers).unanswered.contains(&CriterionIndex(0)), "{answer}");
    }
    for ticked in [json!(["i", "z"]), json!(["i", "i"])] {
        let sheet = sheet(json!({"A.3": {"ticked": ticked}}), json!({}), json!([]));
        assert!(score::score(&rubric, &sheet.answers).unanswered.contains(&CriterionIndex(2)), "{ticked}");
    }
}

#[test]
fn the_open_sheet_knows_its_points_progress_and_knockouts() {
    let rubric = Arc::new(read(&small::rubric()));
    let answers = sheet(best_but(json!({"A.3": null, "A.2": {"na": true}})), json!({}), json!([])).answers;
    let mut scorer = Scorer::with_answers(Arc::clone(&rubric), &answers);
    let part = rubric.parts[0].criteria.clone();
    assert_eq!(progress::of(&scorer, part.clone()), progress::Progress { answered: 2, asked: 3 });
    let points = progress::points_of(&scorer, part);
    assert_eq!((points.points, points.max), (Points::from_whole(3), Points::from_whole(8)));

    scorer.set(CriterionIndex(0), None);
    assert_eq!(scorer.standing(CriterionIndex(4)), Standing::NotAsked);
    assert_eq!(scorer.points(CriterionIndex(4)), Points::ZERO);
    assert_eq!(progress::of(&scorer, 3..5), progress::Progress { answered: 1, asked: 1 });

    assert_eq!(scorer.fired_knockouts().count(), 0);
    scorer.set_flag(&KnockoutId::parse("dirty").unwrap(), true);
    assert_eq!(scorer.fired_knockouts().count(), 0, "it fires by itself and takes no flag");
    scorer.set_flag(&KnockoutId::parse("poison").unwrap(), true);
    assert_eq!(scorer.fired_knockouts().map(|knockout| knockout.id.as_str()).collect::<Vec<_>>(), ["poison"]);
    // Places outside the rubric are nothing to fall over.
    scorer.set(CriterionIndex(99), None);
    assert_eq!(progress::of(&scorer, 90..99), progress::Progress::default());
}
