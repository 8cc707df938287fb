//! `bintang score`: single sheets and many, against expected results.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::{bintang, json, json_files, repository, shared, shipped};
use serde_json::{Value, json};
use std::{ffi::OsString, fs, path::Path};
use tempfile::tempdir;

fn single(rubric: &Path, answers: &Path) -> common::Ran {
    bintang([OsString::from("score"), "--rubric".into(), rubric.into(), "--answers".into(), answers.into()])
}

fn batch(rubric: &Path, lines: &str, more: &[&str]) -> Vec<Value> {
    let folder = tempdir().unwrap();
    let file = folder.path().join("sheets.ndjson");
    fs::write(&file, lines).unwrap();
    let words = [OsString::from("score"), "--rubric".into(), rubric.into(), "--batch".into(), file.into()];
    let ran = bintang(words.into_iter().chain(more.iter().map(OsString::from)));
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn samples_score_as_expected_one_by_one_and_together() {
    let folder = tempdir().unwrap();
    let samples = json_files(&repository("tests/fixtures/ovop"));
    assert_eq!(samples.len(), 10);
    for file in samples {
        let sample = json(&file);
        let rubric = shipped(sample["rubric"]["id"].as_str().unwrap());
        let answers = folder.path().join("sheet.json");
        fs::write(&answers, sample["sheet"].to_string()).unwrap();
        let ran = single(&rubric, &answers);
        assert_eq!((ran.code, ran.json()), (0, sample["expect"].clone()), "{}", file.display());

        let line = sample["sheet"].to_string();
        let many = batch(&rubric, &(line.clone() + "\nnonsense\n" + &line), &["--no-next"]);
        let mut without = sample["expect"].clone();
        without["next"] = Value::Null;
        assert_eq!((many.len(), &many[0], &many[2]), (3, &without, &without), "{}", file.display());
        assert_eq!(many[1]["errors"][0]["code"], "malformed");
    }
}

#[test]
fn results_come_in_the_order_of_their_lines() {
    // More than are read at once. Each line's own fault tells which it is.
    let line = |number: usize| {
        let version = number.to_string();
        json!({"format": "bintang-answers/1", "rubric": {"id": "other", "version": version}, "answers": {}})
    };
    let lines: Vec<String> = (0..5_000).map(|number| line(number).to_string()).collect();
    let results = batch(&shipped("id-ovop-food"), &lines.join("\n"), &[]);
    assert_eq!(results.len(), 5_000);
    for (number, result) in results.iter().enumerate() {
        let faults = result["errors"].as_array().unwrap();
        let says = |fault: &Value| fault["message"].as_str().unwrap().contains(&format!("“{number}”"));
        assert!(faults.iter().any(says), "{number}: {result}");
    }
}

#[test]
fn sheets_of_the_ocop_rubrics_score_as_expected_together() {
    let Some(folder) = shared("sheets_of_the_ocop_rubrics_score_as_expected_together") else { return };
    let folder = folder.join("rubrics/ocop");
    for rubric in json_files(&folder) {
        let id = json(&rubric)["id"].clone();
        let sheets = json_files(&folder.join("answers")).into_iter().filter(|file| json(file)["rubric"]["id"] == id);
        let names: Vec<_> = sheets.map(|file| file.file_name().unwrap().to_owned()).collect();
        let lines: Vec<String> =
            names.iter().map(|name| json(&folder.join("answers").join(name)).to_string()).collect();
        let results = batch(&rubric, &lines.join("\n"), &[]);
        assert_eq!(results.len(), names.len());
        for (name, result) in names.iter().zip(results) {
            assert_eq!(result, json(&folder.join("expected").join(name)), "{}", name.display());
        }
    }
}

#[test]
fn a_bad_sheet_is_told_with_its_place() {
    let folder = tempdir().unwrap();
    let sheet = folder.path().join("sheet.json");
    let rubric = shipped("id-ovop-food");
    let bad = json!({"format": "bintang-answers/1", "rubric": {"id": "id-ovop-food", "version": "2026.1"},
        "answers": {"A.I.1": {"option": "z"}}, "requirements": {}, "flags": []});
    fs::write(&sheet, bad.to_string()).unwrap();
    let ran = single(&rubric, &sheet);
    let error = &ran.json()["errors"][0];
    assert_eq!(
        (ran.code, &error["at"], &error["code"]),
        (1, &json!("/answers/A.I.1/option"), &json!("unknown_option"))
    );
    assert!(error["message"].as_str().unwrap().ends_with('.'));

    fs::write(&sheet, "no json").unwrap();
    let ran = single(&rubric, &sheet);
    assert_eq!((ran.code, &ran.json()["errors"][0]["code"]), (1, &json!("malformed")));
    assert_eq!(single(&rubric, &folder.path().join("none.json")).code, 1);
    assert_eq!(single(&sheet, &sheet).code, 1);
}
