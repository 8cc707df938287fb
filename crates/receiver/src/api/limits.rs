//! How much at once, and how long: a receiver goes on answering when many come together, or when some never end.

use super::Problem;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// What a receiver bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests at once; who comes beyond that is asked to come back. Each holds up to a body of 1 MiB.
    pub at_once: usize,
    /// A body that stands still longer is given up; what came of a file stays.
    pub still: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 256, still: Duration::from_secs(30) }
    }
}

/// Lets a request in, if there is room; it has its place until its answer is made.
pub(super) async fn admit(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let Ok(_place) = places.try_acquire() else {
        let detail = "Too many send at this moment. Nothing was kept; please send it again later.";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).into_response();
    };
    next.run(request).await
}
