//! Files of evidence, whole or in pieces, continued where they broke off (upload contract, section 3).

use super::{CONTENT_DIGEST, Problem, Receiver, caller::Caller, current_receipt, json, unknown};
use crate::{
    evidence::{Added, Name, Part},
    tokens::Scope,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE},
    },
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::{
    digest::Digest,
    id::SubmissionId,
    wire::envelope::{Envelope, EvidenceEntry},
};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::ops::Range;
use tokio::time::{Instant, timeout_at};

/// Largest file: a photo as a phone takes it has some 10 MB.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// A file that an assessment names.
struct Asked {
    name: Name,
    entry: EvidenceEntry,
    stored: bool,
}

async fn asked(
    receiver: &Receiver,
    head: &HeaderMap,
    id: &str,
    sha256: &str,
) -> Result<(SubmissionId, Asked), Problem> {
    let caller = Caller::of(receiver, head, Scope::Upload).await?;
    let not_asked = || Problem::new(StatusCode::NOT_FOUND, "not_asked", "The assessment names no such file.");
    let id = SubmissionId::parse(id).map_err(|_| unknown())?;
    let sha256 = Digest::parse(sha256).ok_or_else(not_asked)?;
    caller.own(receiver.store.find(id).await?)?;
    let document = receiver.store.document(id).await?.ok_or_else(unknown)?;
    // It was read before it was stored.
    let (envelope, _) = Envelope::open(document.as_bytes()).map_err(|_| unknown())?;
    let entry = envelope.evidence.into_iter().find(|entry| entry.sha256 == sha256).ok_or_else(not_asked)?;
    let name = Name { assessment: envelope.assessment, sha256 };
    let mut stored = receiver.store.evidence(envelope.assessment).await?.contains(&sha256);
    if !stored && receiver.evidence.vouch(name, entry.bytes).await? {
        // The receiver was stopped between the file's name and the row.
        receiver.store.keep_evidence(name, entry.bytes, Timestamp::now().as_millisecond()).await?;
        stored = true;
    }
    Ok((id, Asked { name, entry, stored }))
}

/// Says how many bytes of a file are here.
#[utoipa::path(
    head,
    path = "/assessments/{id}/evidence/{sha256}",
    summary = "How many bytes of a photo have arrived, as Content-Length",
    params(
        ("id" = String, Path, description = "The finishing"),
        ("sha256" = String, Path, description = "The photo, by its SHA-256 in hexadecimal"),
    ),
    responses((status = 200), (status = 404, description = "`unknown_id`, `not_asked`")),
)]
pub(super) async fn arrived(
    State(receiver): State<Receiver>,
    Path((id, sha256)): Path<(String, String)>,
    head: HeaderMap,
) -> Result<Response, Problem> {
    let (_, asked) = asked(&receiver, &head, &id, &sha256).await?;
    let bytes = if asked.stored { asked.entry.bytes } else { receiver.evidence.arrived(asked.name).await? };
    Ok(([(CONTENT_LENGTH, bytes.to_string()), (CACHE_CONTROL, "no-store".to_owned())], ()).into_response())
}

/// Takes a file, or the piece of it that `Content-Range` names. 200 with the receipt once it is whole, 202 before.
#[utoipa::path(
    put,
    path = "/assessments/{id}/evidence/{sha256}",
    summary = "Sends a photo, or a piece of it",
    params(
        ("id" = String, Path, description = "The finishing"),
        ("sha256" = String, Path, description = "The photo, by its SHA-256 in hexadecimal"),
        ("Content-Range" = Option<String>, Header, description = "`bytes FIRST-LAST/ALL` of a piece"),
        ("Content-Digest" = Option<String>, Header, description = "`sha-256=:…:` of the body (RFC 9530)"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "The photo is whole; the receipt as it stands", body = serde_json::Value),
        (status = 202, description = "More is to come; the receipt as it stands", body = serde_json::Value),
        (status = 400, description = "`digest_mismatch`, `bad_range`", body = super::openapi::Refusal),
        (status = 413, description = "`too_large`", body = super::openapi::Refusal),
        (status = 416, description = "`wrong_offset`: less has arrived", body = super::openapi::Refusal),
        (status = 422, description = "`evidence_mismatch`, `other_size`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn put(
    State(receiver): State<Receiver>,
    Path((id, sha256)): Path<(String, String)>,
    head: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (id, Asked { name, entry, stored }) = asked(&receiver, &head, &id, &sha256).await?;
    if stored {
        return Ok(json(StatusCode::OK, current_receipt(&receiver, id).await?));
    }
    if entry.bytes > LARGEST_FILE {
        let detail = format!("A file may have {LARGEST_FILE} bytes.");
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail));
    }
    let range = range(&head, entry.bytes)?;
    let Some(part) = receiver.evidence.begin(name, range.start).await? else {
        let here = receiver.evidence.arrived(name).await?;
        let detail = format!("{here} bytes of this file are here; it goes on from there.");
        return Err(Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, "wrong_offset", detail));
    };
    let bytes = range.end.saturating_sub(range.start);
    let until = Instant::now() + receiver.limits.longest(bytes);
    match take(part, &head, body, (range.end, entry.bytes), until).await? {
        Added::Part(_) if range.end < entry.bytes => {
            Ok(json(StatusCode::ACCEPTED, current_receipt(&receiver, id).await?))
        }
        Added::Part(_) => {
            let detail = "Another connection brings this file too, and took some of it away as not being the file.";
            Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "busy", detail))
        }
        Added::Other => {
            let detail =
                "The bytes have another SHA-256 than the address says. Nothing was kept; please send them again.";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "evidence_mismatch", detail))
        }
        Added::Whole => {
            receiver.store.keep_evidence(name, entry.bytes, Timestamp::now().as_millisecond()).await?;
            Ok(json(StatusCode::OK, current_receipt(&receiver, id).await?))
        }
    }
}

/// The bytes that the body is: all, or those of `Content-Range: bytes FIRST-LAST/ALL` (RFC 9110, section 14.4).
fn range(head: &HeaderMap, all: u64) -> Result<Range<u64>, Problem> {
    let Some(value) = head.get(CONTENT_RANGE) else { return Ok(0..all) };
    let bad = |detail: &str| Problem::new(StatusCode::BAD_REQUEST, "bad_range", detail);
    let parsed = value.to_str().ok().and_then(|text| text.strip_prefix("bytes ")).and_then(|text| {
        let (range, size) = text.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        Some((first.parse::<u64>().ok()?, last.parse::<u64>().ok()?, size.parse::<u64>().ok()?))
    });
    let (first, last, size) =
        parsed.ok_or_else(|| bad("The Content-Range is not of the form bytes FIRST-LAST/ALL."))?;
    if size != all {
        let detail = format!("The assessment says that this file has {all} bytes.");
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "other_size", detail));
    }
    if first > last || last >= size {
        return Err(bad("The Content-Range lies outside of the file."));
    }
    Ok(first..last.saturating_add(1))
}

/// Takes the body up to `end` of a file of so many bytes, until that moment. What came before a connection broke, or before
/// the time was up, stays: the sum of the whole file judges it.
async fn take(
    mut part: Part,
    head: &HeaderMap,
    mut body: Body,
    (end, all): (u64, u64),
    until: Instant,
) -> Result<Added, Problem> {
    let mut sum = Sha256::new();
    let broken = loop {
        let data = match timeout_at(until, body.frame()).await {
            Ok(None) => break false,
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            // It broke off, stood still too long, or drips.
            Ok(Some(Err(_))) | Err(_) => break true,
        };
        let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
        if part.length().saturating_add(length) > end {
            part.take_back().await?;
            let detail = "The body has more bytes than its Content-Range says, or than the file has.";
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail));
        }
        sum.update(&data);
        part.add(&data).await?;
    };
    if broken || part.length() < end {
        // Never as a whole: it is not what was announced.
        part.keep(u64::MAX).await?;
        return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "incomplete", "The body did not arrive whole."));
    }
    if !agrees(head, &sum.finalize()) {
        part.take_back().await?;
        let detail = "The body is not the one the Content-Digest was made of. Nothing was kept.";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "digest_mismatch", detail));
    }
    Ok(part.keep(all).await?)
}

/// Whether the body has the SHA-256 of its `Content-Digest`, where there is one.
fn agrees(head: &HeaderMap, sum: &[u8]) -> bool {
    let mut sums = head.get_all(CONTENT_DIGEST).iter().flat_map(|value| value.to_str().unwrap_or_default().split(','));
    let wanted = format!("sha-256=:{}:", STANDARD.encode(sum));
    sums.all(|said| {
        let said = said.split(';').next().unwrap_or_default().trim();
        !said.starts_with("sha-256=") || said == wanted
    })
}
