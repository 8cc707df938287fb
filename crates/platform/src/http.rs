//! Sending an assessment and fetching rubrics, with the browser's fetch.

use crate::window::window;
use bintang_domain::{
    digest::Digest,
    outbox::{Entry, SendError},
    ports::{FileError, Pending, Sender, WebFiles},
    wire::{
        problem::ProblemDocument,
        receipt::{self, Receipt},
    },
};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, Request, RequestCredentials, RequestInit, RequestMode, RequestRedirect, Response,
};

/// A try that takes longer is given up: slow networks answer a few kB well within it.
const TIMEOUT: i32 = 60_000;
/// A receipt is a few hundred bytes; a body beyond this is none.
const LARGEST_ANSWER: usize = 1 << 20;

/// Profile `bintang` of the upload contract over fetch.
#[derive(Debug, Clone, Copy, Default)]
pub struct FetchSender;

impl Sender for FetchSender {
    fn send(&self, entry: &Entry) -> Pending<Result<Receipt, SendError>> {
        let entry = entry.clone();
        Box::pin(async move {
            let Some(endpoint) = &entry.endpoint else { return Err(SendError::NoEndpoint) };
            let answer = post(endpoint.url(), &entry).await?;
            if !matches!(answer.status, 200..=202) {
                let problem = ProblemDocument::read(&answer.body);
                let (code, detail) = problem.map_or((None, None), |problem| (Some(problem.code), problem.detail));
                return Err(SendError::of_status(answer.status, answer.retry_after, code, detail));
            }
            receipt::check(&answer.body, entry.id, entry.digest).map_err(|reason| match reason.into() {
                SendError::NotAReceipt { .. } => SendError::NotAReceipt { status: answer.status },
                error => error,
            })
        })
    }
}

struct Answer {
    status: u16,
    retry_after: Option<i64>,
    body: Vec<u8>,
}

async fn post(url: &str, entry: &Entry) -> Result<Answer, SendError> {
    let window = window().ok_or(SendError::Offline)?;
    let abort = AbortController::new().map_err(|_| SendError::Offline)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&entry.document.as_str().into());
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(web_sys::RequestCache::NoStore);
    init.set_signal(Some(&abort.signal()));
    let request = Request::new_with_str_and_init(url, &init).map_err(|_| SendError::Offline)?;
    let headers = request.headers();
    for (name, value) in [
        ("Content-Type", "application/json".to_owned()),
        ("Idempotency-Key", format!("\"{}\"", entry.id)),
        ("Content-Digest", content_digest(&window, entry.document.as_bytes())),
    ] {
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

async fn exchange(window: &web_sys::Window, request: &Request) -> Result<Answer, JsValue> {
    let response: Response = JsFuture::from(window.fetch_with_request(request)).await?.dyn_into()?;
    let retry_after = response.headers().get("Retry-After").ok().flatten();
    let retry_after = retry_after.and_then(|text| span(&text));
    Ok(Answer { status: response.status(), retry_after, body: body(&response).await? })
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
fn content_digest(window: &web_sys::Window, bytes: &[u8]) -> String {
    let binary: String = Digest::of(bytes).bytes().iter().map(|byte| char::from(*byte)).collect();
    format!("sha-256=:{}:", window.btoa(&binary).unwrap_or_default())
}

/// Bytes of a file that are read: twice what a rubric may have, so that one a little too large is still looked at.
const LARGEST_FILE: usize = 2 * bintang_domain::rubric::MAX_BYTES;

/// Files that lie beside the app, and elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct FetchedFiles;

impl WebFiles for FetchedFiles {
    fn fetch(&self, address: &str) -> Pending<Result<Vec<u8>, FileError>> {
        let fetching = window().map(|window| window.fetch_with_str(address));
        Box::pin(async move {
            let response = JsFuture::from(fetching.ok_or(FileError::Unreachable)?).await;
            let response: Response = response.and_then(JsValue::dyn_into).map_err(|_| FileError::Unreachable)?;
            if !response.ok() {
                return Err(FileError::Refused(response.status()));
            }
            let size = response.headers().get("Content-Length").ok().flatten().and_then(|size| size.parse().ok());
            if size.is_some_and(|size: usize| size > LARGEST_FILE) {
                return Err(FileError::TooLarge);
            }
            let buffer = response.array_buffer().map_err(|_| FileError::Unreadable)?;
            let buffer = JsFuture::from(buffer).await.map_err(|_| FileError::Unreadable)?;
            Ok(Uint8Array::new(&buffer).to_vec())
        })
    }
}
