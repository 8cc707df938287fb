//! `bintang check`: clean rubrics, broken ones, and files that are none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::{bintang, json, json_files, repository, shared, shipped};
use serde_json::json;
use std::{ffi::OsString, fs};
use tempfile::tempdir;

#[test]
fn shipped_rubrics_are_clean() {
    let files = json_files(&repository("public/rubrics"));
    let ran = bintang([OsString::from("check")].into_iter().chain(files.iter().map(OsString::from)));
    assert_eq!((ran.code, ran.out.as_str()), (0, "0 errors, 0 warnings\n"), "{}", ran.err);
    let ran = bintang([OsString::from("check"), "--json".into(), (&files[0]).into()]);
    assert_eq!((ran.code, ran.json()), (0, json!({"problems": []})));
}

#[test]
fn the_ocop_rubrics_have_no_error() {
    let Some(folder) = shared("the_ocop_rubrics_have_no_error") else { return };
    for file in json_files(&folder.join("rubrics/ocop")) {
        let ran = bintang([OsString::from("check"), "--json".into(), (&file).into()]);
        let problems = ran.json()["problems"].as_array().unwrap().clone();
        assert!(problems.iter().all(|problem| problem["severity"] == "warning"), "{problems:?}");
        assert_eq!(ran.code, 0);
    }
}

#[test]
fn an_error_has_code_place_and_mending_sentence_and_the_exit_code_1() {
    let folder = tempdir().unwrap();
    let (bad, good) = (folder.path().join("bad.json"), shipped("id-ovop-food"));
    let mut rubric = json(&good);
    rubric["bands"][0]["from"] = json!(101);
    fs::write(&bad, rubric.to_string()).unwrap();
    let ran = bintang([OsString::from("check"), "--json".into(), (&bad).into()]);
    let problem = &ran.json()["problems"][0];
    assert_eq!(ran.code, 1);
    assert_eq!((&problem["severity"], &problem["code"]), (&json!("error"), &json!("band_above_max")));
    assert_eq!(problem["at"], "/bands/0/from");
    let keys: Vec<&String> = problem.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["at", "code", "message", "severity"]);

    let ran = bintang([OsString::from("check"), (&good).into(), (&bad).into()]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with(&bad.display().to_string()) && ran.out.contains("/bands/0/from"), "{}", ran.out);
    assert!(ran.out.ends_with("1 errors, 0 warnings\n"), "{}", ran.out);
}

#[test]
fn what_is_no_rubric_is_said_to_be_none() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("file.json");
    for (content, code) in [("", "not_json"), ("{}", "wrong_format"), ("\u{0}", "not_json")] {
        fs::write(&file, content).unwrap();
        let ran = bintang([OsString::from("check"), "--json".into(), (&file).into()]);
        let codes: Vec<_> = ran.json()["problems"].as_array().unwrap().iter().map(|p| p["code"].clone()).collect();
        assert!(codes.contains(&json!(code)), "{codes:?}");
        assert_eq!(ran.code, 1);
    }
    fs::write(&file, vec![b' '; 6 << 20]).unwrap();
    let ran = bintang([OsString::from("check"), "--json".into(), (&file).into()]);
    assert_eq!(ran.json()["problems"][0]["code"], "too_large");
    assert_eq!(bintang([OsString::from("check"), folder.path().join("none").into()]).code, 1);
}
