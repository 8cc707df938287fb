//! Scores against the results of a separate implementation of the format. The OVOP samples come with the source; the
//! rest is compared where it is at hand.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/files.rs"]
mod common;

use bintang_domain::{
    next, panel,
    rubric::{self, Rubric},
    score, wire,
};
use serde_json::Value;
use std::collections::BTreeMap;

fn compare(rubric: &Rubric, sheet: &Value, expected: &Value, name: &str) {
    let sheet = wire::answers::read(sheet).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
    assert_eq!(sheet.check(rubric), Vec::new(), "{name}");
    assert_eq!(wire::answers::read(&wire::answers::write(&sheet)).as_ref(), Ok(&sheet), "{name}");
    let score = score::score(rubric, &sheet.answers);
    let next = next::next_of(rubric, &sheet.answers, &score);
    let written = wire::score::write(rubric, &score, next.as_ref());
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), *expected, "{name}");
    assert_eq!(written, wire::canonical::write(expected), "{name}");
}

fn rubrics(files: Vec<std::path::PathBuf>) -> BTreeMap<String, Rubric> {
    let read = |file| {
        let reading = rubric::read(&common::bytes(&file));
        assert_eq!(reading.errors().count(), 0, "{}: {:?}", file.display(), reading.problems);
        reading.rubric.unwrap()
    };
    files.into_iter().map(read).map(|rubric| (rubric.id.to_string(), rubric)).collect()
}

#[test]
fn sheets_of_the_ocop_rubrics_score_as_expected() {
    let Some(shared) = common::shared() else {
        common::skipped("sheets_of_the_ocop_rubrics_score_as_expected: no OCOP rubrics");
        return;
    };
    let folder = shared.join("rubrics/ocop");
    let rubrics = rubrics(common::json_files(folder.clone()));
    let sheets = common::json_files(folder.join("answers"));
    assert!(!sheets.is_empty());
    for file in sheets {
        let name = file.file_name().unwrap().to_str().unwrap();
        let sheet = common::json(&file);
        let rubric = &rubrics[sheet["rubric"]["id"].as_str().unwrap()];
        compare(rubric, &sheet, &common::json(&folder.join("expected").join(name)), name);
    }
}

#[test]
fn sheets_of_the_ovop_samples_score_as_expected() {
    let rubrics = rubrics(common::shipped());
    let samples = common::samples();
    assert_eq!(samples.len(), 10);
    for file in samples {
        let sample = common::json(&file);
        let rubric = &rubrics[sample["rubric"]["id"].as_str().unwrap()];
        compare(rubric, &sample["sheet"], &sample["expect"], file.file_name().unwrap().to_str().unwrap());
    }
}

#[test]
fn panels_of_the_samples_have_the_expected_verdict() {
    let Some(shared) = common::shared() else {
        common::skipped("panels_of_the_samples_have_the_expected_verdict: no panel samples");
        return;
    };
    let rubrics = rubrics(common::shipped());
    let mut panels = 0;
    for file in common::json_files(shared.join("rubrics/ovop/samples")) {
        let sample = common::json(&file);
        if sample["panel"].is_null() {
            continue;
        }
        let rubric = &rubrics[sample["rubric"]["id"].as_str().unwrap()];
        let panel = wire::panel::read(&sample["panel"]).unwrap();
        let verdict = panel::verdict(rubric, &panel).unwrap();
        assert_eq!(wire::panel::write(rubric, &verdict), sample["expect"], "{}", file.display());
        panels += 1;
    }
    assert!(panels > 0);
}
