//! How much at once, how often and how long: a receiver goes on answering when many come together, when one asks without
//! end, or when some never end.

use super::{LARGEST_BODY, Problem, caller::asker};
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header::AUTHORIZATION},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use bintang_domain::digest::Digest;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{
    num::{NonZeroU32, NonZeroU64},
    sync::Arc,
    time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};

/// What a receiver bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests at once; who comes beyond that is asked to come back. Each holds up to a body of 1 MiB.
    pub at_once: usize,
    /// A body that stands still longer is given up; what came of a file stays.
    pub still: Duration,
    /// How long any request may take, beside what a slow network needs for its body: one that drips is given up too.
    pub least: Duration,
    /// Bytes of a body that must have come in each second, in the long run: half of what the app waits for, on a network of
    /// the second generation.
    pub slowest: NonZeroU64,
    /// Requests a second of one token in the long run; all that have none count as one.
    pub a_second: NonZeroU32,
    /// Requests of one token at a stretch before that counts: a phone that was away for weeks brings hundreds of photos.
    pub burst: NonZeroU32,
}

/// Seconds of requests that may come at a stretch.
const STRETCH: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);

impl Limits {
    /// So many requests at once, and of each token so many a second in the long run, and those of 20 seconds at a stretch.
    #[must_use]
    pub fn of(at_once: usize, a_second: NonZeroU32) -> Self {
        let slowest = NonZeroU64::MIN.saturating_add(7_999);
        Self {
            slowest,
            at_once,
            still: Duration::from_secs(30),
            least: Duration::from_secs(120),
            a_second,
            burst: a_second.saturating_mul(STRETCH),
        }
    }
}

impl Limits {
    /// How long a body of so many bytes may take.
    pub(super) fn longest(&self, bytes: u64) -> Duration {
        self.least.saturating_add(Duration::from_secs(bytes / self.slowest))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::of(256, NonZeroU32::MIN.saturating_add(99))
    }
}

/// The places there are, and how long each may be kept.
#[derive(Debug, Clone)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    limits: Limits,
}

impl Places {
    pub(super) fn of(limits: Limits) -> Self {
        Self { free: Arc::new(Semaphore::new(limits.at_once)), limits }
    }
}

/// Lets a request in, if there is room; it has its place until its answer is made, or it has taken too long: a body that
/// drips would keep it for ever.
pub(super) async fn admit(State(places): State<Places>, request: Request, next: Next) -> Response {
    let Ok(_place) = places.free.try_acquire() else {
        let detail = "Too many send at this moment. Nothing was kept; please send it again later.";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).into_response();
    };
    // A file's body has a time of its own, at the end of which what came of it is kept. What a head says of its length is
    // only what it says.
    if request.method() == Method::PUT {
        return next.run(request).await;
    }
    timeout(places.limits.longest(LARGEST_BODY as u64), next.run(request)).await.unwrap_or_else(|_| {
        let detail = "The body came too slowly. Nothing was kept; please send it again.";
        Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", detail).into_response()
    })
}

/// How often each token asked in the last seconds; the sum of what it said stands for it.
#[derive(Debug, Clone)]
pub(super) struct Pace(Arc<DefaultKeyedRateLimiter<Digest>>);

/// Tokens that are remembered before those that have not asked lately are forgotten.
const REMEMBERED: usize = 10_000;

impl Pace {
    pub(super) fn of(limits: Limits) -> Self {
        Self(Arc::new(RateLimiter::keyed(Quota::per_second(limits.a_second).allow_burst(limits.burst))))
    }
}

/// Lets a request in, if its token has not asked too often.
pub(super) async fn pace(State(Pace(pace)): State<Pace>, request: Request, next: Next) -> Response {
    let asker = asker(request.headers().get(AUTHORIZATION));
    if pace.len() > REMEMBERED {
        pace.retain_recent();
    }
    if pace.check_key(&asker).is_err() {
        let detail = "This token asks too often. Nothing was kept; please send it again later.";
        return Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_often", detail).into_response();
    }
    next.run(request).await
}
