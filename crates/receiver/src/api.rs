//! The receiver's requests: profile `bintang` of the upload contract.
//!
//! Evidence files come with later work: a receipt names them as missing until then. Signatures are kept with the
//! document and not looked at: `sender` says `absent`, which is all this version can vouch for.

mod accept;
mod headers;
mod log;
mod problem;

pub use problem::Problem;

use crate::{rubrics::Rubrics, store::Store};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State, rejection::BytesRejection},
    http::{
        HeaderMap, HeaderName, Method, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER},
    },
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bintang_domain::id::SubmissionId;
use std::{sync::Arc, time::Duration};
use tower_http::cors::{Any, CorsLayer};

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
    /// What can be reckoned again.
    pub rubrics: Arc<Rubrics>,
    /// What the receiver calls itself in its receipts.
    pub name: String,
}

/// The receiver's requests. Any page may send, none with credentials (upload contract, section 3).
pub fn router(receiver: Receiver) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([CONTENT_TYPE, IDEMPOTENCY_KEY, CONTENT_DIGEST])
        .expose_headers([RETRY_AFTER, ETAG, CONTENT_DIGEST])
        .max_age(REMEMBERED);
    Router::new()
        .route("/assessments", post(receive))
        // As a person may have typed it.
        .route("/assessments/", post(receive))
        .route("/assessments/{id}/receipt", get(receipt))
        .route("/healthz", get(healthz))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address."))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address takes no such request.")
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(cors)
        .layer(middleware::from_fn(log::one_line))
        .with_state(receiver)
}

async fn receive(
    State(receiver): State<Receiver>,
    head: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|rejected| Problem::of_body(rejected.status()))?;
    let (status, receipt) = accept::accept(&receiver, &head, &body).await?;
    Ok(json(status, receipt))
}

async fn receipt(State(receiver): State<Receiver>, Path(id): Path<String>) -> Result<Response, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "unknown_id", "No assessment with this id is stored here.");
    let id = SubmissionId::parse(&id).map_err(|_| unknown())?;
    let known = receiver.store.find(id).await?.ok_or_else(unknown)?;
    Ok(json(StatusCode::OK, known.receipt))
}

async fn healthz(State(receiver): State<Receiver>) -> Result<Response, Problem> {
    receiver.store.alive().await?;
    Ok(([(CACHE_CONTROL, "no-store")], "ok\n").into_response())
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text).into_response()
}
