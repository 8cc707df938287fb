//! `bintang panel`: a verdict, or what is wrong.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::{bintang, json, json_files, repository, shared, shipped};
use serde_json::{Value, json};
use std::{ffi::OsString, fs, path::Path};
use tempfile::tempdir;

fn run(rubric: &Path, panel: &Value) -> common::Ran {
    let folder = tempdir().unwrap();
    let file = folder.path().join("panel.json");
    fs::write(&file, panel.to_string()).unwrap();
    bintang([OsString::from("panel"), "--rubric".into(), rubric.into(), file.into()])
}

#[test]
fn the_panels_of_the_samples_come_to_the_expected_verdict() {
    let Some(folder) = shared("the_panels_of_the_samples_come_to_the_expected_verdict") else { return };
    for file in json_files(&folder.join("rubrics/ovop/samples")) {
        let sample = json(&file);
        if !sample["panel"].is_null() {
            let ran = run(&shipped(sample["rubric"]["id"].as_str().unwrap()), &sample["panel"]);
            assert_eq!((ran.code, ran.json()), (0, sample["expect"].clone()), "{}", file.display());
        }
    }
}

#[test]
fn two_equal_sheets_are_their_own_mean_and_a_bad_panel_is_told() {
    let sample = json(&repository("tests/fixtures/ovop/food-1-keripik-talas.json"));
    let rubric = shipped("id-ovop-food");
    let seat = |role: &str| json!({"assessor": role, "role": role, "sheet": sample["sheet"]});
    let mut panel = json!({"format": "bintang-panel/1", "rubric": sample["rubric"],
        "sheets": [seat("chair"), seat("member"), seat("member")]});
    let ran = run(&rubric, &panel);
    assert_eq!((ran.code, &ran.json()["total"]), (0, &sample["expect"]["total"]));
    assert_eq!(ran.json()["stars"], sample["expect"]["stars"]);
    panel["sheets"][1]["role"] = json!("guest");
    let ran = run(&rubric, &panel);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["errors"][0]["at"], "/sheets/1/role");
    assert_eq!(run(&rubric, &json!("no panel")).code, 1);
}
