//! Every fault of a rubric's file is found, at its place.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/small.rs"]
mod small;

use bintang_domain::rubric::{self, ProblemCode as Code, Severity};
use serde_json::{Value, json};
use small::with;
use std::collections::BTreeSet;

const A1: &str = "/parts/0/nodes/0/nodes/0";
const A3: &str = "/parts/0/nodes/1";
const B1: &str = "/parts/1/nodes/0";
const B2: &str = "/parts/1/nodes/1";

fn found(rubric: &Value) -> Vec<(Code, String)> {
    found_in(rubric.to_string().as_bytes())
}

fn found_in(bytes: &[u8]) -> Vec<(Code, String)> {
    let reading = rubric::read(bytes);
    assert_eq!(reading.rubric.is_some(), reading.errors().count() == 0);
    for problem in &reading.problems {
        assert_eq!(problem.severity, problem.code.severity());
        assert!(problem.message.ends_with('.') && problem.message.len() > 15, "{}", problem.message);
    }
    reading.problems.into_iter().map(|problem| (problem.code, problem.at)).collect()
}

/// Each entry: the change, its new value, the code and the place (relative to the change's where it begins with `+`).
fn broken() -> Vec<(String, Value, Code, String)> {
    let at = |base: &str, rest: &str| format!("{base}{rest}");
    let same = |pointer: String, value: Value, code: Code| (pointer.clone(), value, code, pointer);
    let option = |points: Value| json!({"id": "z", "label": "z", "points": points});
    vec![
        same("/format".into(), json!("bintang-rubric/2"), Code::WrongFormat),
        same("/version".into(), json!(1), Code::WrongType),
        same("/parts/0".into(), json!([]), Code::WrongType),
        same("/requirements".into(), json!({}), Code::WrongType),
        same(at(A1, "/options/0"), json!("a"), Code::WrongType),
        same(at(A1, "/options/0/label"), json!({}), Code::WrongType),
        same(at(A1, "/options/0/label"), json!(3), Code::WrongType),
        same(at(A1, "/raisable"), json!("no"), Code::WrongType),
        same("/title".into(), Value::Null, Code::MissingField),
        same("/parts/0/max".into(), Value::Null, Code::MissingField),
        same(at(B2, "/applies_when/at_least"), Value::Null, Code::MissingField),
        same("/knockouts/0/effect".into(), Value::Null, Code::MissingField),
        same("/status".into(), json!("draft"), Code::BadValue),
        same("/knockouts/0/effect".into(), json!("warn"), Code::BadValue),
        same("/knockouts/0/trigger".into(), json!("any_zero"), Code::BadValue),
        same("/requirements/0/effect".into(), json!("cap"), Code::BadValue),
        same("/bands/0/stars".into(), json!(0), Code::BadValue),
        same("/panel/gates".into(), json!("most"), Code::BadValue),
        same("/panel/quorum/share".into(), json!("5/4"), Code::BadValue),
        same(at(A1, "/not_applicable"), json!("zero"), Code::BadValue),
        same("/id".into(), json!("Small Rubric"), Code::BadId),
        same(at(A1, "/id"), json!("a/b"), Code::BadId),
        same(at(A1, "/options/0/id"), json!(""), Code::BadId),
        same("/requirements/0/id".into(), json!("a b"), Code::BadId),
        same("/parts/1/id".into(), json!("A.1"), Code::DuplicateId),
        same(at(A1, "/id"), json!("A.g"), Code::DuplicateId),
        same(at(A1, "/options/1/id"), json!("a"), Code::DuplicateId),
        same(at(A3, "/checklist/items/1/id"), json!("i"), Code::DuplicateId),
        same(at(B1, "/cases/1/id"), json!("x"), Code::DuplicateId),
        same("/requirements/1/id".into(), json!("permit"), Code::DuplicateId),
        same("/knockouts/1/id".into(), json!("fake"), Code::DuplicateId),
        same(at(A1, "/options/0/points"), json!(-1000), Code::PointsOutOfRange),
        same("/max".into(), json!(10000), Code::PointsOutOfRange),
        same("/max".into(), json!(1e300), Code::PointsOutOfRange),
        same(at(A1, "/options/1/points"), json!(1.505), Code::PointsTooFine),
        same(at(A1, "/options/1/points"), json!(1e-7), Code::PointsTooFine),
        same("/bands".into(), json!([]), Code::NoBands),
        same("/bands".into(), Value::Null, Code::NoBands),
        same(at(A1, "/options"), json!([]), Code::NoOptions),
        same(at(A1, "/options"), Value::Null, Code::NoOptions),
        same(at(B1, "/cases"), json!([]), Code::NoOptions),
        same(at(B1, "/cases/0/options"), json!([]), Code::NoOptions),
        same(at(A3, "/checklist/items"), json!([]), Code::NoOptions),
        same(at(A3, "/checklist/scale"), json!([]), Code::NoOptions),
        same(at(B1, "/options"), json!([]), Code::MixedKinds),
        same(at(A1, "/options/2/points"), json!(3.01), Code::AboveMax),
        same(at(A3, "/checklist/scale/0/points"), json!(6), Code::AboveMax),
        (at(A1, "/options/2"), option(json!(2.99)), Code::MaxNotReached, at(A1, "/options")),
        (at(B1, "/cases/1/options/2/points"), json!(5), Code::MaxNotReached, at(B1, "/cases/1/options")),
        (at(A3, "/checklist/scale/0/points"), json!(4), Code::MaxNotReached, at(A3, "/checklist/scale")),
        same("/parts/0/nodes/0/max".into(), json!(6), Code::SumMismatch),
        same("/parts/0/max".into(), json!(11), Code::SumMismatch),
        same("/max".into(), json!(21), Code::SumMismatch),
        same("/parts/1/max".into(), json!(0), Code::PartMaxZero),
        same("/parts/1/max".into(), json!(-1), Code::PartMaxZero),
        same("/bands/1/stars".into(), json!(3), Code::BandsNotFalling),
        same("/bands/1/from".into(), json!(15), Code::BandsNotFalling),
        same("/bands/0/from".into(), json!(20.01), Code::BandAboveMax),
        same(at(A1, "/options/2/gate"), json!(4), Code::GateWithoutBand),
        same(at(A3, "/checklist/scale/0/gate"), json!(4), Code::GateWithoutBand),
        same("/requirements/2/effect/cap".into(), json!(4), Code::CapWithoutBand),
        same(at(A1, "/options/0/gate"), json!(3), Code::FallingGates),
        same(at(A3, "/checklist/scale/1/at_least"), json!(4), Code::StepsNotFalling),
        same(at(A3, "/checklist/scale/1/points"), json!(5), Code::StepsNotFalling),
        same(at(A3, "/checklist/scale/0/at_least"), json!(5), Code::StepOutOfItems),
        same(at(A3, "/checklist/scale/1/at_least"), json!(0), Code::StepOutOfItems),
        same(at(B2, "/applies_when/criterion"), json!("A.g"), Code::UnknownCriterion),
        same("/requirements/2/applies_when/criterion".into(), json!("?"), Code::UnknownCriterion),
        same("/knockouts/1/trigger/any_zero/0".into(), json!("A"), Code::UnknownCriterion),
        (at(B2, "/applies_when/criterion"), json!("B.2"), Code::ConditionCircle, at(B2, "/applies_when")),
        same(at(A1, "/options/1/points"), json!(0), Code::EqualPoints),
        same(at(B1, "/cases/1/options/1/points"), json!(0), Code::EqualPoints),
        same("/effective/until".into(), json!("2025-12-31"), Code::EffectiveGap),
        same("/effective/from".into(), json!("1 May 2026"), Code::EffectiveGap),
        (at(A1, "/help"), json!({"en": "Help", "id": "Bantuan"}), Code::MissingTranslation, "/title".into()),
        (at(A1, "/help"), json!({"id": "Bantuan"}), Code::MissingTranslation, at(A1, "/help")),
        same(at(A1, "/wieght"), json!(3), Code::UnknownField),
        ("/x~y/z".into(), json!(3), Code::UnknownField, "/x~0y~1z".into()),
        (at(B2, "/applies_when/at_least"), json!(4), Code::UnreachableStar, "/bands/0".into()),
    ]
}

#[test]
fn the_small_rubric_is_clean() {
    assert_eq!(found(&small::rubric()), Vec::new());
}

#[test]
fn every_fault_is_found_at_its_place() {
    let mut codes = BTreeSet::from([Code::TooLarge, Code::NotJson, Code::TooManyProblems]);
    for (pointer, value, code, at) in broken() {
        let mut rubric = small::rubric();
        if pointer == "/x~y/z" {
            rubric.as_object_mut().unwrap().insert("x~y/z".into(), value.clone());
        } else {
            small::set(&mut rubric, &pointer, value.clone());
        }
        // Fifteen points can be had without B.2; with it out of reach, sixteen cannot.
        if code == Code::UnreachableStar {
            small::set(&mut rubric, "/bands/0/from", json!(16.01));
        }
        let problems = found(&rubric);
        assert!(problems.contains(&(code, at.clone())), "{pointer} = {value}: wanted {code:?} at {at}, {problems:?}");
        codes.insert(code);
    }
    let all: BTreeSet<Code> = Code::ALL.iter().copied().collect();
    assert_eq!(codes, all, "a code without a test");
}

#[test]
fn one_fault_of_a_value_is_told_once() {
    for (pointer, value) in [
        (format!("{A1}/max"), json!("3")),
        (format!("{A1}/options/2/points"), json!(3.001)),
        ("/parts/0/max".to_owned(), Value::Null),
        ("/max".to_owned(), json!("20")),
        ("/bands".to_owned(), json!("none")),
        (format!("{A1}/id"), json!("a b")),
        ("/parts/1".to_owned(), json!(5)),
    ] {
        let errors: Vec<_> =
            found(&with(&pointer, value)).into_iter().filter(|(code, _)| code.severity() == Severity::Error).collect();
        // Names of criteria that went with what could not be read are missed, and rightly so.
        let own = errors.iter().filter(|(code, _)| *code != Code::UnknownCriterion).count();
        assert_eq!(own, 1, "{pointer}: {errors:?}");
    }
}

#[test]
fn reading_does_not_stop_at_the_first_fault() {
    let mut rubric = with("/version", json!(7));
    small::set(&mut rubric, &format!("{A1}/options/2/points"), json!(9));
    small::set(&mut rubric, "/bands/0/from", json!(30));
    small::set(&mut rubric, "/knockouts/1/trigger/any_zero", json!(["nowhere"]));
    let codes: Vec<Code> = found(&rubric).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [Code::WrongType, Code::BandAboveMax, Code::AboveMax, Code::UnknownCriterion]);
}

#[test]
fn circles_of_several_conditions_are_found_once() {
    let mut rubric = with(&format!("{A1}/applies_when"), json!({"criterion": "A.2", "at_least": 1}));
    small::set(&mut rubric, "/parts/0/nodes/0/nodes/1/applies_when", json!({"criterion": "A.1", "at_least": 1}));
    let circles = found(&rubric).into_iter().filter(|(code, _)| *code == Code::ConditionCircle).count();
    assert_eq!(circles, 1);
}

#[test]
fn what_is_no_rubric_at_all_is_refused() {
    assert_eq!(found_in(b""), [(Code::NotJson, String::new())]);
    assert_eq!(found_in(b"\xff\xfe"), [(Code::NotJson, String::new())]);
    assert_eq!(found_in(b"[]"), [(Code::WrongFormat, String::new())]);
    assert_eq!(found_in("[".repeat(100_000).as_bytes()), [(Code::NotJson, String::new())]);
    let mut large = small::rubric().to_string().into_bytes();
    large.resize(rubric::MAX_BYTES, b' ');
    assert_eq!(found_in(&large), []);
    large.push(b' ');
    assert_eq!(found_in(&large), [(Code::TooLarge, String::new())]);
}

#[test]
fn a_heap_of_faults_is_cut_short() {
    let mut rubric = small::rubric();
    for index in 0..12_000 {
        rubric.as_object_mut().unwrap().insert(format!("x{index}"), Value::Null);
    }
    small::set(&mut rubric, &format!("{A1}/options"), json!([]));
    let problems = found(&rubric);
    assert_eq!(problems.len(), 5_002);
    assert!(problems.iter().any(|(code, _)| *code == Code::NoOptions), "an error is not crowded out by warnings");
    assert_eq!(problems.last().unwrap().0, Code::TooManyProblems);
}

#[test]
fn points_are_read_exactly_however_they_are_written() {
    for (written, hundredths) in [("3.00", 300), ("3e0", 300), ("30e-1", 300), ("0.3e1", 300)] {
        let text = small::rubric().to_string().replacen(r#""max":3,"#, &format!(r#""max":{written},"#), 1);
        let rubric = rubric::read(text.as_bytes()).rubric.unwrap();
        assert_eq!(rubric.criteria[0].max.hundredths(), hundredths, "{written}");
    }
}

#[test]
fn a_large_rubric_is_checked_in_time() {
    let criteria: Vec<Value> = (0..2000)
        .map(|index| {
            let label = "Mutu bahan baku utama diperiksa dengan teliti ".repeat(4);
            let option = |id: &str, points: i32| json!({"id": id, "label": label, "points": points});
            let mut criterion = json!({
                "id": format!("c{index}"), "label": "x", "max": 3,
                "options": [option("a", 0), option("b", 1), option("c", 3)],
            });
            if index > 0 {
                criterion["applies_when"] = json!({"criterion": format!("c{}", index - 1), "at_least": 1});
            }
            criterion
        })
        .collect();
    let mut rubric = small::rubric();
    rubric["parts"] = json!([{"id": "P", "label": "P", "max": 6000, "nodes": criteria}]);
    rubric["max"] = json!(6000);
    rubric["requirements"] = json!([]);
    rubric["knockouts"] = json!([]);
    let text = rubric.to_string();
    assert!(text.len() > 1024 * 1024);
    let start = std::time::Instant::now();
    assert_eq!(found_in(text.as_bytes()), []);
    // The debug build is many times slower than what is shipped.
    assert!(start.elapsed().as_secs_f32() < 5.0, "{:?}", start.elapsed());
}
