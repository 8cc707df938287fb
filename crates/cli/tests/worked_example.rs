//! The worked example of docs/rubric-format.md comes out as that page says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::{bintang, repository};
use serde_json::json;
use std::ffi::OsString;

#[test]
fn honey_has_six_and_a_half_points_two_stars_and_two_steps_to_three() {
    let (rubric, answers) =
        (repository("docs/examples/rubric-madu.json"), repository("docs/examples/answers-madu.json"));
    let check = bintang([OsString::from("check"), (&rubric).into()]);
    assert_eq!(check.out, "0 errors, 0 warnings\n");
    let ran = bintang([OsString::from("score"), "--rubric".into(), rubric.into(), "--answers".into(), answers.into()]);
    let result = ran.json();
    assert_eq!((&result["total"], &result["stars"]), (&json!({"num": 13, "den": 2}), &json!(2)));
    assert_eq!(
        result["next"],
        json!({"stars": 3, "steps": 2, "criteria": 2, "requirements": [], "raise": [
            {"criterion": "A.1", "to": "c", "gain": 1.5}, {"criterion": "A.2", "to": 3, "gain": 2}]})
    );
}
