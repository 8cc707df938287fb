//! The examples in `docs/examples` are, byte for byte, what the app sends.
//!
//! `BINTANG_WRITE_EXAMPLES=1` writes them anew, to be looked at and committed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    answers::Answers,
    digest::Digest,
    draft::{Draft, Head},
    edit::{Notes, Place as NotePlace},
    id::{AssessmentId, NodeId, RequirementId, SubmissionId},
    rubric,
    score::score,
    signature::{Role, Signature, Stroke},
    subject::{Assessor, Coordinates, Place, RegionCodes, Stage, Subject},
    submission::{Finish, Finished},
    time::Millis,
    wire::{
        self,
        envelope::{Envelope, EvidenceEntry, Replaces, RubricRef, Sealed},
    },
};
use bintang_testkit::build;
use serde_json::Value;
use std::{fs, path::PathBuf};

/// 2026-11-02 03:15:00 UTC, when the examples' assessments begin.
const BEGIN: Millis = Millis(1_793_589_300_000);

const MINUTE: i64 = 60_000;

fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The envelope of a sample, as finishing makes it.
fn finished(sample: &str, group: &str, id: SubmissionId, minutes: i64, notes: Notes) -> Envelope {
    let sample: Value =
        serde_json::from_slice(&fs::read(file(&format!("tests/fixtures/ovop/{sample}.json"))).unwrap()).unwrap();
    let bytes = fs::read(file(&format!("public/rubrics/{group}.json"))).unwrap();
    let rubric = rubric::read(&bytes).rubric.unwrap();
    let answers: Answers = wire::answers::read(&sample["sheet"]).unwrap().answers;
    let text = |name: &str| sample["subject"][name].as_str().unwrap_or("").to_owned();
    let head = Head {
        assessment: AssessmentId::new(BEGIN, b"assessment"),
        rubric: RubricRef { id: rubric.id.clone(), version: rubric.version.clone(), sha256: Digest::of(&bytes) },
        stage: Stage::Seleksi,
        subject: Subject {
            business: text("business"),
            owner: String::new(),
            product: text("product"),
            commodity: rubric.commodity.clone(),
            sentra: sample["subject"]["sentra"].as_str().map(str::to_owned),
            place: Place {
                village: format!("{}, {}", text("village"), text("regency")),
                codes: None,
                coordinates: None,
            },
            nib: None,
            phone: None,
        },
        started: BEGIN,
        ..build::head(1, 1)
    };
    let score = score(&rubric, &answers);
    let finish = Finish {
        id,
        now: BEGIN.plus(minutes * MINUTE),
        monotonic_span: None,
        assessor: Assessor { name: "Penilai contoh".to_owned(), office: "Tim seleksi (contoh)".to_owned() },
        endpoint: None,
        app: "0.1.0".to_owned(),
        photos: Vec::new(),
        signatures: Vec::new(),
    };
    let head = Head { log: None, ..head };
    let Finished { entry, .. } = Draft { head, answers, notes }.finalise(&rubric, &score, finish).unwrap();
    Envelope::open(entry.document.as_bytes()).unwrap().0
}

fn notes(about: &[(NotePlace, &str)]) -> Notes {
    let mut notes = Notes::new();
    for (place, text) in about {
        notes.insert(place.clone(), (*text).to_owned());
    }
    notes
}

/// A first finishing, with all that the app itself does not know yet left `null` or empty.
fn first() -> Envelope {
    let criterion = NotePlace::Criterion(NodeId::parse("A.I.1").unwrap());
    let notes =
        notes(&[(criterion, "Bahan dari kebun sendiri, \"talas beneng\"; nota 3 × 25 kg dilihat.\nFoto menyusul.")]);
    finished("food-1-keripik-talas", "food", SubmissionId::new(BEGIN.plus(95 * MINUTE), b"finishing1"), 95, notes)
}

/// The same assessment finished again, in the place of the first.
fn again() -> Envelope {
    let first = first();
    let digest = first.seal().unwrap().digest;
    let id = SubmissionId::new(BEGIN.plus(180 * MINUTE), b"finishing2");
    let envelope = finished("food-1-keripik-talas", "food", id, 180, Notes::new());
    let replaces = Replaces { id: first.id, digest, reason: "Catatan dihapus atas permintaan pemilik.".to_owned() };
    Envelope { replaces: Some(replaces), ..envelope }
}

/// Every key filled.
fn full() -> Envelope {
    let id = SubmissionId::new(BEGIN.plus(140 * MINUTE), b"finishing3");
    let paper = NotePlace::Requirement(RequirementId::parse("nib").unwrap());
    let envelope =
        finished("plaiting-1-rotan-asal-bahan", "plaiting", id, 140, notes(&[(paper, "NIB dilihat aslinya.")]));
    let coordinates = Coordinates { latitude: -72_345_678, longitude: 1_082_345_678, accuracy: 12, at: BEGIN };
    let code = str::to_owned;
    let mut subject = envelope.subject.clone();
    (subject.nib, subject.phone) = (Some("1234567890123".to_owned()), Some("+62 812 3456 7890".to_owned()));
    subject.owner = "Pemilik (contoh)".to_owned();
    subject.place.codes = Some(RegionCodes {
        province: code("32"),
        regency: code("32.06"),
        district: code("32.06.16"),
        village: code("32.06.16.2001"),
    });
    subject.place.coordinates = Some(coordinates);
    let evidence = EvidenceEntry {
        sha256: Digest::of(b"the bytes of a photo"),
        media_type: "image/jpeg".to_owned(),
        bytes: 20,
        criterion: NodeId::parse("A.I.1").unwrap(),
        option: Some(build::choice("b")),
        taken_at: Some(BEGIN.plus(20 * MINUTE)),
        coordinates: Some(coordinates),
        caption: "Ikatan rotan di gudang".to_owned(),
    };
    let signature = |role, name: &str, strokes| Signature {
        role,
        name: name.to_owned(),
        at: BEGIN.plus(135 * MINUTE),
        sheet: Digest::of(b"the sheet that was signed"),
        strokes,
    };
    let signatures = vec![
        signature(Role::Assessor, "Penilai contoh", vec![Stroke(vec![(120, 260), (310, 90), (420, 300)])]),
        signature(Role::Maker, "Pemilik (contoh)", Vec::new()),
    ];
    let mut times = envelope.times.clone();
    times.monotonic_span = Some(140 * MINUTE);
    times.clock_doubt = Some("set_back".to_owned());
    Envelope { subject, evidence: vec![evidence], signatures, times, log: Some(Digest::of(b"change log")), ..envelope }
}

#[test]
fn the_examples_are_what_the_app_sends() {
    let table = fs::read_to_string(file("docs/assessment.md")).unwrap();
    let mut rows = Vec::new();
    for (name, envelope) in [("first", first()), ("again", again()), ("full", full())] {
        let Sealed { document, digest } = envelope.seal().unwrap();
        let path = file(&format!("docs/examples/{name}.json"));
        if std::env::var_os("BINTANG_WRITE_EXAMPLES").is_some() {
            fs::write(&path, &document).unwrap();
        }
        let example = fs::read(&path).unwrap_or_default();
        assert!(example == document.as_bytes(), "{}: BINTANG_WRITE_EXAMPLES=1 writes it anew", path.display());
        assert_eq!(Envelope::open(&example), Ok((envelope, digest)), "{name}");
        rows.push(format!("| [{name}.json](examples/{name}.json) | `{digest}` |"));
    }
    let missing: Vec<_> = rows.into_iter().filter(|row| !table.contains(row)).collect();
    assert_eq!(missing, Vec::<String>::new(), "docs/assessment.md tells the digests");
}

#[test]
fn the_full_example_leaves_nothing_empty() {
    fn empty(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Null => found.push(at.to_owned()),
            Value::String(text) if text.is_empty() => found.push(at.to_owned()),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(i, item)| empty(item, &format!("{at}/{i}"), found))
            }
            Value::Object(members) => members.iter().for_each(|(k, item)| empty(item, &format!("{at}/{k}"), found)),
            _ => {}
        }
    }
    let document: Value = serde_json::from_slice(&fs::read(file("docs/examples/full.json")).unwrap()).unwrap();
    let mut found = Vec::new();
    empty(&document, "", &mut found);
    // One finishing cannot both replace another, hold stars back and be signed.
    assert_eq!(found, ["/envelope/replaces", "/envelope/score/withheld", "/signature"]);
}
