//! The receiver's requests: profile `bintang` of the upload contract.
//!
//! Signatures are kept with the document and not looked at: `sender` says `absent`, which is all this version can vouch
//! for.

mod accept;
mod caller;
mod evidence;
mod export;
mod headers;
mod limits;
mod log;
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
    routing::{get, head, post},
};
use bintang_domain::{id::SubmissionId, wire::receipt};
use caller::Caller;
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use tower_http::{
    cors::{Any, CorsLayer},
    timeout::RequestBodyTimeoutLayer,
};

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
    Router::new()
        .route("/assessments", post(receive).get(read::list))
        .route("/assessments.csv", get(export::csv))
        .route("/assessments.ndjson", get(export::ndjson))
        .route("/assessments.xlsx", get(xlsx::xlsx))
        // As a person may have typed it.
        .route("/assessments/", post(receive))
        .route("/assessments/{id}", get(read::document))
        .route("/assessments/{id}/receipt", get(receipt_now))
        .route("/assessments/{id}/evidence/{sha256}", head(evidence::arrived).put(evidence::put).get(read::file))
        .merge(results::router())
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address."))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address takes no such request.")
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(RequestBodyTimeoutLayer::new(limits.still))
        .layer(middleware::from_fn_with_state(Arc::new(Semaphore::new(limits.at_once)), limits::admit))
        .layer(middleware::from_fn_with_state(limits::Pace::of(limits), limits::pace))
        // Whoever watches the machine is answered also when all places are taken.
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .layer(cors)
        .layer(middleware::from_fn_with_state(metrics, log::one_line))
        .with_state(receiver)
}

async fn receive(State(receiver): State<Receiver>, head: HeaderMap, request: Request) -> Result<Response, Problem> {
    // Before the body: nobody unknown keeps the receiver reading.
    let caller = Caller::of(&receiver, &head, Scope::Upload).await?;
    let body = Bytes::from_request(request, &()).await.map_err(|rejected| Problem::of_body(rejected.status()))?;
    let (status, receipt) = accept::accept(&receiver, &caller, &head, &body).await?;
    Ok(json(status, receipt))
}

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
    serde_json::to_string(&receipt).map_err(|_| internal())
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
