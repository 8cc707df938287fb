//! `bintang schema`: the JSON Schemas of the documents that Bintang reads and writes.

use anyhow::Result;
use bintang_domain::wire::schema;
use std::{io::Write, process::ExitCode};

/// Which schema.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The document.
    document: Document,
}

/// A document with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Document {
    /// What is uploaded, `bintang-assessment/1`.
    Assessment,
    /// One assessor's answers, `bintang-answers/1`.
    Answers,
    /// A rubric, `bintang-rubric/1`.
    Rubric,
    /// The sheets of a panel, `bintang-panel/1`.
    Panel,
}

impl Document {
    fn schema(self) -> String {
        let schema = match self {
            Self::Assessment => schema::assessment(),
            Self::Answers => schema::answers(),
            Self::Rubric => schema::rubric(),
            Self::Panel => schema::panel(),
        };
        format!("{schema:#}\n")
    }
}

/// Prints it.
///
/// # Errors
/// The output cannot be written.
pub fn print(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    out.write_all(arguments.document.schema().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

    use super::*;
    use clap::ValueEnum as _;
    use serde_json::{Value, json};
    use std::{fs, path::PathBuf};

    fn docs() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs")
    }

    fn example(name: &str) -> Value {
        serde_json::from_slice(&fs::read(docs().join("examples").join(name)).unwrap()).unwrap()
    }

    #[test]
    fn the_schemas_in_docs_are_those_of_the_types() {
        for document in Document::value_variants() {
            let name = document.to_possible_value().unwrap().get_name().to_owned();
            let path = docs().join(format!("schemas/{name}.json"));
            let written = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                written == document.schema(),
                "cargo run -p bintang-cli -- schema {name} > {} makes them agree",
                path.display()
            );
        }
    }

    #[test]
    fn the_schema_takes_the_examples_and_refuses_what_differs_from_them() {
        let schema = jsonschema::validator_for(&schema::assessment()).unwrap();
        for name in ["first.json", "again.json", "full.json"] {
            let faults: Vec<_> = schema.iter_errors(&example(name)).map(|fault| fault.to_string()).collect();
            assert_eq!(faults, Vec::<String>::new(), "{name}");
        }
        let full = example("full.json");
        for (pointer, wrong) in [
            ("/envelope/format", json!("bintang-assessment/2")),
            ("/envelope/id", json!("1")),
            ("/envelope/stage", json!("akhir")),
            ("/envelope/log", json!("ABC")),
            ("/envelope/score/withheld", json!("later")),
            ("/envelope/score/total/den", json!(0)),
            ("/envelope/score/total/num", json!(0.5)),
            ("/envelope/score/stars", json!(-1)),
            ("/envelope/times/finished", json!(9_007_199_254_740_992_i64)),
            ("/envelope/subject/place/coordinates/latitude", json!(900_000_001)),
            ("/envelope/sheet/answers", json!({"A.I.1": {"option": "a", "none": true}})),
            ("/envelope/sheet/answers", json!({"no id": {"option": "a"}})),
            ("/envelope/notes/criteria", json!({"A.I.1": 1})),
            ("/envelope/evidence/0/bytes", json!(-1)),
            ("/signature", json!({"alg": "none"})),
        ] {
            let mut document = full.clone();
            *document.pointer_mut(pointer).unwrap() = wrong;
            assert!(!schema.is_valid(&document), "{pointer}");
        }
    }

    #[test]
    fn every_key_of_the_envelope_is_asked_for() {
        let schema = jsonschema::validator_for(&schema::assessment()).unwrap();
        let full = example("full.json");
        for object in
            ["", "/envelope", "/envelope/subject", "/envelope/score", "/envelope/times", "/envelope/evidence/0"]
        {
            // What came to the format later may be left out (docs/assessment.md).
            let keys = full.pointer(object).unwrap().as_object().unwrap().keys();
            for key in keys.filter(|key| !["nib", "phone"].contains(&key.as_str())) {
                let mut document = full.clone();
                document.pointer_mut(object).unwrap().as_object_mut().unwrap().remove(key);
                assert!(!schema.is_valid(&document), "{object}/{key}");
            }
        }
    }

    fn shipped() -> Vec<Value> {
        let folder = docs().join("../public/rubrics");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let rubrics: Vec<Value> = files.map(|file| serde_json::from_slice(&fs::read(file).unwrap()).unwrap()).collect();
        assert_eq!(rubrics.len(), 5);
        rubrics
    }

    /// Every place in a value.
    fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    pointers(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), all);
                }
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(place, value)| pointers(value, &format!("{at}/{place}"), all));
            }
            _ => {}
        }
    }

    #[test]
    fn schema_and_reader_agree_on_the_form_of_a_rubric() {
        use bintang_domain::rubric::{ProblemCode as Code, read};
        let schema = jsonschema::validator_for(&schema::rubric()).unwrap();
        let starter: Value = serde_json::from_str(include_str!("new/starter.json")).unwrap();
        for rubric in shipped().into_iter().chain([starter.clone()]) {
            let faults: Vec<String> = schema.iter_errors(&rubric).map(|fault| fault.to_string()).collect();
            assert_eq!(faults, Vec::<String>::new());
        }
        // The starter has every kind of thing; each place of it is taken away, and filled with what does not belong there.
        let mut places = Vec::new();
        pointers(&starter, "", &mut places);
        let wrong = [json!(null), json!(true), json!(-5), json!(0.125), json!("?"), json!([]), json!([1]), json!({})];
        let mut refused = 0;
        for place in places.iter().filter(|place| !place.is_empty()) {
            let (parent, name) = place.rsplit_once('/').unwrap();
            let mut broken: Vec<Value> = Vec::new();
            let mut without = starter.clone();
            if let Value::Object(members) = without.pointer_mut(parent).unwrap() {
                members.remove(name);
                broken.push(without);
            }
            for value in &wrong {
                let mut changed = starter.clone();
                *changed.pointer_mut(place).unwrap() = value.clone();
                broken.push(changed);
            }
            for rubric in broken {
                let form = |code: Code| {
                    use Code::{
                        BadId, BadValue, MissingField, NoBands, PointsOutOfRange, PointsTooFine, WrongFormat, WrongType,
                    };
                    let of_form = [
                        BadId,
                        BadValue,
                        MissingField,
                        NoBands,
                        PointsOutOfRange,
                        PointsTooFine,
                        WrongFormat,
                        WrongType,
                    ];
                    of_form.contains(&code)
                };
                let problems = read(rubric.to_string().as_bytes()).problems;
                let faulty = problems.iter().any(|problem| form(problem.code));
                let differs = format!("{place}: {problems:?} {:?}", schema.iter_errors(&rubric).next());
                assert_eq!(schema.is_valid(&rubric), !faulty, "{differs}");
                refused += usize::from(faulty);
            }
        }
        assert!(refused > 500, "{refused}");
    }

    #[test]
    fn schema_and_reader_agree_on_the_form_of_a_panel() {
        let schema = jsonschema::validator_for(&schema::panel()).unwrap();
        let sheet = example("first.json")["envelope"]["sheet"].clone();
        let panel = json!({
            "format": "bintang-panel/1", "rubric": {"id": "id-ovop-food", "version": "2026.1"}, "members": 3,
            "sheets": [{"assessor": "a", "role": "chair", "sheet": sheet},
                {"assessor": "b", "role": "member", "left_out": "conflict", "reason": "x"}],
            "chair": {"confirm": ["hazard"], "lift": [{"knockout": "hazard", "reason": "x"}], "close": {"reason": "x"}},
        });
        let faults: Vec<String> = schema.iter_errors(&panel).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new());
        for (pointer, value) in [
            ("/format", json!("x")),
            ("/members", json!(0)),
            ("/members", json!("3")),
            ("/sheets", json!({})),
            ("/sheets/0/role", json!("guest")),
            ("/sheets/1/left_out", json!("asleep")),
            ("/chair/lift/0/reason", json!(" ")),
            ("/chair/close", json!({})),
            ("/rubric", json!({"id": "id-ovop-food"})),
        ] {
            let mut changed = panel.clone();
            *changed.pointer_mut(pointer).unwrap() = value;
            assert!(!schema.is_valid(&changed), "{pointer}");
            let rubric =
                bintang_domain::rubric::read(include_bytes!("../../../public/rubrics/food.json")).rubric.unwrap();
            let read = bintang_domain::wire::panel::read(&changed)
                .and_then(|read| bintang_domain::panel::verdict(&rubric, &read));
            assert!(read.is_err(), "{pointer}");
        }
    }

    #[test]
    fn the_answers_in_an_example_are_answers() {
        let schema = jsonschema::validator_for(&schema::answers()).unwrap();
        let example = example("first.json");
        assert!(schema.is_valid(&example["envelope"]["sheet"]));
        assert!(!schema.is_valid(&example["envelope"]));
    }
}
