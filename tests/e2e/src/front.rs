//! What may stand between a phone and a receiver.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::sync::{
    Arc,
    atomic::{AtomicU8, AtomicU64, Ordering},
};

/// What answers in the receiver's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Front {
    /// Nothing: the receiver itself.
    Clear,
    /// The login page of a Wi-Fi: every request is answered with 200 and HTML, and no page may read it.
    Portal,
    /// The same from a proxy that allows every page to read it.
    ReadablePortal,
    /// A server that fails: 500.
    Broken,
}

const LOGIN: &str = "<!doctype html><title>Wi-Fi</title><form>Masuk</form>";
const ALLOW: [(&str, &str); 3] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, POST"),
    ("access-control-allow-headers", "content-type, content-digest, idempotency-key"),
];

/// Which front stands, and how often it answered an upload.
#[derive(Debug, Clone, Default)]
pub struct Switch {
    front: Arc<AtomicU8>,
    posts: Arc<AtomicU64>,
}

impl Switch {
    /// Puts a front before the receiver.
    pub fn set(&self, front: Front) {
        self.front.store(front as u8, Ordering::SeqCst);
        self.posts.store(0, Ordering::SeqCst);
    }

    /// How many uploads and questions before uploads were answered since the front was put there.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.posts.load(Ordering::SeqCst)
    }
}

/// Answers in the receiver's place, or lets it answer.
pub async fn stand(State(switch): State<Switch>, request: Request, next: Next) -> Response {
    let asks = request.method() == Method::OPTIONS;
    if asks || request.method() == Method::POST {
        switch.posts.fetch_add(1, Ordering::SeqCst);
    }
    let login = || (StatusCode::OK, [(CONTENT_TYPE, "text/html")], Body::from(LOGIN)).into_response();
    let front = switch.front.load(Ordering::SeqCst);
    if front == Front::Portal as u8 {
        login()
    } else if front == Front::ReadablePortal as u8 {
        readable(login())
    } else if front == Front::Broken as u8 {
        // A browser that asks first must be let through to see the failure.
        let status = if asks { StatusCode::NO_CONTENT } else { StatusCode::INTERNAL_SERVER_ERROR };
        readable(status.into_response())
    } else {
        next.run(request).await
    }
}

fn readable(mut response: Response) -> Response {
    for (name, value) in ALLOW {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
