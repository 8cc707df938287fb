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
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::watch;

/// What answers in the receiver's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Front {
    /// Nothing: the receiver itself.
    #[default]
    Clear,
    /// The login page of a Wi-Fi: every request is answered with 200 and HTML, and no page may read it.
    Portal,
    /// The same from a proxy that allows every page to read it.
    ReadablePortal,
    /// A server that fails: 500.
    Broken,
    /// A server that takes assessments and fails at their files: 500.
    NoFiles,
    /// A slow network: an upload is held until another front is put there, and is answered by that one.
    Slow,
    /// A gateway that hears nothing from the receiver: an upload is held until another front is put there, and is
    /// answered with 504.
    Hanging,
}

const LOGIN: &str = "<!doctype html><title>Wi-Fi</title><form>Masuk</form>";
const ALLOW: [(&str, &str); 3] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, HEAD, POST, PUT"),
    ("access-control-allow-headers", "content-type, content-range, content-digest, idempotency-key"),
];

/// Which front stands, and how often it was asked.
#[derive(Debug, Clone, Default)]
pub struct Switch {
    front: watch::Sender<Front>,
    posts: Arc<AtomicU64>,
    held: Arc<AtomicU64>,
}

impl Switch {
    /// Puts a front before the receiver.
    pub fn set(&self, front: Front) {
        self.posts.store(0, Ordering::SeqCst);
        self.front.send_replace(front);
    }

    /// How many uploads and questions before uploads have come since the front was put there.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.posts.load(Ordering::SeqCst)
    }

    /// How many uploads are held now.
    #[must_use]
    pub fn held(&self) -> u64 {
        self.held.load(Ordering::SeqCst)
    }

    /// Holds an upload while this front stands; the one that stands then.
    async fn hold(&self, front: Front) -> Front {
        self.held.fetch_add(1, Ordering::SeqCst);
        let after = self.front.subscribe().wait_for(|now| *now != front).await.map_or(front, |now| *now);
        self.held.fetch_sub(1, Ordering::SeqCst);
        after
    }
}

/// Answers in the receiver's place, or lets it answer.
pub async fn stand(State(switch): State<Switch>, request: Request, next: Next) -> Response {
    let (asks, uploads) = (request.method() == Method::OPTIONS, request.method() == Method::POST);
    if asks || uploads {
        switch.posts.fetch_add(1, Ordering::SeqCst);
    }
    let login = || (StatusCode::OK, [(CONTENT_TYPE, "text/html")], Body::from(LOGIN)).into_response();
    // A browser that asks first must be let through to see the failure.
    let fails = |status| readable(if asks { StatusCode::NO_CONTENT } else { status }.into_response());
    let mut front = *switch.front.borrow();
    if front == Front::Slow && uploads {
        front = switch.hold(front).await;
    }
    let of_file = [Method::HEAD, Method::PUT].contains(request.method());
    match front {
        Front::NoFiles if of_file => fails(StatusCode::INTERNAL_SERVER_ERROR),
        Front::Clear | Front::Slow | Front::NoFiles => next.run(request).await,
        Front::Portal => login(),
        Front::ReadablePortal => readable(login()),
        Front::Broken => fails(StatusCode::INTERNAL_SERVER_ERROR),
        Front::Hanging => {
            if uploads {
                switch.hold(front).await;
            }
            fails(StatusCode::GATEWAY_TIMEOUT)
        }
    }
}

fn readable(mut response: Response) -> Response {
    for (name, value) in ALLOW {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
