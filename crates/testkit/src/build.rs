//! Values for tests; a number makes one unlike the others.

use bintang_domain::{
    answers::Answer,
    clock::Doubt,
    digest::Digest,
    draft::{Changes, Delivery, Entry, Head, Phase, Revision, Summary},
    edit::Place,
    evidence::{Form, Photo, Proves},
    id::{AssessmentId, ChoiceId, KnockoutId, NodeId, PhotoId, RequirementId, RubricId, SubmissionId},
    log::{Line, Tail},
    outbox::{self, State},
    points::{Fraction, Points},
    subject::{Assessor, Coordinates, Stage, Subject},
    submission::Finished,
    time::Millis,
    web_address::WebAddress,
    wire::{
        envelope::{EvidenceEntry, Replaces, RubricRef},
        receipt::{FORMAT, Receipt},
    },
};

/// The moment from which all tests count.
pub const START: Millis = Millis(1_764_000_000_000);

/// The id of assessment number `n`.
#[must_use]
pub fn assessment(n: u8) -> AssessmentId {
    AssessmentId::new(START, &[n; 10])
}

/// The id of finishing number `n`.
#[must_use]
pub fn submission(n: u8) -> SubmissionId {
    SubmissionId::new(START.plus(60_000), &[n; 10])
}

/// A criterion as a place.
#[must_use]
pub fn criterion(id: &str) -> Place {
    Place::Criterion(NodeId::parse(id).unwrap())
}

/// A requirement as a place.
#[must_use]
pub fn requirement(id: &str) -> Place {
    Place::Requirement(RequirementId::parse(id).unwrap())
}

/// A knockout as a place.
#[must_use]
pub fn knockout(id: &str) -> Place {
    Place::Knockout(KnockoutId::parse(id).unwrap())
}

/// The id of an option, case or item.
#[must_use]
pub fn choice(id: &str) -> ChoiceId {
    ChoiceId::parse(id).unwrap()
}

/// The head of draft number `n`, saved `revision` times.
#[must_use]
pub fn head(n: u8, revision: u64) -> Head {
    Head {
        assessment: assessment(n),
        revision: Revision(revision),
        stage: Stage::Seleksi,
        subject: Subject {
            business: format!("Usaha “{n}” \\ \u{1F600}"),
            product: format!("Keripik {n}"),
            commodity: Some("food".to_owned()),
            ..Subject::default()
        },
        assessor: Assessor { name: "Penilai Contoh".to_owned(), office: "Dinas".to_owned() },
        rubric: RubricRef {
            id: RubricId::parse("id-ovop-food").unwrap(),
            version: "2026.1".to_owned(),
            sha256: Digest::of(b"rubric"),
        },
        return_to: Some(NodeId::parse("A.I.2").unwrap()),
        sample: false,
        again: if n == 3 { vec![criterion("A.I.1")] } else { Vec::new() },
        summary: Summary {
            answered: 3,
            asked: 39,
            unknown_requirements: 1,
            stars: 2,
            highest: 5,
            total: Fraction::new(2868, 37).unwrap(),
            max: Points::from_whole(100),
            complete: false,
            withheld: None,
        },
        started: START,
        changed: START.plus(i64::try_from(revision).unwrap()),
        log: (n == 2).then(|| Tail { number: revision, sha256: Digest::of(b"line") }),
        replaces: (n == 3).then(|| Replaces {
            id: submission(n),
            digest: Digest::of(b"sent"),
            reason: "Salah".to_owned(),
        }),
        doubt: (n == 3).then_some(Doubt::SetBack),
        phase: Phase::Draft,
    }
}

/// The head of draft number `n` as it stands after finishing.
#[must_use]
pub fn finished(n: u8, revision: u64) -> Head {
    let phase = Phase::Finished { submission: submission(n), at: START.plus(60_000), delivery: Delivery::Queued };
    Head { phase, ..head(n, revision) }
}

/// One answer of each kind, a paper there and one not, a flag, and two notes.
#[must_use]
pub fn changes() -> Changes {
    let answer = |id: &str, answer: Answer| (criterion(id), Some(Entry::Answer(answer)));
    Changes {
        answers: vec![
            answer("A.I.1", Answer::Option(choice("c"))),
            answer("C.I.1", Answer::Case(choice("irt"), choice("b"))),
            answer("B.I.3", Answer::Ticked(vec![choice("org"), choice("jobs")])),
            answer("B.II.2", Answer::Ticked(Vec::new())),
            answer("B.II.4", Answer::None),
            answer("C.I.4", Answer::NotApplicable),
            (requirement("nib"), Some(Entry::Met(true))),
            (requirement("halal"), Some(Entry::Met(false))),
            (knockout("hazard"), Some(Entry::Raised)),
        ],
        notes: vec![
            (criterion("A.I.1"), Some("Dua baris.\nBaris “kedua” \u{1F600}".to_owned())),
            (requirement("nib"), Some("NIB dilihat".to_owned())),
        ],
        log: vec![Line { number: 1, text: "satu".to_owned() }, Line { number: 2, text: "dua".to_owned() }],
        rubric: None,
    }
}

/// One changed place: the criterion `id` gets an option.
#[must_use]
pub fn chosen(id: &str, option: &str) -> Changes {
    let entry = Entry::Answer(Answer::Option(choice(option)));
    let (answers, notes) = (vec![(criterion(id), Some(entry))], vec![(criterion(id), None)]);
    Changes { answers, notes, ..Changes::default() }
}

/// The id of photo number `n`.
#[must_use]
pub fn photo_id(n: u8) -> PhotoId {
    PhotoId::new(START.plus(i64::from(n)), &[n; 10])
}

/// Photo number `n` as it is when it was just added, and its bytes.
#[must_use]
pub fn photo(n: u8) -> (Photo, Vec<u8>) {
    let bytes = vec![n; 300];
    let photo = Photo {
        id: photo_id(n),
        sha256: Digest::of(&bytes),
        media_type: "image/jpeg".to_owned(),
        bytes: 300,
        form: Form::Original,
        tries: 0,
        proves: vec![Proves { criterion: NodeId::parse("A.I.1").unwrap(), option: Some(choice("b")) }],
        taken_at: None,
        coordinates: None,
        caption: String::new(),
        added: START.plus(i64::from(n)),
        removed: None,
    };
    (photo, bytes)
}

/// Photo number `n` scaled, and its bytes.
#[must_use]
pub fn scaled(n: u8) -> (Photo, Vec<u8>) {
    let bytes = vec![n; 100];
    let (original, _) = photo(n);
    let coordinates = Coordinates { latitude: -72_345_678, longitude: 1_082_345_678, accuracy: 12, at: START };
    let photo = Photo {
        sha256: Digest::of(&bytes),
        bytes: 100,
        form: Form::Scaled,
        taken_at: Some(START),
        coordinates: Some(coordinates),
        ..original
    };
    (photo, bytes)
}

/// What finishing number `n` stores.
#[must_use]
pub fn finishing(n: u8, revision: u64) -> Finished {
    let log = Line { number: 3, text: "tiga".to_owned() };
    Finished { head: finished(n, revision), entry: entry(n), log, photos: Vec::new() }
}

/// The outbox entry of finishing number `n`.
#[must_use]
pub fn entry(n: u8) -> outbox::Entry {
    let document = format!("{{\"envelope\":{{\"n\":{n}}},\"signature\":null}}");
    outbox::Entry {
        id: submission(n),
        assessment: assessment(n),
        digest: Digest::of(document.as_bytes()),
        document,
        product: format!("Keripik {n}"),
        business: format!("Usaha {n}"),
        finished: START.plus(60_000),
        endpoint: WebAddress::parse("https://ovop.example.id/masuk").ok(),
        tries: 0,
        state: State::Waiting { until: START.plus(60_000), last: None },
    }
}

/// A receipt for an entry.
#[must_use]
pub fn receipt(entry: &outbox::Entry) -> Receipt {
    Receipt {
        format: FORMAT.to_owned(),
        id: entry.id,
        digest: entry.digest,
        evidence: Vec::new(),
        missing: Vec::new(),
        received_at: "2026-11-24T07:31:00Z".to_owned(),
        receiver: "Uji".to_owned(),
        recomputed: None,
        sender: "absent".to_owned(),
        signature: None,
    }
}

/// What an envelope says of a photo that proves the first criterion.
#[must_use]
pub fn evidence(bytes: &[u8]) -> EvidenceEntry {
    EvidenceEntry {
        sha256: Digest::of(bytes),
        media_type: "image/jpeg".to_owned(),
        bytes: bytes.len() as u64,
        criterion: NodeId::parse("A.I.1").unwrap(),
        option: None,
        taken_at: None,
        coordinates: None,
        caption: String::new(),
    }
}
