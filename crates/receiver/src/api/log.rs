//! One line a request: what was asked and what came of it, and the same counted. No body, no header, no address of a
//! person.

use crate::metrics::Metrics;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use std::time::Instant;

/// Logs and counts method, route, status and time.
pub(super) async fn one_line(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    metrics.answered(method.as_str(), &route, status, took);
    tracing::info!(%method, route, status, took = took.as_millis(), "request");
    response
}
