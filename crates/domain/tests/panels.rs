//! Panels rule by rule, on the small rubric.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/small.rs"]
mod small;

use bintang_domain::{
    panel::{self, Lack, Verdict},
    points::{Fraction, Points},
    rubric::{self, Rubric},
    score::Withheld,
    wire,
};
use serde_json::{Value, json};

fn rubric(change: impl FnOnce(&mut Value)) -> Rubric {
    let mut value = small::rubric();
    change(&mut value);
    let reading = rubric::read(value.to_string().as_bytes());
    assert_eq!(reading.errors().count(), 0, "{:?}", reading.problems);
    reading.rubric.unwrap()
}

fn plain() -> Rubric {
    rubric(|_| {})
}

/// The best sheet: 20 points.
fn best() -> Value {
    json!({
        "format": "bintang-answers/1", "rubric": {"id": "small", "version": "1"},
        "answers": {
            "A.1": {"option": "c"}, "A.2": {"option": "b"}, "A.3": {"ticked": ["i", "j", "k", "l"]},
            "B.1": {"case": "x", "option": "b"}, "B.2": {"option": "b"},
        },
        "requirements": {"permit": true, "member": true, "lab": true}, "flags": [],
    })
}

/// The best sheet with some answers otherwise.
fn with(answers: Value) -> Value {
    let mut sheet = best();
    for (id, answer) in answers.as_object().unwrap() {
        sheet["answers"][id] = answer.clone();
    }
    sheet
}

fn panel(sheets: &[Value]) -> Value {
    let seat = |(place, sheet): (usize, &Value)| {
        let role = if place == 0 { "chair" } else { "member" };
        json!({"assessor": format!("{place}"), "role": role, "sheet": sheet})
    };
    let seats: Vec<Value> = sheets.iter().enumerate().map(seat).collect();
    json!({"format": "bintang-panel/1", "rubric": {"id": "small", "version": "1"}, "sheets": seats})
}

fn verdict(rubric: &Rubric, panel: &Value) -> Verdict {
    panel::verdict(rubric, &wire::panel::read(panel).unwrap()).unwrap()
}

fn faults(panel: &Value) -> Vec<(String, String)> {
    let read = wire::panel::read(panel).and_then(|read| panel::verdict(&plain(), &read));
    read.unwrap_err().into_iter().map(|fault| (fault.at, fault.code.to_owned())).collect()
}

fn number(num: i128, den: i128) -> Fraction {
    Fraction::new(num, den).unwrap()
}

#[test]
fn totals_are_combined_exactly() {
    let lower = with(json!({"B.1": {"case": "y", "option": "b"}}));
    let sheets = [best(), lower.clone(), lower];
    let mean = verdict(&plain(), &panel(&sheets));
    assert_eq!((mean.total, mean.spread, mean.stars, mean.awarded), (number(56, 3), number(2, 1), 3, true));
    let median = rubric(|rubric| rubric["panel"]["combine"] = json!("median"));
    assert_eq!(verdict(&median, &panel(&sheets)).total, number(18, 1));
    assert_eq!(verdict(&median, &panel(&sheets[..2])).total, number(19, 1));
}

#[test]
fn a_wide_spread_asks_for_new_sheets_or_the_chair_s_reason() {
    // 20 and 14 points; the limit is 2.5.
    let low = with(json!({"B.1": {"none": true}}));
    let mut open = panel(&[best(), low]);
    let wide = verdict(&plain(), &open);
    assert_eq!((wide.needs_rescoring, wide.closed, wide.awarded), (true, false, false));
    let [only] = wide.differs.as_slice() else { panic!("{:?}", wide.differs) };
    assert_eq!((only.low, only.high, only.share), (Points(0), Points(600), number(1, 1)));
    open["chair"] = json!({"close": {"reason": "Sudah dibahas."}});
    let closed = verdict(&plain(), &open);
    assert_eq!((closed.needs_rescoring, closed.closed, closed.differs.len()), (true, true, 1));
}

#[test]
fn gates_hold_for_every_sheet_for_most_or_together() {
    // The gate of star 3 on A.1 needs 3 points; two sheets have them, one has 1.5.
    let sheets = [best(), best(), with(json!({"A.1": {"option": "b"}}))];
    let stars = |gates: &str| {
        let rubric = rubric(|rubric| rubric["panel"]["gates"] = json!(gates));
        verdict(&rubric, &panel(&sheets)).stars_by_gates
    };
    assert_eq!([stars("every"), stars("majority"), stars("combined")], [2, 3, 2]);
    // The median of 3, 3 and 1.5 meets it.
    let median = rubric(|rubric| {
        rubric["panel"]["gates"] = json!("combined");
        rubric["panel"]["combine"] = json!("median");
    });
    assert_eq!(verdict(&median, &panel(&sheets)).stars_by_gates, 3);
    // Half is no majority.
    let half = rubric(|rubric| rubric["panel"]["gates"] = json!("majority"));
    assert_eq!(verdict(&half, &panel(&sheets[1..])).stars_by_gates, 2);
}

#[test]
fn of_different_cases_the_strictest_counts() {
    // Case x has a gate of 6 points at star 3, case y has none.
    let y = with(json!({"B.1": {"case": "y", "option": "b"}}));
    let rubric = rubric(|rubric| rubric["panel"]["gates"] = json!("combined"));
    assert_eq!(verdict(&rubric, &panel(&[best(), y.clone()])).stars_by_gates, 2);
    assert_eq!(verdict(&rubric, &panel(&[y.clone(), y.clone()])).stars_by_gates, 3);
    // Without a case nothing is added where another chose one; where nobody did, the first gates count.
    let none = with(json!({"B.1": {"none": true}}));
    assert_eq!(verdict(&rubric, &panel(&[y, none.clone()])).stars_by_gates, 3);
    assert_eq!(verdict(&rubric, &panel(&[none.clone(), none])).stars_by_gates, 2);
}

#[test]
fn papers_count_by_the_majority_and_not_asked_is_met() {
    let lacking = |paper: &str| {
        let mut sheet = best();
        sheet["requirements"][paper] = json!(false);
        sheet
    };
    let one = verdict(&plain(), &panel(&[best(), best(), lacking("permit")]));
    assert_eq!((one.withheld, one.stars), (None, 3));
    // Half of the sheets is not more than half.
    let half = verdict(&plain(), &panel(&[best(), lacking("permit")]));
    assert_eq!((half.withheld, half.stars), (Some(Withheld::NoAward), 0));
    let capped = verdict(&plain(), &panel(&[best(), lacking("lab")]));
    assert_eq!((capped.cap, capped.stars), (Some(1), 1));
    // `lab` is asked only where A.1 has 3 points.
    let mut unasked = lacking("lab");
    unasked["answers"]["A.1"] = json!({"option": "b"});
    assert_eq!(verdict(&plain(), &panel(&[best(), unasked])).cap, None);
}

#[test]
fn a_knockout_on_one_sheet_withholds_until_the_chair_lifts_it() {
    let mut fake = best();
    fake["flags"] = json!(["fake"]);
    let mut panel = panel(&[best(), best(), fake]);
    assert_eq!(verdict(&plain(), &panel).withheld, Some(Withheld::Disqualify));
    panel["chair"] = json!({"confirm": ["poison"], "lift": [{"knockout": "fake", "reason": "Surat asli dilihat."}]});
    let lifted = verdict(&plain(), &panel);
    assert_eq!((lifted.withheld, lifted.stars), (None, 3));
    // A stop that fired by itself, with the rest unanswered, is complete.
    let mut stopped = with(json!({"A.2": {"option": "a"}}));
    stopped["answers"].as_object_mut().unwrap().remove("B.1");
    assert_eq!(verdict(&plain(), &self::panel(&[best(), stopped])).withheld, Some(Withheld::Stop));
}

#[test]
fn a_quorum_lacks_share_chair_or_sheets() {
    let mut four = panel(&[best(), best()]);
    four["members"] = json!(3);
    let verdict_of = |panel: &Value| verdict(&plain(), panel);
    assert_eq!((verdict_of(&four).missing, verdict_of(&four).stars), (vec![Lack::Share], 0));
    // Three quarters of four are three, and one that is left out is present.
    four["members"] = json!(4);
    four["sheets"].as_array_mut().unwrap().push(json!({"assessor": "3", "role": "member", "left_out": "conflict"}));
    let met = verdict_of(&four);
    assert_eq!((met.missing, met.counted, met.left_out, met.members, met.stars), (vec![], 2, 1, 4, 3));
    let mut headless = panel(&[best(), best()]);
    headless["sheets"][0]["role"] = json!("member");
    assert_eq!(verdict_of(&headless).missing, [Lack::Chair]);
    let mut few = panel(&[best(), best()]);
    few["sheets"][1]["left_out"] = json!("abstain");
    assert_eq!((verdict_of(&few).missing, verdict_of(&few).awarded), (vec![Lack::MinSheets], false));
}

#[test]
fn na_on_a_sheet_counts_nothing_where_sheets_differ_and_skips_its_gate() {
    // B.2 not applicable on one sheet: the part is scaled, the criterion differs by all its points.
    let na = with(json!({"B.2": {"na": true}, "B.1": {"none": true}}));
    let wide = verdict(&plain(), &panel(&[best(), na]));
    let shares: Vec<Fraction> = wide.differs.iter().map(|difference| difference.share).collect();
    assert_eq!(shares, [number(1, 1), number(1, 1)]);
}

#[test]
fn every_fault_is_told_with_its_place() {
    let good = panel(&[best(), best()]);
    for (pointer, value, at, code) in [
        ("/format", json!("x"), "/format", "malformed"),
        ("/rubric/id", json!("other"), "/rubric/id", "other_rubric"),
        ("/rubric/version", json!("9"), "/rubric/version", "other_rubric"),
        ("/members", json!(0), "/members", "bad_members"),
        ("/members", json!("3"), "/members", "malformed"),
        ("/sheets", json!({}), "/sheets", "malformed"),
        ("/sheets/1", json!(1), "/sheets/1", "malformed"),
        ("/sheets/1/role", json!("secretary"), "/sheets/1/role", "unknown_role"),
        ("/sheets/1/left_out", json!("asleep"), "/sheets/1/left_out", "unknown_left_out"),
        ("/sheets/1/sheet", Value::Null, "/sheets/1/sheet", "no_sheet"),
        ("/sheets/1/sheet/answers", json!({}), "/sheets/1/sheet", "incomplete"),
        ("/sheets/1/sheet/answers/A.1", json!({"option": "q"}), "/sheets/1/sheet/answers/A.1/option", "unknown_option"),
        ("/sheets/1/sheet/rubric/version", json!("2"), "/sheets/1/sheet/rubric/version", "other_rubric"),
        ("/chair", json!({"confirm": ["no"]}), "/chair/confirm/0", "unknown_knockout"),
        ("/chair", json!({"confirm": "fake"}), "/chair/confirm", "malformed"),
        ("/chair", json!({"lift": [{"knockout": "fake"}]}), "/chair/lift/0/reason", "no_reason"),
        ("/chair", json!({"lift": [{"knockout": "fake", "reason": " "}]}), "/chair/lift/0/reason", "no_reason"),
        ("/chair", json!({"lift": [{"knockout": "no", "reason": "x"}]}), "/chair/lift/0/knockout", "unknown_knockout"),
        ("/chair", json!({"close": {}}), "/chair/close/reason", "no_reason"),
    ] {
        let mut bad = good.clone();
        small::set(&mut bad, pointer, value.clone());
        let found = faults(&bad);
        assert!(found.contains(&(at.to_owned(), code.to_owned())), "{pointer} {value}: {found:?}");
    }
    let without = rubric(|rubric| drop(rubric.as_object_mut().unwrap().remove("panel")));
    let errors = panel::verdict(&without, &wire::panel::read(&good).unwrap()).unwrap_err();
    assert_eq!((errors[0].at.as_str(), errors[0].code), ("/rubric", "no_panel"));
    assert!(wire::panel::read(&json!([])).is_err());
}
