//! From a body to a receipt.

use super::{Problem, Receiver, caller::Caller, current_receipt, headers, internal, signed};
use crate::{
    sender::Signer,
    store::{Stored, Submission},
};
use axum::http::{HeaderMap, StatusCode};
use bintang_domain::{
    answers::{AnswerError, Sheet},
    digest::Digest,
    score::{self, Score},
    wire::{
        self,
        envelope::{Envelope, Opened, Refused},
        receipt::{FORMAT, Receipt, Recomputed},
    },
};
use jiff::Timestamp;
use serde::de::IgnoredAny;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Checks, stores and answers: 201 with a new receipt, 200 with the one given before.
pub(super) async fn accept(
    receiver: &Receiver,
    caller: &Caller,
    head: &HeaderMap,
    body: &[u8],
) -> Result<(StatusCode, String), Problem> {
    headers::content_digest(head, body)?;
    headers::media_type(head)?;
    let Opened { envelope, canonical, digest, signature } =
        Opened::read(body).map_err(|refused| unreadable(body, refused))?;
    headers::idempotency_key(head, envelope.id)?;
    let judged = match reckon(receiver, &envelope) {
        Ok(reckoned) => replaces(receiver, caller, &envelope).await.map(|()| reckoned),
        Err(problem) => Err(problem),
    };
    let reckoned = match judged {
        Ok(reckoned) => reckoned,
        // What is stored is not judged again: a rubric or an earlier finishing may have come here since, and the phone
        // that never got its receipt must still get it.
        Err(problem) => return stored(receiver, caller, &envelope, digest).await?.ok_or(problem),
    };
    let now = Timestamp::now();
    let signer = Signer::of(&signature, &canonical);
    let first = receipt(receiver, &envelope, digest, reckoned.as_ref(), now);
    let (id, subject, rubric) = (envelope.id, &envelope.subject, &envelope.rubric);
    let submission = Submission {
        id,
        assessment: envelope.assessment,
        digest,
        // It was read as JSON, which is UTF-8.
        document: str::from_utf8(body).map_err(|_| internal())?.to_owned(),
        receipt: first.clone(),
        received_at_ms: now.as_millisecond(),
        product: subject.product.clone(),
        business: subject.business.clone(),
        rubric_id: rubric.id.to_string(),
        rubric_version: rubric.version.clone(),
        rubric_sha256: rubric.sha256,
        team: caller.team().to_owned(),
        reckoned: reckoned.map(|reckoned| (reckoned.stars, reckoned.total.num, reckoned.total.den)),
        assessor: envelope.assessor.name.clone(),
        signer,
    };
    // Nothing was looked up before: of two that come at once, and of two that come one after the other, the insert decides.
    match receiver.store.put(&submission).await? {
        Stored::New(sender) if first.missing.is_empty() => {
            let receipt = Receipt { sender: sender.word().to_owned(), ..first };
            Ok((StatusCode::CREATED, signed(receiver, receipt)?))
        }
        // Files of an earlier finishing may be here.
        Stored::New(_) => Ok((StatusCode::CREATED, current_receipt(receiver, id).await?)),
        // Its files are another team's too: a receipt would tell which of them are here.
        Stored::Repeated | Stored::Conflict => {
            stored(receiver, caller, &envelope, digest).await?.ok_or_else(|| conflict().at("/envelope/assessment"))
        }
    }
}

/// The receipt of what is stored under its id already, if this is the same and the caller's, or was nobody's.
async fn stored(
    receiver: &Receiver,
    caller: &Caller,
    envelope: &Envelope,
    digest: Digest,
) -> Result<Option<(StatusCode, String)>, Problem> {
    let Some(known) = receiver.store.find(envelope.id).await? else { return Ok(None) };
    if !caller.shares(&known.team) {
        return Err(conflict());
    }
    let nobodys = known.team.is_empty();
    known.receipt_for(digest).ok_or_else(conflict)?;
    if nobodys && !caller.team().is_empty() && !receiver.store.adopt(envelope.id, caller.team()).await? {
        // Another team was quicker, a moment ago.
        let known = receiver.store.find(envelope.id).await?;
        if !known.is_some_and(|known| caller.shares(&known.team)) {
            return Err(conflict());
        }
    }
    Ok(Some((StatusCode::OK, current_receipt(receiver, envelope.id).await?)))
}

fn conflict() -> Problem {
    let detail = "Another assessment is stored under this id, or another team's. Nothing was changed.";
    Problem::new(StatusCode::CONFLICT, "conflict", detail).at("/envelope/id")
}

fn unreadable(body: &[u8], refused: Refused) -> Problem {
    if serde_json::from_slice::<IgnoredAny>(body).is_err() {
        return Problem::new(
            StatusCode::BAD_REQUEST,
            "not_json",
            format!("The body is not JSON: {}.", refused.message),
        );
    }
    Problem::new(UNPROCESSABLE, "bad_envelope", refused.message).at(refused.at)
}

/// The score with our own copy of the rubric; `None` where there is none. The sheet's form is checked in any case.
fn reckon(receiver: &Receiver, envelope: &Envelope) -> Result<Option<Recomputed>, Problem> {
    let sheet = wire::answers::read(&envelope.sheet).map_err(|errors| bad_sheet(&errors))?;
    let Some(rubric) = receiver.rubrics.get(&envelope.rubric) else {
        return if names_its_rubric(&sheet, envelope) { Ok(None) } else { Err(other_rubric()) };
    };
    let errors = sheet.check(rubric);
    if !errors.is_empty() {
        return Err(bad_sheet(&errors));
    }
    let Score { total, stars, .. } = score::score(rubric, &sheet.answers);
    Ok(Some(Recomputed { total: total.into(), stars }))
}

fn names_its_rubric(sheet: &Sheet, envelope: &Envelope) -> bool {
    sheet.rubric == envelope.rubric.id && sheet.version == envelope.rubric.version
}

fn other_rubric() -> Problem {
    let detail = "The sheet names another rubric than the envelope.";
    Problem::new(UNPROCESSABLE, "bad_sheet", detail).at("/envelope/sheet/rubric")
}

/// All faults in words, the first with its place.
fn bad_sheet(errors: &[AnswerError]) -> Problem {
    const MOST: usize = 5;
    let mut words: Vec<&str> = errors.iter().take(MOST).map(|error| error.message.as_str()).collect();
    let rest = errors.len().saturating_sub(MOST);
    let more = format!("And {rest} more.");
    if rest > 0 {
        words.push(&more);
    }
    let first = errors.first().map_or("", |error| &error.at);
    Problem::new(UNPROCESSABLE, "bad_sheet", words.join(" ")).at(format!("/envelope/sheet{first}"))
}

/// What is replaced must be the caller's own, the same assessment with that digest, where it is stored here: an earlier
/// finishing may have been withdrawn before it was ever sent.
async fn replaces(receiver: &Receiver, caller: &Caller, envelope: &Envelope) -> Result<(), Problem> {
    let Some(earlier) = &envelope.replaces else { return Ok(()) };
    match receiver.store.find(earlier.id).await? {
        Some(known)
            if !caller.shares(&known.team)
                || known.digest != earlier.digest.to_string()
                || known.assessment != envelope.assessment =>
        {
            let detail = "What is stored under the replaced id is not what this assessment says it replaces.";
            Err(Problem::new(UNPROCESSABLE, "bad_replaces", detail).at("/envelope/replaces"))
        }
        _ => Ok(()),
    }
}

fn receipt(
    receiver: &Receiver,
    envelope: &Envelope,
    digest: Digest,
    recomputed: Option<&Recomputed>,
    now: Timestamp,
) -> Receipt {
    let mut missing: Vec<Digest> = envelope.evidence.iter().map(|file| file.sha256).collect();
    missing.sort_unstable();
    missing.dedup();
    Receipt {
        format: FORMAT.to_owned(),
        id: envelope.id,
        digest,
        evidence: Vec::new(),
        missing,
        received_at: Timestamp::from_second(now.as_second()).unwrap_or(now).to_string(),
        receiver: receiver.name.clone(),
        recomputed: recomputed.cloned(),
        sender: String::new(),
        signature: None,
    }
}
