//! What is stored, for those who may read: a list page by page, an assessment, its files.

use super::{Problem, Receiver, caller::Caller, json, unknown};
use crate::{
    evidence::Name,
    store::{
        Known,
        list::{Cursor, Filter, Line},
    },
    tokens::Scope,
};
use axum::{
    body::Body,
    extract::{FromRequestParts, Path, Query, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
        request::Parts,
    },
    response::{IntoResponse as _, Response},
};
use bintang_domain::{digest::Digest, id::SubmissionId, wire::envelope::Envelope};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json as value};

/// Lines of a page where nobody says how many.
const USUAL: u32 = 50;
/// Most lines of a page.
const MOST: u32 = 500;
/// Media types that a browser shows as pictures and nothing else.
const PICTURES: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/avif"];
const OTHER: &str = "application/octet-stream";

/// What a list is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    rubric: Option<String>,
    stars: Option<u8>,
    since: Option<String>,
    until: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
}

/// What the caller may read; a list or a file is never open to everybody.
async fn reader(receiver: &Receiver, head: &HeaderMap) -> Result<Caller, Problem> {
    Caller::of(receiver, head, Scope::Read).await?.named()
}

fn bad(what: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_query", format!("{what}: {detail}"))
}

fn moment(name: &str, text: Option<&String>) -> Result<Option<i64>, Problem> {
    let read = |text: &String| {
        let moment: Timestamp = text.parse().map_err(|_| bad(name, "a moment is such as 2026-11-24T07:31:00Z"))?;
        Ok(moment.as_millisecond())
    };
    text.map(read).transpose()
}

/// What a list is asked for by somebody who may read, and how many lines a page has.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) filter: Filter,
    pub(super) most: u32,
}

impl FromRequestParts<Receiver> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, receiver: &Receiver) -> Result<Self, Problem> {
        let caller = reader(receiver, &parts.headers).await?;
        let asked = Query::try_from_uri(&parts.uri);
        let Query(asked): Query<Asked> = asked.map_err(|rejected| bad("the address", &rejected.body_text()))?;
        let most = asked.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&most) {
            return Err(bad("limit", &format!("a page has 1 to {MOST} lines")));
        }
        let after =
            asked.after.map(|after| Cursor::parse(&after).ok_or_else(|| bad("after", "this is no `next` of a page")));
        let filter = Filter {
            team: caller.reads(),
            rubric: asked.rubric,
            stars: asked.stars,
            since_ms: moment("since", asked.since.as_ref())?,
            until_ms: moment("until", asked.until.as_ref())?,
            after: after.transpose()?,
        };
        Ok(Self { filter, most })
    }
}

/// A page of the list, the newest first; `next` is the `after` of the page behind it.
#[utoipa::path(
    get,
    path = "/assessments",
    summary = "A page of what is stored, the newest first",
    params(
        super::openapi::Selection,
        ("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 500"),
    ),
    responses(
        (status = 200, description = "`bintang-list/1`", body = serde_json::Value),
        (status = 400, description = "`bad_query`", body = super::openapi::Refusal),
        (status = 401, description = "`no_token`, `bad_token`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn list(State(receiver): State<Receiver>, wanted: Wanted) -> Result<Response, Problem> {
    let Wanted { filter, most } = wanted;
    // One more tells whether there is another page.
    let mut lines = receiver.store.list(&filter, most.saturating_add(1)).await?;
    let more = lines.len() > most as usize;
    lines.truncate(most as usize);
    let next = lines.last().filter(|_| more).map(|line| line.cursor().to_string());
    let lines: Vec<Value> = lines.iter().map(row).collect();
    let page = value!({"format": "bintang-list/1", "assessments": lines, "next": next});
    Ok(json(StatusCode::OK, page.to_string()))
}

/// A line of a list, as JSON.
pub(super) fn row(line: &Line) -> Value {
    value!({
        "id": line.id.to_string(),
        "assessment": line.assessment,
        "digest": line.digest,
        "received_at": line.received_at(),
        "team": line.team,
        "product": line.product,
        "business": line.business,
        "rubric": {"id": line.rubric_id, "version": line.rubric_version},
        "stars": line.stars,
        "total": line.total.map(|(num, den)| value!({"num": num, "den": den})),
        "sender": line.sender,
        "key": line.key,
    })
}

pub(super) async fn known(receiver: &Receiver, head: &HeaderMap, id: &str) -> Result<(SubmissionId, Known), Problem> {
    let caller = reader(receiver, head).await?;
    let id = SubmissionId::parse(id).map_err(|_| unknown())?;
    let known = receiver.store.find(id).await?.ok_or_else(unknown)?;
    match caller.reads() {
        Some(team) if team != known.team => Err(unknown()),
        _ => Ok((id, known)),
    }
}

/// The document of an assessment, exactly as it was received.
#[utoipa::path(
    get,
    path = "/assessments/{id}",
    summary = "An assessment exactly as it was received",
    params(("id" = String, Path, description = "The finishing")),
    responses(
        (status = 200, description = "docs/schemas/assessment.json", body = serde_json::Value),
        (status = 404, description = "`unknown_id`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn document(
    State(receiver): State<Receiver>,
    Path(id): Path<String>,
    head: HeaderMap,
) -> Result<Response, Problem> {
    let (id, _) = known(&receiver, &head, &id).await?;
    Ok(json(StatusCode::OK, receiver.store.document(id).await?.ok_or_else(unknown)?))
}

/// A file of an assessment. Whatever a phone called it, a browser shows it as a picture or offers to save it.
#[utoipa::path(
    get,
    path = "/assessments/{id}/evidence/{sha256}",
    summary = "A photo of an assessment",
    params(
        ("id" = String, Path, description = "The finishing"),
        ("sha256" = String, Path, description = "The photo, by its SHA-256 in hexadecimal"),
    ),
    responses(
        (status = 200, description = "The photo", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 404, description = "`unknown_id`, `not_stored`", body = super::openapi::Refusal),
    ),
)]
pub(super) async fn file(
    State(receiver): State<Receiver>,
    Path((id, sha256)): Path<(String, String)>,
    head: HeaderMap,
) -> Result<Response, Problem> {
    let (id, known) = known(&receiver, &head, &id).await?;
    let none = || Problem::new(StatusCode::NOT_FOUND, "not_stored", "This file is not stored here.");
    let sha256 = Digest::parse(&sha256).ok_or_else(none)?;
    let document = receiver.store.document(id).await?.ok_or_else(unknown)?;
    let (envelope, _) = Envelope::open(document.as_bytes()).map_err(|_| unknown())?;
    let entry = envelope.evidence.into_iter().find(|entry| entry.sha256 == sha256).ok_or_else(none)?;
    if !receiver.store.evidence(known.assessment).await?.contains(&sha256) {
        return Err(none());
    }
    let name = Name { assessment: known.assessment, sha256 };
    let (file, length) = receiver.evidence.read(name).await?.ok_or_else(none)?;
    let media_type = PICTURES.into_iter().find(|picture| *picture == entry.media_type).unwrap_or(OTHER);
    let fixed: [(HeaderName, HeaderValue); 4] = [
        (CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((fixed, [(CONTENT_LENGTH, length.to_string())], Body::from_stream(file)).into_response())
}
