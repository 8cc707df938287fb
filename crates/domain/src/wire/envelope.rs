//! What is sent: the envelope `bintang-assessment/1` and the document around it (upload contract, section 1).

use super::{canonical, json::Json};
use crate::{
    digest::Digest,
    id::{AssessmentId, NodeId, SubmissionId},
    score::{Score, Withheld},
    rubric::Rubric,
    subject::{Assessor, Stage, Subject},
    time::Millis,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The value of `format`.
pub const FORMAT: &str = "bintang-assessment/1";

/// One finished assessment as it travels. All numbers are whole: points in hundredths, times in UTC milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Always [`FORMAT`].
    pub format: String,
    /// The assessment, the same through all its finishings.
    pub assessment: AssessmentId,
    /// This finishing: the idempotency key.
    pub id: SubmissionId,
    /// The finishing that this one replaces.
    pub replaces: Option<Replaces>,
    /// Where in the programme.
    pub stage: Stage,
    /// What was assessed.
    pub subject: Subject,
    /// By whom.
    pub assessor: Assessor,
    /// With which rubric.
    pub rubric: RubricRef,
    /// The answers as `bintang-answers/1`.
    pub sheet: serde_json::Value,
    /// The assessor's words.
    pub notes: NotesDocument,
    /// Files that belong to it.
    pub evidence: Vec<EvidenceEntry>,
    /// The score as the app computed it.
    pub score: EnvelopeScore,
    /// When.
    pub times: Times,
    /// Last hash of the change log.
    pub log: Option<Digest>,
    /// Version of the app.
    pub app: String,
}

/// An earlier finishing that a later one replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    /// Its id.
    pub id: SubmissionId,
    /// Its digest.
    pub digest: Digest,
    /// Why the sheet was opened again.
    pub reason: String,
}

/// A rubric as used: its name and the SHA-256 of its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RubricRef {
    /// Slug.
    pub id: crate::id::RubricId,
    /// Any text.
    pub version: String,
    /// Of the file's bytes.
    pub sha256: Digest,
}

/// Notes by what they are about. The three kinds of id may collide, so each has its own map.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NotesDocument {
    /// By criterion.
    pub criteria: BTreeMap<NodeId, String>,
    /// By requirement.
    pub requirements: BTreeMap<crate::id::RequirementId, String>,
    /// By knockout.
    pub knockouts: BTreeMap<crate::id::KnockoutId, String>,
}

/// One file that belongs to the assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceEntry {
    /// Of the file's bytes: its name.
    pub sha256: Digest,
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// Size.
    pub bytes: u64,
    /// The criterion it proves.
    pub criterion: NodeId,
    /// The option it proves.
    pub option: Option<crate::id::ChoiceId>,
    /// When it was taken.
    pub taken_at: Option<Millis>,
    /// Where it was taken.
    pub coordinates: Option<crate::subject::Coordinates>,
    /// What it shows.
    pub caption: String,
}

/// An exact number of points: `num / den`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// Numerator, in points (not hundredths).
    pub num: i64,
    /// Denominator, positive.
    pub den: i64,
}

impl From<crate::points::Fraction> for Ratio {
    /// Exact for every score the format can express within JSON's whole numbers; beyond them it is 0/0, which no
    /// reader takes for a score.
    fn from(fraction: crate::points::Fraction) -> Self {
        match (i64::try_from(fraction.num()), i64::try_from(fraction.den())) {
            (Ok(num), Ok(den)) => Self { num, den },
            _ => Self { num: 0, den: 0 },
        }
    }
}

/// The score in whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeScore {
    /// Nothing missing.
    pub complete: bool,
    /// Points.
    pub total: Ratio,
    /// Most points, in hundredths.
    pub max: i32,
    /// By part.
    pub parts: Vec<EnvelopePart>,
    /// By the bands alone.
    pub stars_by_points: u8,
    /// By the gates alone.
    pub stars_by_gates: u8,
    /// By a requirement's cap.
    pub cap: Option<u8>,
    /// `disqualify`, `stop`, `reject` or `no_award`.
    pub withheld: Option<String>,
    /// The stars.
    pub stars: u8,
    /// Whether they earn a certificate.
    pub awarded: bool,
}

/// Points of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopePart {
    /// The part.
    pub id: NodeId,
    /// Points.
    pub points: Ratio,
    /// Most points, in hundredths.
    pub max: i32,
}

/// The word for why stars are withheld.
#[must_use]
pub fn withheld_word(withheld: Withheld) -> &'static str {
    match withheld {
        Withheld::Disqualify => "disqualify",
        Withheld::Stop => "stop",
        Withheld::Reject => "reject",
        Withheld::NoAward => "no_award",
    }
}

/// Reads [`withheld_word`] back.
#[must_use]
pub fn withheld_of(word: &str) -> Option<Withheld> {
    [Withheld::Disqualify, Withheld::Stop, Withheld::Reject, Withheld::NoAward]
        .into_iter()
        .find(|withheld| withheld_word(*withheld) == word)
}

impl EnvelopeScore {
    /// The score in whole numbers.
    #[must_use]
    pub fn new(rubric: &Rubric, score: &Score) -> Self {
        Self {
            complete: score.complete,
            total: score.total.into(),
            max: rubric.max.0,
            parts: score
                .parts
                .iter()
                .map(|part| EnvelopePart { id: part.id.clone(), points: part.points.into(), max: part.max.0 })
                .collect(),
            stars_by_points: score.stars_by_points,
            stars_by_gates: score.stars_by_gates,
            cap: score.cap,
            withheld: score.withheld.map(|w| withheld_word(w).to_owned()),
            stars: score.stars,
            awarded: score.awarded,
        }
    }
}

/// When the assessment was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// First answer.
    pub started: Millis,
    /// Finish.
    pub finished: Millis,
    /// Milliseconds from start to finish by a clock that cannot be set, where one ran through.
    pub monotonic_span: Option<i64>,
    /// Why the clock is doubted.
    pub clock_doubt: Option<String>,
}

/// A document as it travels, with the digest of its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// `{"envelope":…,"signature":…}`, the envelope in its canonical form.
    pub document: String,
    /// SHA-256 of the canonical envelope.
    pub digest: Digest,
}

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// JSON pointer to what is wrong; empty for the whole.
    pub at: String,
    /// What is wrong.
    pub message: String,
}

impl Envelope {
    /// The document to send, unsigned.
    ///
    /// # Errors
    /// A number that cannot travel (larger than ±2^53−1, or not whole).
    pub fn seal(&self) -> Result<Sealed, Refused> {
        let refused = |message: String| Refused { at: "/envelope".into(), message };
        let text = serde_json::to_vec(self).map_err(|error| refused(error.to_string()))?;
        let envelope = canonical::write(&Json::parse(&text).map_err(refused)?);
        let digest = Digest::of(&envelope);
        let envelope = String::from_utf8(envelope).map_err(|error| refused(error.to_string()))?;
        Ok(Sealed { document: format!("{{\"envelope\":{envelope},\"signature\":null}}"), digest })
    }

    /// Opens a document that came from outside: checks its numbers and keys, makes the canonical form again and
    /// computes the digest from it, whatever the sender says.
    ///
    /// # Errors
    /// What is wrong and where.
    pub fn open(document: &[u8]) -> Result<(Self, Digest), Refused> {
        let json = Json::parse(document).map_err(|message| Refused { at: String::new(), message })?;
        let envelope = json
            .get("envelope")
            .ok_or_else(|| Refused { at: "/envelope".into(), message: "there is no envelope".into() })?;
        let bytes = canonical::write(envelope);
        let read: Self = serde_json::from_slice(&bytes)
            .map_err(|error| Refused { at: "/envelope".into(), message: error.to_string() })?;
        if read.format != FORMAT {
            return Err(Refused { at: "/envelope/format".into(), message: format!("the format is not {FORMAT}") });
        }
        Ok((read, Digest::of(&bytes)))
    }
}
