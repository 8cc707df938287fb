//! One line a request: what was asked and what came of it. No body, no header, no address of a person.

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use std::time::Instant;

/// Logs method, route, status and time.
pub(super) async fn one_line(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let took = begun.elapsed().as_millis();
    tracing::info!(%method, route, status = response.status().as_u16(), took, "request");
    response
}
