//! The receiver's requests: profile `bintang` of the upload contract.

mod accept;
mod caller;
mod evidence;
mod export;
mod headers;
mod limits;
mod log;
mod openapi;
mod problem;
mod read;
mod results;
mod xlsx;

pub use evidence::LARGEST_FILE;
pub use limits::Limits;
pub use problem::Problem;

use crate::{evidence::Evidence, metrics::Metrics, rubrics::Rubrics, store::Store, tokens::Scope};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State},
    http::{
        HeaderMap, HeaderName, Method, StatusCode,
        header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, RETRY_AFTER},
    },
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bintang_domain::{
    id::SubmissionId,
    wire::receipt::{self, Receipt},
};
use caller::Caller;
use std::{sync::Arc, time::Duration};
use tower_http::{
    cors::{Any, CorsLayer},
    timeout::RequestBodyTimeoutLayer,
};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Largest body: an assessment without its files has some 20 kB.
pub const LARGEST_BODY: usize = 1024 * 1024;
/// How long a browser may remember what the receiver allows.
const REMEMBERED: Duration = Duration::from_secs(3600);

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What the requests work with.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// Where assessments go.
    pub store: Store,
    /// Where their files go.
    pub evidence: Evidence,
    /// What can be reckoned again.
    pub rubrics: Arc<Rubrics>,
    /// What the receiver calls itself in its receipts.
    pub name: String,
    /// What it bears.
    pub limits: Limits,
}

/// The receiver's requests. Any page may send, none with the credentials of a browser (upload contract, section 3).
pub fn router(receiver: Receiver) -> Router {
    counted(receiver, Metrics::default())
}

/// The same, counted.
pub fn counted(receiver: Receiver, metrics: Metrics) -> Router {
    let limits = receiver.limits;
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, CONTENT_RANGE, IDEMPOTENCY_KEY, CONTENT_DIGEST])
        .expose_headers([RETRY_AFTER, ETAG, CONTENT_DIGEST])
        .max_age(REMEMBERED);
    let (documented, openapi) = OpenApiRouter::with_openapi(openapi::Description::openapi())
        .routes(routes!(receive, read::list))
        .routes(routes!(export::csv))
        .routes(routes!(export::ndjson))
        .routes(routes!(xlsx::xlsx))
        .routes(routes!(read::document))
        .routes(routes!(receipt_now))
        .routes(routes!(evidence::arrived, evidence::put, read::file))
        .split_for_parts();
    documented
        // As a person may have typed it.
        .route("/assessments/", post(receive))
        .merge(results::router())
        .merge(openapi::router(openapi))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address."))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address takes no such request.")
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(RequestBodyTimeoutLayer::new(limits.still))
        .layer(middleware::from_fn_with_state(limits::Places::of(limits), limits::admit))
        .layer(middleware::from_fn_with_state(limits::Pace::of(limits), limits::pace))
        // Whoever watches the machine is answered also when all places are taken.
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .layer(cors)
        .layer(middleware::from_fn_with_state(metrics, log::one_line))
        .with_state(receiver)
}

#[utoipa::path(
    post,
    path = "/assessments",
    summary = "Sends a finished assessment",
    request_body(content = serde_json::Value, content_type = "application/json",
        description = "`{\"envelope\":…,\"signature\":…}` (docs/schemas/assessment.json), at most 1 MiB"),
    params(
        ("Content-Digest" = Option<String>, Header, description = "`sha-256=:…:` of the body (RFC 9530)"),
        ("Idempotency-Key" = Option<String>, Header, description = "The id of the finishing, in quotes"),
    ),
    responses(
        (status = 201, description = "Its receipt: it is stored", body = serde_json::Value),
        (status = 200, description = "It was stored before: the same receipt", body = serde_json::Value),
        (status = 400, description = "`digest_mismatch`, `not_json`", body = openapi::Refusal),
        (status = 409, description = "`conflict`: something else is stored under this id", body = openapi::Refusal),
        (status = 422, description = "`bad_envelope`, `bad_sheet`, `bad_replaces`", body = openapi::Refusal),
    ),
)]
async fn receive(State(receiver): State<Receiver>, head: HeaderMap, request: Request) -> Result<Response, Problem> {
    // Before the body: nobody unknown keeps the receiver reading.
    let caller = Caller::of(&receiver, &head, Scope::Upload).await?;
    let body = Bytes::from_request(request, &()).await.map_err(|rejected| Problem::of_body(rejected.status()))?;
    let (status, receipt) = accept::accept(&receiver, &caller, &head, &body).await?;
    Ok(json(status, receipt))
}

#[utoipa::path(
    get,
    path = "/assessments/{id}/receipt",
    summary = "The receipt as it stands: which photos are stored, and which are missing",
    params(("id" = String, Path, description = "The finishing")),
    responses(
        (status = 200, description = "`bintang-receipt/1`", body = serde_json::Value),
        (status = 404, description = "`unknown_id`", body = openapi::Refusal),
    ),
)]
async fn receipt_now(
    State(receiver): State<Receiver>,
    Path(id): Path<String>,
    head: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&receiver, &head, Scope::Upload).await?;
    let id = SubmissionId::parse(&id).map_err(|_| unknown())?;
    caller.own(receiver.store.find(id).await?)?;
    Ok(json(StatusCode::OK, current_receipt(&receiver, id).await?))
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown_id", "No assessment with this id is stored here.")
}

/// The receipt as it stands: that of the first answer, with the files that have come since.
async fn current_receipt(receiver: &Receiver, id: SubmissionId) -> Result<String, Problem> {
    let known = receiver.store.find(id).await?.ok_or_else(unknown)?;
    let mut receipt = receipt::stored(known.receipt.as_bytes()).map_err(|_| internal())?;
    if !receipt.missing.is_empty() {
        let here = receiver.store.evidence(known.assessment).await?;
        (receipt.evidence, receipt.missing) = receipt.missing.into_iter().partition(|sum| here.contains(sum));
    }
    signed(receiver, receipt)
}

/// A receipt as it is given: signed, and the same bytes for the same receipt.
fn signed(receiver: &Receiver, receipt: Receipt) -> Result<String, Problem> {
    let signature = receiver.store.receipt_key().sign(receipt.to_sign().as_bytes());
    serde_json::to_string(&receipt.signed(&signature)).map_err(|_| internal())
}

fn internal() -> Problem {
    tracing::error!("a receipt could not be read or written");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The receiver failed. Nothing was kept.")
}

/// Whether the receiver lives: what restarts it where it does not.
async fn healthz() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// Whether it can store: what sends phones to another one where it cannot.
async fn readyz(State(receiver): State<Receiver>) -> Result<Response, Problem> {
    receiver.store.alive().await?;
    receiver.evidence.alive().await?;
    Ok(([(CACHE_CONTROL, "no-store")], "ok\n").into_response())
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text).into_response()
}
