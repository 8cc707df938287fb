//! Laws of reading and scoring, on rubrics and sheets made at random.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/files.rs"]
mod common;
#[path = "common/dice.rs"]
mod dice;
#[path = "common/small.rs"]
mod small;

use bintang_domain::{
    answers::Answers,
    points::Fraction,
    progress,
    rubric::{self, CriterionIndex},
    score::{self, Scorer},
    wire,
};
use dice::{edit, edits, filled, rubrics};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use std::sync::Arc;

proptest! {
    #[test]
    fn the_open_score_is_the_score_from_scratch(rubric in rubrics(true, true), edits in edits()) {
        let (mut answers, mut scorer) = (Answers::default(), Scorer::new(Arc::clone(&rubric)));
        prop_assert_eq!(scorer.score(), score::score(&rubric, &answers));
        for (place, pick) in &edits {
            edit(&mut answers, &mut scorer, place, *pick);
            prop_assert_eq!(scorer.score(), score::score(&rubric, &answers));
        }
        let reread = Scorer::with_answers(Arc::clone(&rubric), &answers);
        for index in (0..rubric.criteria.len()).map(CriterionIndex) {
            prop_assert_eq!(reread.points(index), scorer.points(index));
            prop_assert_eq!(reread.standing(index), scorer.standing(index));
        }
        let whole = progress::of(&scorer, 0..rubric.criteria.len());
        prop_assert_eq!(whole.asked - whole.answered, scorer.score().unanswered.len());
        prop_assert_eq!(whole.asked + scorer.score().not_asked.len(), rubric.criteria.len());
    }

    #[test]
    fn the_total_stays_within_its_bounds(rubric in rubrics(false, true), edits in edits()) {
        let score = filled(&rubric, &edits).1.score();
        prop_assert!(score.total >= Fraction::ZERO && score.total <= rubric.max.into());
        prop_assert!(score.stars <= score.stars_by_points.min(score.stars_by_gates));
        prop_assert!(score.missed_gates.iter().all(|gate| gate.star > score.stars && gate.has < gate.needs));
        prop_assert!(!score.awarded || score.complete);
        for part in &score.parts {
            prop_assert!(part.points >= Fraction::ZERO && part.points <= part.max.into());
        }
    }

    #[test]
    fn parts_make_the_total_where_nothing_is_left_out(rubric in rubrics(true, true), edits in edits()) {
        let score = filled(&rubric, &edits).1.score();
        if score.parts.len() == rubric.parts.len() {
            let sum = score.parts.iter().fold(Fraction::ZERO, |sum, part| sum.checked_add(part.points).unwrap());
            prop_assert_eq!(sum, score.total);
        }
    }

    #[test]
    fn a_sheet_comes_back_from_its_json(rubric in rubrics(true, true), edits in edits()) {
        let (answers, _) = filled(&rubric, &edits);
        let sheet = bintang_domain::answers::Sheet { rubric: rubric.id.clone(), version: rubric.version.clone(), answers };
        let text = wire::answers::write(&sheet).to_string();
        prop_assert_eq!(wire::answers::read(&serde_json::from_str::<Value>(&text).unwrap()), Ok(sheet));
    }

    #[test]
    fn no_bytes_make_reading_fail_badly(bytes in vec(any::<u8>(), 0..400)) {
        let reading = rubric::read(&bytes);
        prop_assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
    }

    #[test]
    fn no_change_of_a_rubric_makes_reading_fail_badly(changes in vec((any::<Index>(), values()), 1..4), edits in edits()) {
        let mut value = small::rubric();
        for (place, change) in &changes {
            let places = pointers(&value);
            *value.pointer_mut(&places[place.index(places.len())]).unwrap() = change.clone();
        }
        let reading = rubric::read(value.to_string().as_bytes());
        prop_assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
        for problem in &reading.problems {
            let parent = problem.at.rsplit_once('/').map_or("", |(parent, _)| parent);
            prop_assert!(value.pointer(parent).is_some(), "a place that is not there: {}", problem.at);
        }
        if let Some(rubric) = reading.rubric.map(Arc::new)
            && !rubric.criteria.is_empty() && !rubric.requirements.is_empty() && !rubric.knockouts.is_empty()
        {
            let (answers, scorer) = filled(&rubric, &edits);
            prop_assert_eq!(scorer.score(), score::score(&rubric, &answers));
        }
    }

    #[test]
    fn no_change_of_bytes_makes_reading_fail_badly(changes in vec((any::<Index>(), any::<u8>()), 1..6)) {
        let mut bytes = small::rubric().to_string().into_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let reading = rubric::read(&bytes);
        prop_assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
    }

    #[test]
    fn no_value_makes_reading_a_sheet_fail_badly(place: Index, change in values()) {
        let mut value = json!({
            "format": "bintang-answers/1", "rubric": {"id": "small", "version": "1"},
            "answers": {"A.1": {"option": "c"}, "A.3": {"ticked": ["l", "i"]}}, "requirements": {"lab": false}, "flags": [],
        });
        let places = pointers(&value);
        *value.pointer_mut(&places[place.index(places.len())]).unwrap() = change;
        let _ = wire::answers::read(&value);
    }
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!("A.1")),
        Just(json!({"id": "x"})),
        Just(json!([[], {}, 1, "x"])),
        any::<bool>().prop_map(Value::from),
        (-1000i32..10_001).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z0-9.]{0,4}".prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ]
}

/// The places of all values in a value.
fn pointers(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                walk(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all)
            }),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, value)| walk(value, &format!("{at}/{index}"), all));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

#[test]
fn no_cut_of_a_shipped_rubric_makes_reading_fail_badly() {
    let bytes = common::bytes(&common::shipped()[0]);
    for length in (0..bytes.len()).step_by(977) {
        assert!(rubric::read(&bytes[..length]).rubric.is_none());
    }
}
