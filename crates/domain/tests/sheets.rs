//! Every fault of a sheet is found, at its place.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/small.rs"]
mod small;

use bintang_domain::{answers::AnswerErrorCode as Code, rubric, wire};
use serde_json::{Value, json};

fn sheet() -> Value {
    json!({
        "format": "bintang-answers/1", "rubric": {"id": "small", "version": "1"},
        "answers": {
            "A.1": {"option": "c"}, "A.2": {"na": true}, "A.3": {"ticked": ["l", "i"]},
            "B.1": {"option": "b", "case": "x"}, "B.2": {"none": true},
        },
        "requirements": {"permit": true, "lab": false},
        "flags": ["fake"],
    })
}

fn faults(pointer: &str, value: Value) -> Vec<(String, Code)> {
    let mut sheet = sheet();
    small::set(&mut sheet, pointer, value);
    let rubric = rubric::read(small::rubric().to_string().as_bytes()).rubric.unwrap();
    let errors = wire::answers::read(&sheet).map_or_else(|errors| errors, |sheet| sheet.check(&rubric));
    errors.into_iter().map(|error| (error.at, error.code)).collect()
}

#[test]
fn a_sheet_comes_back_as_it_was_written() {
    let sheet = sheet();
    let read = wire::answers::read(&sheet).unwrap();
    assert_eq!(wire::answers::write(&read), sheet);
    for answer in read.answers.criteria.values() {
        assert_eq!(wire::answers::read_answer(&wire::answers::write_answer(answer)).as_ref(), Ok(answer));
    }
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    let sheet =
        json!({"format": "bintang-answers/1", "rubric": {"id": "small", "version": "1"}, "answers": {}, "later": 1});
    assert!(wire::answers::read(&sheet).is_ok());
}

#[test]
fn every_fault_is_found_at_its_place() {
    for (pointer, value, at, code) in [
        ("/format", json!("bintang-panel/1"), "/format", Code::Malformed),
        ("/rubric/id", json!("other"), "/rubric/id", Code::OtherRubric),
        ("/rubric/id", json!("Ö"), "/rubric/id", Code::Malformed),
        ("/rubric/version", json!("2"), "/rubric/version", Code::OtherRubric),
        ("/rubric/version", json!(1), "/rubric/version", Code::Malformed),
        ("/answers", json!([]), "/answers", Code::Malformed),
        ("/answers/C.1", json!({"none": true}), "/answers/C.1", Code::UnknownCriterion),
        ("/answers/A.g", json!({"none": true}), "/answers/A.g", Code::UnknownCriterion),
        ("/answers/A.1", json!({}), "/answers/A.1", Code::Malformed),
        ("/answers/A.1", json!("c"), "/answers/A.1", Code::Malformed),
        ("/answers/A.1", json!({"none": false}), "/answers/A.1", Code::Malformed),
        ("/answers/A.1", json!({"option": "c", "note": "x"}), "/answers/A.1", Code::Malformed),
        ("/answers/A.1/option", json!(3), "/answers/A.1/option", Code::Malformed),
        ("/answers/A.1/option", json!("d"), "/answers/A.1/option", Code::UnknownOption),
        ("/answers/A.1", json!({"ticked": []}), "/answers/A.1", Code::WrongKind),
        ("/answers/A.1", json!({"case": "x", "option": "a"}), "/answers/A.1", Code::WrongKind),
        ("/answers/B.1", json!({"option": "a"}), "/answers/B.1", Code::WrongKind),
        ("/answers/A.3", json!({"option": "a"}), "/answers/A.3", Code::WrongKind),
        ("/answers/A.1", json!({"na": true}), "/answers/A.1/na", Code::NotExcludable),
        ("/answers/B.1/case", json!("z"), "/answers/B.1/case", Code::UnknownCase),
        ("/answers/B.1/option", json!("c"), "/answers/B.1/option", Code::UnknownOption),
        ("/answers/A.3/ticked", json!(["i", "m"]), "/answers/A.3/ticked/1", Code::UnknownItem),
        ("/answers/A.3/ticked", json!(["i", "j", "i"]), "/answers/A.3/ticked/2", Code::TickedTwice),
        ("/answers/A.3/ticked", json!(["i", ""]), "/answers/A.3/ticked/1", Code::Malformed),
        ("/requirements/none", json!(true), "/requirements/none", Code::UnknownRequirement),
        ("/requirements/permit", json!("yes"), "/requirements/permit", Code::Malformed),
        ("/requirements", json!([]), "/requirements", Code::Malformed),
        ("/flags", json!(["nothing"]), "/flags/0", Code::UnknownFlag),
        ("/flags", json!(["dirty"]), "/flags/0", Code::NotAFlag),
        ("/flags", json!([true]), "/flags/0", Code::Malformed),
        ("/flags", json!({}), "/flags", Code::Malformed),
    ] {
        assert_eq!(faults(pointer, value.clone()), [(at.to_owned(), code)], "{pointer} = {value}");
    }
    assert_eq!(wire::answers::read(&json!([])).unwrap_err()[0].at, "");
}

#[test]
fn faults_are_told_together() {
    let mut sheet = sheet();
    small::set(&mut sheet, "/rubric/version", json!("2"));
    small::set(&mut sheet, "/answers/A.1/option", json!("d"));
    small::set(&mut sheet, "/requirements/none", json!(true));
    let rubric = rubric::read(small::rubric().to_string().as_bytes()).rubric.unwrap();
    assert_eq!(wire::answers::read(&sheet).unwrap().check(&rubric).len(), 3);
    let odd = json!({"answers": {"a/b": {"na": 1}}, "flags": 3});
    let errors = wire::answers::read(&odd).unwrap_err();
    assert_eq!(errors.len(), 6);
    assert!(errors.iter().any(|error| error.at == "/answers/a~1b"));
}
