//! `bintang diff`: what changed, and which products would change stars.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::{bintang, json, json_files, repository, shipped};
use serde_json::{Value, json};
use std::{ffi::OsString, fs};
use tempfile::tempdir;

#[test]
fn a_band_that_rises_moves_the_product_just_above_it() {
    let folder = tempdir().unwrap();
    let (after, sheets) = (folder.path().join("after.json"), folder.path().join("sheets.ndjson"));
    let before = shipped("id-ovop-food");
    let mut rubric = json(&before);
    rubric["version"] = json!("2027.1");
    for band in rubric["bands"].as_array_mut().unwrap() {
        if band["stars"] == 4 {
            band["from"] = json!(82);
        }
    }
    fs::write(&after, rubric.to_string()).unwrap();
    let food = json_files(&repository("tests/fixtures/ovop")).into_iter().map(|file| json(&file));
    let food: Vec<Value> = food.filter(|sample| sample["rubric"]["id"] == "id-ovop-food").collect();
    let lines: Vec<String> = food.iter().map(|sample| sample["sheet"].to_string()).collect();
    fs::write(&sheets, lines.join("\n")).unwrap();

    let words = || [OsString::from("diff"), (&before).into(), (&after).into(), "--sheets".into(), (&sheets).into()];
    let ran = bintang(words());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("version: “2026.1” → “2027.1”\n"), "{}", ran.out);
    assert!(ran.out.contains("bands/stars 4/from: 80 → 82\n"), "{}", ran.out);
    assert!(ran.out.contains("2 changes\n"), "{}", ran.out);

    let json = bintang(words().into_iter().chain(["--json".into()])).json();
    assert_eq!(json["sheets"]["count"], food.len());
    // The first sample has 81 points and 4 stars.
    let result = |stars: u8| json!({"stars": stars, "awarded": true, "total": {"num": 81, "den": 1}});
    assert_eq!(json["sheets"]["moved"], json!([{"line": 1, "before": result(4), "after": result(3), "again": 0}]));
    assert!(ran.out.contains("sheet 1: 4 → 3 stars (0 answers to look at again)\n"), "{}", ran.out);
    assert!(ran.out.ends_with(&format!("{} of {} sheets would change stars\n", 1, food.len())));
}

#[test]
fn equal_files_have_no_change_and_a_bad_sheet_is_told() {
    let folder = tempdir().unwrap();
    let (rubric, sheets) = (shipped("id-ovop-food"), folder.path().join("sheets.ndjson"));
    let ran = bintang([OsString::from("diff"), (&rubric).into(), (&rubric).into()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "0 changes\n"));
    fs::write(&sheets, "{}\n").unwrap();
    let ran = bintang([OsString::from("diff"), (&rubric).into(), (&rubric).into(), "--sheets".into(), sheets.into()]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("sheet 1: /format"), "{}", ran.err);
    assert!(ran.out.contains("0 of 1 sheets would change stars\n1 could not be read"), "{}", ran.out);
}

#[test]
fn a_field_that_the_format_does_not_know_is_kept_and_compared() {
    let folder = tempdir().unwrap();
    let (before, after) = (folder.path().join("before.json"), folder.path().join("after.json"));
    let mut rubric = json(&shipped("id-ovop-food"));
    rubric["parts"][0]["x-later"] = json!({"by": "somebody"});
    fs::write(&before, rubric.to_string()).unwrap();
    rubric["parts"][0]["x-later"] = json!({"by": "somebody else"});
    fs::write(&after, rubric.to_string()).unwrap();
    let ran = bintang([OsString::from("diff"), before.into(), after.into()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("x-later/by: “somebody” → “somebody else”\n1 changes\n"), "{}", ran.out);
}
