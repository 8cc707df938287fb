//! `bintang import`: a rubric from a spreadsheet.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use common::bintang;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::{ffi::OsString, fs, path::Path};
use tempfile::tempdir;

fn template() -> String {
    let ran = bintang(["import", "--template"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

fn import(file: &Path) -> common::Ran {
    bintang([OsString::from("import"), file.into()])
}

#[test]
fn the_template_makes_a_rubric_without_a_problem() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("rubric.csv");
    fs::write(&file, template()).unwrap();
    let ran = import(&file);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let rubric = ran.json();
    assert_eq!((&rubric["max"], &rubric["format"]), (&json!(20), &json!("bintang-rubric/1")));
    assert_eq!(rubric["bands"][0], json!({"stars": 3, "from": 16}));
    assert_eq!(rubric["requirements"][1]["effect"], json!({"cap": 2}));
    assert_eq!(rubric["knockouts"][1]["trigger"], json!({"any_zero": ["A.2"]}));
    let part = &rubric["parts"][0];
    assert_eq!((&part["nodes"][0]["id"], &part["max"]), (&json!("A.I"), &json!(7)));
    let second = &rubric["parts"][1]["nodes"];
    assert_eq!(
        second[0]["cases"][1]["options"][1],
        json!({"id": "b", "label": "Ada izin MD", "points": 5, "gate": 2,
        "evidence": "Nomor MD."})
    );
    assert_eq!(second[1]["checklist"]["items"].as_array().unwrap().len(), 3);
    assert_eq!(second[1]["checklist"]["scale"], json!([{"at_least": 2, "points": 6}, {"at_least": 1, "points": 3}]));
    assert_eq!(second[2]["applies_when"], json!({"criterion": "B.1", "at_least": 5}));
    assert_eq!(second[2]["not_applicable"], "exclude");

    let out = folder.path().join("rubric.json");
    let ran = bintang([OsString::from("import"), file.into(), "--out".into(), (&out).into()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let check = bintang([OsString::from("check"), out.into()]);
    assert_eq!((check.code, check.out.as_str()), (0, "0 errors, 0 warnings\n"));
}

#[test]
fn xlsx_and_semicolons_with_decimal_commas_give_the_same() {
    let folder = tempdir().unwrap();
    let (csv, semicolons, xlsx) =
        (folder.path().join("a.csv"), folder.path().join("b.CSV"), folder.path().join("c.xlsx"));
    fs::write(&csv, template()).unwrap();
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(&csv)
        .unwrap()
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let quoted = |row: &Vec<String>| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";");
    let text = "\u{feff}".to_owned() + &rows.iter().map(quoted).collect::<Vec<_>>().join("\r\n");
    fs::write(&semicolons, text).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (number, row) in (2..).zip(&rows) {
        for (place, cell) in (1..).zip(row) {
            // Numbers as numbers, as a person types them; a gap above and at the left.
            match cell.parse::<f64>() {
                Ok(value) => sheet.write_number(number, place, value).unwrap(),
                Err(_) => sheet.write_string(number, place, cell).unwrap(),
            };
        }
    }
    book.save(&xlsx).unwrap();
    let expected = import(&csv).json();
    assert_eq!(import(&semicolons).json(), expected);
    let ran = import(&xlsx);
    assert_eq!((ran.code, ran.json()), (0, expected), "{}", ran.err);
}

#[test]
fn every_wrong_row_is_told_by_its_number() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("rubric.csv");
    let text = template()
        .replace("band,3,16", "band,three,many")
        .replace(",,,,,,,,,,b,Bersih,,2,", ",,,,,,,,,,b,Bersih,,dua,");
    fs::write(&file, &text).unwrap();
    let ran = import(&file);
    assert_eq!(ran.code, 1);
    for told in ["row 7: “three” is no number of stars", "row 7: “many” is no number of points", "“dua”"] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    // What the rows say and the rubric must not be is told by the check.
    fs::write(&file, template().replace("band,1,5", "band,1,50")).unwrap();
    let ran = import(&file);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error bands_not_falling /bands"), "{}", ran.err);
    assert!(matches!(serde_json::from_str::<Value>(&ran.out), Ok(Value::Object(_))));
    fs::write(&file, "no table").unwrap();
    assert!(import(&file).err.contains("there is no table"));
    assert_eq!(import(&folder.path().join("none.xlsx")).code, 1);
}

#[test]
fn translations_stand_in_columns_of_their_own() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("rubric.csv");
    fs::write(
        &file,
        "rubric,id,two\nrubric,version,1\nrubric,title,Dua\nrubric,title:en,Two\nrubric,language,id\nband,1,\"0,5\"\n\
         part_id,part,part:en,criterion_id,criterion,criterion:en,option_id,option,option:en,points\n\
         A,Bagian,Part,A.1,Kriteria,Criterion,a,Ada,There,\"1,5\"\n",
    )
    .unwrap();
    let ran = import(&file);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let rubric = ran.json();
    assert_eq!(rubric["title"], json!({"id": "Dua", "en": "Two"}));
    assert_eq!(rubric["parts"][0]["nodes"][0]["options"][0]["label"], json!({"id": "Ada", "en": "There"}));
    assert_eq!((&rubric["max"], &rubric["bands"][0]["from"]), (&json!(1.5), &json!(0.5)));
}

#[test]
fn what_a_spreadsheet_says_in_vain_is_told() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("rubric.csv");
    let told = |text: String| {
        fs::write(&file, text).unwrap();
        let ran = import(&file);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        ran.err
    };
    assert!(
        told(template().replace(",gate,", ",gates,")).contains("row 15: there is no column “gates”; there are part,")
    );
    assert!(told(template().replace(",gate,", ",gate:en,")).contains("no column “gate:en”"));
    assert!(told(template().replace(",na,", ",help:,")).contains("no column “help:”"));
    let maybe = template().replacen(",x,", ",maybe,", 1);
    assert_ne!(maybe, template());
    assert!(told(maybe).contains("“maybe” under na is neither yes nor no"));
    let other = folder.path().join("rubric");
    fs::write(&other, template()).unwrap();
    assert!(import(&other).err.contains("ends in .csv or .xlsx"));
    fs::write(&file, b"part_id,\xe9").unwrap();
    assert!(import(&file).err.contains("save it as “CSV UTF-8”"));
}

#[test]
fn sums_beyond_all_points_are_told_by_the_check() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("rubric.csv");
    let mut text = String::from("rubric,id,many\nrubric,version,1\nrubric,title,Many\nband,1,1\n");
    text.push_str("part_id,part,criterion_id,criterion,option_id,option,points\n");
    for row in 0..3_000 {
        text.push_str(&format!("A,Part,c{row},Criterion,a,Option,9999\n"));
    }
    fs::write(&file, text).unwrap();
    let ran = import(&file);
    assert_eq!(ran.code, 1);
    assert!(!ran.err.contains("panicked") && ran.err.contains("error "), "{}", ran.err);
}
