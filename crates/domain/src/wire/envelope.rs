//! What is sent: the envelope `bintang-assessment/1` and the document around it (upload contract, section 1).

pub use super::form::Refused;

use super::{
    canonical, es256,
    form::{Form as _, object, serialize},
    json,
};
use crate::{
    digest::Digest,
    es256::{Es256, Said},
    id::{AssessmentId, NodeId, SubmissionId},
    map::Map,
    rubric::Rubric,
    score::{Score, Withheld},
    signature::Signature,
    subject::{Assessor, Coordinates, Place, RegionCodes, Stage, Subject},
    time::Millis,
};

/// The value of `format`.
pub const FORMAT: &str = "bintang-assessment/1";

/// One finished assessment as it travels. All numbers are whole: points in hundredths, times in UTC milliseconds.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Envelope {
    /// Always `bintang-assessment/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = FORMAT)))]
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
    #[cfg_attr(feature = "schema", schemars(with = "crate::answers::Sheet"))]
    pub sheet: serde_json::Value,
    /// The assessor's words.
    pub notes: NotesDocument,
    /// Files that belong to it.
    pub evidence: Vec<EvidenceEntry>,
    /// Who signed; each names the sheet that it signs by its sum ([`crate::signature::sum`]).
    pub signatures: Vec<Signature>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Replaces {
    /// Its id.
    pub id: SubmissionId,
    /// Its digest.
    pub digest: Digest,
    /// Why the sheet was opened again.
    pub reason: String,
}

/// A rubric as used: its name and the SHA-256 of its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RubricRef {
    /// Slug.
    pub id: crate::id::RubricId,
    /// Any text.
    pub version: String,
    /// Of the file's bytes.
    pub sha256: Digest,
}

/// Notes by what they are about. The three kinds of id may collide, so each has its own map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotesDocument {
    /// By criterion.
    pub criteria: Map<NodeId, String>,
    /// By requirement.
    pub requirements: Map<crate::id::RequirementId, String>,
    /// By knockout.
    pub knockouts: Map<crate::id::KnockoutId, String>,
}

/// One file that belongs to the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    pub coordinates: Option<Coordinates>,
    /// What it shows.
    pub caption: String,
}

/// An exact number of points: `num / den`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ratio {
    /// Numerator, in points (not hundredths).
    pub num: i64,
    /// Denominator, positive.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::schema::Withheld>"))]
    pub withheld: Option<String>,
    /// The stars.
    pub stars: u8,
    /// Whether they earn a certificate.
    pub awarded: bool,
}

/// Points of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Times {
    /// When the sheet was begun.
    pub started: Millis,
    /// Finish.
    pub finished: Millis,
    /// Milliseconds from start to finish by a clock that cannot be set, where one ran through.
    pub monotonic_span: Option<i64>,
    /// Why the clock is doubted.
    pub clock_doubt: Option<String>,
}

/// What stands around the envelope of a document that is not signed yet.
const UNSIGNED: (&str, &str) = ("{\"envelope\":", ",\"signature\":null}");

/// A document that came from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What it says.
    pub envelope: Envelope,
    /// Its canonical form, as reckoned here: what a digest and a signature are of.
    pub canonical: String,
    /// SHA-256 of that.
    pub digest: Digest,
    /// The signature that it says it has.
    pub signature: Said,
}

/// A document as it travels, with the digest of its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// `{"envelope":…,"signature":…}`, the envelope in its canonical form.
    pub document: String,
    /// SHA-256 of the canonical envelope.
    pub digest: Digest,
}

object! {
    Envelope {
        format, assessment, id, replaces, stage, subject, assessor, rubric, sheet, notes, evidence, signatures, score,
        times, log, app,
    }
}
object! { Replaces { id, digest, reason } }
object! { Place { village, codes, coordinates } }
object! { RegionCodes { province, regency, district, village } }
object! { Coordinates { latitude, longitude, accuracy, at } }
object! { Assessor { name, office } }
object! { RubricRef { id, version, sha256 } }
object! { NotesDocument { criteria, requirements, knockouts } }
object! { EvidenceEntry { sha256, media_type, bytes, criterion, option, taken_at, coordinates, caption } }
object! {
    EnvelopeScore {
        complete, total, max, parts, stars_by_points, stars_by_gates, cap, withheld, stars, awarded,
    }
}
object! { EnvelopePart { id, points, max } }
object! { Ratio { num, den } }
object! { Times { started, finished, monotonic_span, clock_doubt } }
serialize! { Ratio }

/// A position as a value, for the change log.
#[must_use]
pub fn coordinates(place: &Coordinates) -> serde_json::Value {
    place.write()
}

impl Envelope {
    /// The document to send, unsigned.
    ///
    /// # Errors
    /// A number that cannot travel (larger than ±2^53−1, or not whole).
    pub fn seal(&self) -> Result<Sealed, Refused> {
        let envelope = canonical::write(&self.write());
        json::read_exact(envelope.as_bytes()).map_err(|message| Refused { at: "/envelope".to_owned(), message })?;
        let digest = Digest::of(envelope.as_bytes());
        Ok(Sealed { document: [UNSIGNED.0, &envelope, UNSIGNED.1].concat(), digest })
    }

    /// Opens a document that came from outside: checks its numbers and keys, makes the canonical form again and
    /// computes the digest from it, whatever the sender says.
    ///
    /// # Errors
    /// What is wrong and where.
    pub fn open(document: &[u8]) -> Result<(Self, Digest), Refused> {
        Opened::read(document).map(|opened| (opened.envelope, opened.digest))
    }
}

/// What is signed of a document that is not signed yet: its canonical envelope.
#[must_use]
pub fn to_sign(document: &str) -> Option<&str> {
    document.strip_prefix(UNSIGNED.0)?.strip_suffix(UNSIGNED.1)
}

/// The same document, signed.
#[must_use]
pub fn signed(document: &str, signature: &Es256) -> Option<String> {
    let signature = canonical::write(&signature.write());
    Some([UNSIGNED.0, to_sign(document)?, ",\"signature\":", &signature, "}"].concat())
}

/// The signature that a document says it has, and what it must be over.
#[must_use]
pub fn signature_of(document: &str) -> (Said, String) {
    let document = json::read(document.as_bytes()).ok();
    let content = document.as_ref().and_then(|document| document.get("envelope")).map(canonical::write);
    (document.as_ref().map_or(Said::Unreadable, es256::said), content.unwrap_or_default())
}

impl Opened {
    /// As [`Envelope::open`], with what a signature is checked with.
    ///
    /// # Errors
    /// What is wrong and where.
    pub fn read(document: &[u8]) -> Result<Self, Refused> {
        let document = json::read_exact(document).map_err(Refused::new)?;
        let envelope =
            document.get("envelope").ok_or_else(|| Refused::new("there is no envelope").within("envelope"))?;
        let read = Envelope::read(envelope).map_err(|refused| refused.within("envelope"))?;
        if read.format != FORMAT {
            let message = ["the format is not ", FORMAT].concat();
            return Err(Refused::new(message).within("format").within("envelope"));
        }
        let canonical = canonical::write(envelope);
        let digest = Digest::of(canonical.as_bytes());
        Ok(Self { envelope: read, canonical, digest, signature: es256::said(&document) })
    }
}
