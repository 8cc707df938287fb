//! A host that behaves as Google's does for its scripts.

use anyhow::Result;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path as At, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, LOCATION},
    },
    response::{IntoResponse as _, Response},
    routing::any,
};
use bintang_domain::wire::envelope::Envelope;
use bintang_receiver::run;
use serde_json::Value;
use std::{
    collections::HashMap,
    future::pending,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{net::TcpListener, task::spawn_blocking};

/// A host that behaves as Google's does: it answers no question beforehand, takes plain text alone, and says what its
/// script said at another address, to which it redirects (302).
///
/// # Errors
/// No port is free.
pub async fn script(says: impl Fn(&Value) -> String + Send + Sync + 'static) -> Result<String> {
    let says: Says = Arc::new(says);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let answers: Answers = Arc::default();
    let other = TcpListener::bind("127.0.0.1:0").await?;
    let content = other.local_addr()?;
    let router = Router::new()
        .route("/macros/s/{secret}/exec", any(execute))
        .with_state((says, answers.clone(), content))
        .layer(DefaultBodyLimit::disable());
    let echo = Router::new().route("/macros/echo/{number}", any(echo)).with_state(answers);
    tokio::spawn(run(listener, router, pending()));
    tokio::spawn(run(other, echo, pending()));
    Ok(format!("http://{address}/macros/s/AKfyPandan/exec"))
}

/// What a script says of a document.
type Says = Arc<dyn Fn(&Value) -> String + Send + Sync>;
type Answers = Arc<Mutex<HashMap<usize, String>>>;

async fn execute(
    State((says, answers, content)): State<(Says, Answers, SocketAddr)>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let said = match method {
        Method::GET => "{\"receiver\":\"script\"}".to_owned(),
        Method::POST => match serde_json::from_slice(&body) {
            // A script takes as long as it takes.
            Ok(document) => spawn_blocking(move || says(&document)).await.unwrap_or_default(),
            Err(_) => "<title>Error</title>".to_owned(),
        },
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    // Whatever goes along would go to the other host too.
    if headers.contains_key("authorization") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let number = {
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        let number = answers.len();
        answers.insert(number, said);
        number
    };
    let to = format!("http://{content}/macros/echo/{number}");
    // A page reads the other host's answer only where this one lets it in too (Fetch, "HTTP-redirect fetch").
    let head = [(LOCATION, to.as_str()), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (StatusCode::FOUND, head, "<title>Moved Temporarily</title>").into_response()
}

async fn echo(State(answers): State<Answers>, At(number): At<usize>, method: Method) -> Response {
    // A redirect of this kind is followed by GET.
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let said = answers.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
    ([(ACCESS_CONTROL_ALLOW_ORIGIN, "*")], said.unwrap_or_default()).into_response()
}

/// Proves what it was sent.
pub fn proving(document: &Value) -> String {
    let Some(envelope) = document.get("envelope") else { return String::new() };
    let Ok((_, digest)) =
        Envelope::open(serde_json::json!({"envelope": envelope, "signature": null}).to_string().as_bytes())
    else {
        return r#"{"status":422,"code":"bad_envelope","title":"No assessment."}"#.to_owned();
    };
    let mut sums = Vec::new();
    for file in document.get("files").and_then(|files| files.as_array()).into_iter().flatten() {
        sums.extend(file.get("sha256").cloned());
    }
    serde_json::json!({"id": envelope.get("id"), "digest": digest.to_string(), "evidence": sums}).to_string()
}
