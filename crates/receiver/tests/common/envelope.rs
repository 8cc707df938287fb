//! Envelopes of the samples' sheets.

use bintang_domain::{
    digest::Digest,
    id::{AssessmentId, NodeId, SubmissionId},
    rubric::{self, Rubric},
    score,
    subject::{Assessor, Stage, Subject},
    time::Millis,
    wire::{
        answers,
        envelope::{Envelope, EnvelopeScore, EvidenceEntry, FORMAT, NotesDocument, RubricRef, Times},
    },
};
use serde_json::Value;
use std::{fs, path::PathBuf};

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All samples: file name and content.
pub fn samples() -> Vec<(String, Value)> {
    let folder = fs::read_dir(repository().join("tests/fixtures/ovop")).unwrap();
    let mut samples: Vec<_> = folder
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let content = serde_json::from_slice(&fs::read(entry.path()).unwrap()).unwrap();
            (entry.file_name().into_string().unwrap(), content)
        })
        .collect();
    samples.sort_by(|(a, _), (b, _)| a.cmp(b));
    samples
}

/// The rubric file of that id, and what it says.
pub fn rubric(id: &str) -> (Vec<u8>, Rubric) {
    let name = id.rsplit('-').next().unwrap();
    let bytes = fs::read(repository().join(format!("public/rubrics/{name}.json"))).unwrap();
    let rubric = rubric::read(&bytes).rubric.unwrap();
    (bytes, rubric)
}

/// An envelope of a sample; `number` makes its id.
pub fn envelope(sample: &Value, number: u8) -> Envelope {
    let (bytes, rubric) = rubric(sample["rubric"]["id"].as_str().unwrap());
    let sheet = answers::read(&sample["sheet"]).unwrap();
    let score = score::score(&rubric, &sheet.answers);
    let text = |key: &str| sample["subject"][key].as_str().unwrap_or_default().to_owned();
    Envelope {
        format: FORMAT.to_owned(),
        assessment: AssessmentId::new(Millis(1_764_000_000_000), &[number; 10]),
        id: SubmissionId::new(Millis(1_764_000_100_000), &[number; 10]),
        replaces: None,
        stage: Stage::Usulan,
        subject: Subject { business: text("business"), product: text("product"), ..Subject::default() },
        assessor: Assessor { name: "Penilai Contoh".to_owned(), office: String::new() },
        rubric: RubricRef { id: rubric.id.clone(), version: rubric.version.clone(), sha256: Digest::of(&bytes) },
        sheet: answers::write(&sheet),
        notes: NotesDocument::default(),
        evidence: Vec::new(),
        signatures: Vec::new(),
        score: EnvelopeScore::new(&rubric, &score),
        times: Times {
            started: Millis(1_764_000_000_000),
            finished: Millis(1_764_000_100_000),
            monotonic_span: Some(100_000),
            clock_doubt: None,
        },
        log: None,
        app: "0.1.0".to_owned(),
    }
}

/// The envelope of the first sample of food.
pub fn food(number: u8) -> Envelope {
    let (_, sample) = samples().into_iter().find(|(name, _)| name.starts_with("food-1")).unwrap();
    envelope(&sample, number)
}

/// What an envelope says of a file that proves the first criterion.
pub fn file(bytes: &[u8], media_type: &str) -> EvidenceEntry {
    EvidenceEntry {
        sha256: Digest::of(bytes),
        media_type: media_type.to_owned(),
        bytes: bytes.len() as u64,
        criterion: NodeId::parse("A.I.1").unwrap(),
        option: None,
        taken_at: None,
        coordinates: None,
        caption: String::new(),
    }
}
