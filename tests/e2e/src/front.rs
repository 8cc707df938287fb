//! What may stand between a phone and a receiver.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::sync::{
    Arc, Mutex, PoisonError,
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
    /// A receiver that refuses the first assessment that comes, whenever it comes again, and takes all others: 422.
    RefusesOne,
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
    /// The key of the assessment that is refused.
    refused: Arc<Mutex<Option<HeaderValue>>>,
    /// What the last upload said of itself and of whoever sent it.
    head: Arc<Mutex<HeaderMap>>,
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

    /// What stood in the head of the last upload.
    #[must_use]
    pub fn head(&self) -> HeaderMap {
        self.head.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether this upload is the one that is refused: the first that came, by its key.
    fn refuses(&self, head: &HeaderMap) -> bool {
        let Some(key) = head.get("idempotency-key") else { return false };
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.get_or_insert_with(|| key.clone()) == key
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
    if uploads {
        *switch.head.lock().unwrap_or_else(PoisonError::into_inner) = request.headers().clone();
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
        Front::RefusesOne if uploads && switch.refuses(request.headers()) => {
            let problem = r#"{"status":422,"code":"bad_sheet","title":"Unprocessable","detail":"Rubrik dicabut"}"#;
            let head = [(CONTENT_TYPE, "application/problem+json")];
            readable((StatusCode::UNPROCESSABLE_ENTITY, head, problem).into_response())
        }
        Front::Clear | Front::Slow | Front::NoFiles | Front::RefusesOne => next.run(request).await,
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
