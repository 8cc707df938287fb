//! Records as they stand in the browser's store: JSON texts, so that any tool can read them and a damaged one can be
//! told from a whole one.

use super::envelope::{RubricRef, withheld_of, withheld_word};
use crate::{
    draft::{Delivery, Entry, Head, Phase, Revision, Summary},
    edit::Place,
    id::{AssessmentId, KnockoutId, NodeId, RequirementId, SubmissionId},
    outbox,
    points::{Fraction, Points},
    subject::{Assessor, Stage, Subject},
    time::Millis,
    wire::receipt::Receipt,
};
use serde::{Deserialize, Serialize};

/// The head as stored.
#[derive(Serialize, Deserialize)]
struct HeadRecord {
    assessment: AssessmentId,
    revision: u64,
    stage: Stage,
    subject: Subject,
    assessor: Assessor,
    rubric: RubricRef,
    return_to: Option<NodeId>,
    summary: SummaryRecord,
    started: Millis,
    changed: Millis,
    finished: Option<FinishedRecord>,
}

#[derive(Serialize, Deserialize)]
struct SummaryRecord {
    answered: u32,
    asked: u32,
    unknown_requirements: u32,
    stars: u8,
    highest: u8,
    total: Fraction,
    max: i32,
    complete: bool,
    withheld: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct FinishedRecord {
    submission: SubmissionId,
    at: Millis,
    delivery: DeliveryRecord,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeliveryRecord {
    Queued,
    Attention,
    Proved,
}

fn text<T: Serialize>(record: &T) -> String {
    // Every record here is made of texts, numbers and lists with text keys: writing it cannot fail.
    serde_json::to_string(record).unwrap_or_default()
}

/// The head as text.
#[must_use]
pub fn write_head(head: &Head) -> String {
    let finished = match head.phase {
        Phase::Draft => None,
        Phase::Finished { submission, at, delivery } => Some(FinishedRecord {
            submission,
            at,
            delivery: match delivery {
                Delivery::Queued => DeliveryRecord::Queued,
                Delivery::Attention => DeliveryRecord::Attention,
                Delivery::Proved => DeliveryRecord::Proved,
            },
        }),
    };
    text(&HeadRecord {
        assessment: head.assessment,
        revision: head.revision.0,
        stage: head.stage,
        subject: head.subject.clone(),
        assessor: head.assessor.clone(),
        rubric: head.rubric.clone(),
        return_to: head.return_to.clone(),
        summary: SummaryRecord {
            answered: head.summary.answered,
            asked: head.summary.asked,
            unknown_requirements: head.summary.unknown_requirements,
            stars: head.summary.stars,
            highest: head.summary.highest,
            total: head.summary.total,
            max: head.summary.max.0,
            complete: head.summary.complete,
            withheld: head.summary.withheld.map(|w| withheld_word(w).to_owned()),
        },
        started: head.started,
        changed: head.changed,
        finished,
    })
}

/// Reads a head; `None` when it is damaged.
#[must_use]
pub fn read_head(text: &str) -> Option<Head> {
    let record: HeadRecord = serde_json::from_slice(text.as_bytes()).ok()?;
    let withheld = match record.summary.withheld {
        None => None,
        Some(word) => Some(withheld_of(&word)?),
    };
    Some(Head {
        assessment: record.assessment,
        revision: Revision(record.revision),
        stage: record.stage,
        subject: record.subject,
        assessor: record.assessor,
        rubric: record.rubric,
        return_to: record.return_to,
        summary: Summary {
            answered: record.summary.answered,
            asked: record.summary.asked,
            unknown_requirements: record.summary.unknown_requirements,
            stars: record.summary.stars,
            highest: record.summary.highest,
            total: record.summary.total,
            max: Points(record.summary.max),
            complete: record.summary.complete,
            withheld,
        },
        started: record.started,
        changed: record.changed,
        phase: record.finished.map_or(Phase::Draft, |finished| Phase::Finished {
            submission: finished.submission,
            at: finished.at,
            delivery: match finished.delivery {
                DeliveryRecord::Queued => Delivery::Queued,
                DeliveryRecord::Attention => Delivery::Attention,
                DeliveryRecord::Proved => Delivery::Proved,
            },
        }),
    })
}

const CRITERION: &str = "criterion/";
const REQUIREMENT: &str = "requirement/";
const KNOCKOUT: &str = "knockout/";

/// A place as the second half of a record's key.
#[must_use]
pub fn write_place(place: &Place) -> String {
    match place {
        Place::Criterion(id) => format!("{CRITERION}{id}"),
        Place::Requirement(id) => format!("{REQUIREMENT}{id}"),
        Place::Knockout(id) => format!("{KNOCKOUT}{id}"),
    }
}

/// Reads [`write_place`] back; `None` when it is damaged.
#[must_use]
pub fn read_place(key: &str) -> Option<Place> {
    if let Some(id) = key.strip_prefix(CRITERION) {
        NodeId::parse(id).ok().map(Place::Criterion)
    } else if let Some(id) = key.strip_prefix(REQUIREMENT) {
        RequirementId::parse(id).ok().map(Place::Requirement)
    } else {
        KnockoutId::parse(key.strip_prefix(KNOCKOUT)?).ok().map(Place::Knockout)
    }
}

/// An answer record as text.
#[must_use]
pub fn write_entry(entry: &Entry) -> String {
    match entry {
        Entry::Answer(answer) => super::answers::write_answer(answer).to_string(),
        Entry::Met(met) => met.to_string(),
        Entry::Raised => true.to_string(),
    }
}

/// Reads the answer record of `place`; `None` when it is damaged.
#[must_use]
pub fn read_entry(place: &Place, text: &str) -> Option<Entry> {
    let value: serde_json::Value = serde_json::from_slice(text.as_bytes()).ok()?;
    match place {
        Place::Criterion(_) => super::answers::read_answer(&value).ok().map(Entry::Answer),
        Place::Requirement(_) => value.as_bool().map(Entry::Met),
        Place::Knockout(_) => (value == true).then_some(Entry::Raised),
    }
}

/// An outbox entry as text.
#[must_use]
pub fn write_outbox(entry: &outbox::Entry) -> String {
    text(entry)
}

/// Reads an outbox entry; `None` when it is damaged.
#[must_use]
pub fn read_outbox(text: &str) -> Option<outbox::Entry> {
    serde_json::from_slice(text.as_bytes()).ok()
}

/// A receipt as text.
#[must_use]
pub fn write_receipt(receipt: &Receipt) -> String {
    text(receipt)
}

/// Reads a receipt; `None` when it is damaged.
#[must_use]
pub fn read_receipt(text: &str) -> Option<Receipt> {
    serde_json::from_slice(text.as_bytes()).ok()
}

/// Everything stored of one assessment, readable or not, as a file for a person to keep or send to somebody who can mend
/// it: `{"format":"bintang-export/1","key","head","answers","notes"}`, the records as the texts they are stored as.
#[must_use]
pub fn write_export(
    key: &str,
    head: Option<String>,
    answers: Vec<(String, Option<String>)>,
    notes: Vec<(String, Option<String>)>,
) -> String {
    let map = |records: Vec<(String, Option<String>)>| -> serde_json::Value {
        records.into_iter().map(|(place, text)| (place, text.map_or(serde_json::Value::Null, Into::into))).collect()
    };
    serde_json::json!({
        "format": "bintang-export/1", "key": key, "head": head, "answers": map(answers), "notes": map(notes),
    })
    .to_string()
}
