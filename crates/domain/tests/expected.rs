//! Scores against the results of a separate implementation of the format. The OVOP samples come with the source; the
//! rest is compared where it is at hand.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/files.rs"]
mod common;

use bintang_domain::{
    next,
    points::Fraction,
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
    assert_eq!(wire::score::write(rubric, &score, next.as_ref()), *expected, "{name}");
}

fn fraction(num: i128, den: i128) -> Fraction {
    Fraction::new(num, den).unwrap()
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
fn sheets_of_the_panel_samples_have_the_expected_mean_and_spread() {
    let Some(shared) = common::shared() else {
        common::skipped("sheets_of_the_panel_samples_have_the_expected_mean_and_spread: no panel samples");
        return;
    };
    let rubrics = rubrics(common::shipped());
    let mut panels = 0;
    for file in common::json_files(shared.join("rubrics/ovop/samples")) {
        let sample = common::json(&file);
        let Some(sheets) = sample["panel"]["sheets"].as_array() else { continue };
        let rubric = &rubrics[sample["rubric"]["id"].as_str().unwrap()];
        let total = |entry: &Value| {
            let sheet = wire::answers::read(&entry["sheet"]).unwrap();
            assert_eq!(sheet.check(rubric), Vec::new(), "{}", file.display());
            score::score(rubric, &sheet.answers).total
        };
        let totals: Vec<Fraction> = sheets.iter().map(total).collect();
        let sum = totals.iter().try_fold(fraction(0, 1), |sum, total| sum.checked_add(*total)).unwrap();
        let mean = sum.checked_div(fraction(sheets.len().try_into().unwrap(), 1)).unwrap();
        let spread = totals.iter().max().unwrap().checked_sub(*totals.iter().min().unwrap()).unwrap();
        let number = |key: &str, part: &str| sample["expect"][key][part].as_i64().unwrap().into();
        let expected = |key: &str| fraction(number(key, "num"), number(key, "den"));
        assert_eq!((mean, spread), (expected("total"), expected("spread")), "{}", file.display());
        panels += 1;
    }
    assert!(panels > 0);
}
