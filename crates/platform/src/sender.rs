//! Sending assessments and their files, with the browser's fetch: profile `bintang` of the upload contract.

use crate::window::window;
use bintang_domain::{
    digest::Digest,
    outbox::{Entry, SendError},
    ports::{Pending, Piece, Sender},
    wire::{
        problem::ProblemDocument,
        receipt::{self, Receipt},
    },
};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response, Window,
};

/// A try that takes longer is given up: slow networks answer a few kB well within it, and bring a piece of a photo.
const TIMEOUT: i32 = 60_000;
/// A receipt is a few hundred bytes; a body beyond this is none.
const LARGEST_ANSWER: usize = 1 << 20;

/// Profile `bintang` of the upload contract over fetch.
#[derive(Debug, Clone, Copy, Default)]
pub struct FetchSender;

/// What is asked.
struct Ask {
    method: &'static str,
    url: String,
    heads: Vec<(&'static str, String)>,
    body: Option<JsValue>,
}

struct Answer {
    status: u16,
    retry_after: Option<i64>,
    /// `Content-Length`, which any page may read.
    length: Option<u64>,
    body: Vec<u8>,
}

impl Sender for FetchSender {
    fn send(&self, entry: &Entry) -> Pending<Result<Receipt, SendError>> {
        let entry = entry.clone();
        Box::pin(async move {
            let endpoint = entry.endpoint.as_ref().ok_or(SendError::NoEndpoint)?;
            let ask = Ask {
                method: "POST",
                url: endpoint.url().to_owned(),
                heads: heads(&entry, "application/json", entry.document.as_bytes()),
                body: Some(entry.document.as_str().into()),
            };
            receipt_of(&answer(ask).await?, &entry)
        })
    }

    fn arrived(&self, entry: &Entry, file: Digest) -> Pending<Result<u64, SendError>> {
        let url = url(entry, file);
        Box::pin(async move {
            let answer = answer(Ask { method: "HEAD", url: url?, heads: Vec::new(), body: None }).await?;
            match answer.status {
                200..=299 => Ok(answer.length.unwrap_or_default()),
                // A server that knows no HEAD, or nothing of this file yet, hears it from the beginning.
                404 | 405 | 501 => Ok(0),
                status => Err(SendError::of_status(status, answer.retry_after, None, None)),
            }
        })
    }

    fn send_piece(&self, entry: &Entry, piece: Piece) -> Pending<Result<Receipt, SendError>> {
        let entry = entry.clone();
        Box::pin(async move {
            let Piece { file, media_type, at, all, bytes } = piece;
            let mut heads = heads(&entry, &media_type, &bytes);
            let end = at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            heads.push(("Content-Range", format!("bytes {at}-{}/{all}", end.saturating_sub(1))));
            let body = Some(Uint8Array::from(bytes.as_slice()).into());
            receipt_of(&answer(Ask { method: "PUT", url: url(&entry, file)?, heads, body }).await?, &entry)
        })
    }
}

fn url(entry: &Entry, file: Digest) -> Result<String, SendError> {
    let endpoint = entry.endpoint.as_ref().ok_or(SendError::NoEndpoint)?;
    Ok(endpoint.below(&format!("{}/evidence/{file}", entry.id)))
}

fn heads(entry: &Entry, media_type: &str, body: &[u8]) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Type", media_type.to_owned()),
        ("Idempotency-Key", format!("\"{}\"", entry.id)),
        ("Content-Digest", content_digest(body)),
    ]
}

/// The answer as a receipt for exactly this entry.
fn receipt_of(answer: &Answer, entry: &Entry) -> Result<Receipt, SendError> {
    if !matches!(answer.status, 200..=202) {
        let problem = ProblemDocument::read(&answer.body);
        let (code, detail) = problem.map_or((None, None), |problem| (Some(problem.code), problem.detail));
        return Err(SendError::of_status(answer.status, answer.retry_after, code, detail));
    }
    receipt::check(&answer.body, entry.id, entry.digest).map_err(|reason| match reason.into() {
        SendError::NotAReceipt { .. } => SendError::NotAReceipt { status: answer.status },
        error => error,
    })
}

async fn answer(ask: Ask) -> Result<Answer, SendError> {
    let window = window().ok_or(SendError::Offline)?;
    let abort = AbortController::new().map_err(|_| SendError::Offline)?;
    let init = RequestInit::new();
    init.set_method(ask.method);
    if let Some(body) = &ask.body {
        init.set_body(body);
    }
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&abort.signal()));
    let request = Request::new_with_str_and_init(&ask.url, &init).map_err(|_| SendError::Offline)?;
    let headers = request.headers();
    for (name, value) in ask.heads {
        headers.set(name, &value).map_err(|_| SendError::Offline)?;
    }
    let give_up = Closure::once_into_js(move || abort.abort());
    let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(give_up.unchecked_ref(), TIMEOUT);
    let answer = exchange(&window, &request).await;
    if let Ok(timer) = timer {
        window.clear_timeout_with_handle(timer);
    }
    answer.map_err(|error| if name(&error) == "AbortError" { SendError::Timeout } else { SendError::Offline })
}

async fn exchange(window: &Window, request: &Request) -> Result<Answer, JsValue> {
    let response: Response = JsFuture::from(window.fetch_with_request(request)).await?.dyn_into()?;
    let head = |name: &str| response.headers().get(name).ok().flatten();
    Ok(Answer {
        status: response.status(),
        retry_after: head("Retry-After").and_then(|text| span(&text)),
        length: head("Content-Length").and_then(|text| text.trim().parse().ok()),
        body: body(&response).await?,
    })
}

/// `Retry-After` in milliseconds: seconds, or a date (RFC 9110, section 10.2.3).
fn span(retry_after: &str) -> Option<i64> {
    if let Ok(seconds) = retry_after.trim().parse::<i64>() {
        return Some(seconds.saturating_mul(1_000));
    }
    let moment = js_sys::Date::parse(retry_after);
    // Both are whole milliseconds far below 2^53.
    (!moment.is_nan()).then(|| (moment - js_sys::Date::now()) as i64)
}

async fn body(response: &Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let bytes = Uint8Array::new(&buffer);
    Ok(if bytes.length() as usize > LARGEST_ANSWER { Vec::new() } else { bytes.to_vec() })
}

fn name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// `sha-256=:base64:` (RFC 9530, section 2).
fn content_digest(bytes: &[u8]) -> String {
    let binary: String = Digest::of(bytes).bytes().iter().map(|byte| char::from(*byte)).collect();
    format!("sha-256=:{}:", window().and_then(|window| window.btoa(&binary).ok()).unwrap_or_default())
}
