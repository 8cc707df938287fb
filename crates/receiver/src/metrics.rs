//! What the receiver did, counted, for whoever watches it (OpenMetrics, as Prometheus reads it). Nothing here names a person,
//! a team or an assessment.

use axum::{
    Router,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse as _, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{fmt, sync::Arc, time::Duration};

/// Bounds of the times of requests, in seconds: a receipt takes milliseconds, a photo over a bad network a minute.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 120.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The counts. Clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Counts>);

struct Counts {
    registry: Registry,
    requests: Family<Asked, Counter>,
    seconds: Family<Route, Histogram>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("bintang");
        let requests = Family::<Asked, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(BOUNDS));
        registry.register("requests", "Requests that were answered", requests.clone());
        let help = "Time until a request was answered";
        registry.register_with_unit("request_duration", help, Unit::Seconds, seconds.clone());
        Self(Arc::new(Counts { registry, requests, seconds }))
    }
}

impl Metrics {
    /// Counts a request that was answered. Routes are those of the program, never what somebody asked for.
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        // Whatever somebody calls a method is a method of HTTP; only these are ours.
        let own = ["GET", "HEAD", "POST", "PUT", "OPTIONS"].into_iter().find(|own| *own == method);
        let (method, route) = (own.unwrap_or("other").to_owned(), route.to_owned());
        self.0.seconds.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        self.0.requests.get_or_create(&Asked { method, route, status }).inc();
    }

    /// `/metrics`, for a listener of its own: who watches the receiver is not who sends to it.
    pub fn router(&self) -> Router {
        let counts = self.0.clone();
        Router::new().route("/metrics", get(async move || exposition(&counts)))
    }
}

fn exposition(counts: &Counts) -> Response {
    let mut text = String::new();
    // Writing into a text does not fail.
    let _ = encode(&mut text, &counts.registry);
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-store")], text).into_response()
}
