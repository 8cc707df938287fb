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
}

impl Document {
    fn schema(self) -> String {
        let schema = match self {
            Self::Assessment => schema::assessment(),
            Self::Answers => schema::answers(),
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
            for key in full.pointer(object).unwrap().as_object().unwrap().keys() {
                let mut document = full.clone();
                document.pointer_mut(object).unwrap().as_object_mut().unwrap().remove(key);
                assert!(!schema.is_valid(&document), "{object}/{key}");
            }
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
