//! Requests to endpoints, with the browser's fetch.

use crate::window::window;
use bintang_domain::ports::{
    Pending,
    http::{Http, HttpError, Request, Response},
};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect,
    Window,
};

/// `fetch`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch;

impl Http for Fetch {
    fn ask(&self, request: Request) -> Pending<Result<Response, HttpError>> {
        Box::pin(answer(request))
    }
}

async fn answer(asked: Request) -> Result<Response, HttpError> {
    let unreachable = |_| HttpError::Unreachable;
    let window = window().ok_or(HttpError::Unreachable)?;
    let abort = AbortController::new().map_err(unreachable)?;
    let init = RequestInit::new();
    init.set_method(asked.method.as_str());
    if let Some(body) = &asked.body {
        init.set_body(&Uint8Array::from(body.as_slice()));
    }
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(if asked.follow { RequestRedirect::Follow } else { RequestRedirect::Error });
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&abort.signal()));
    let request = web_sys::Request::new_with_str_and_init(&asked.url, &init).map_err(unreachable)?;
    let headers = request.headers();
    for (name, value) in &asked.headers {
        headers.set(name, value).map_err(unreachable)?;
    }
    let give_up = Closure::once_into_js(move || abort.abort());
    let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(give_up.unchecked_ref(), asked.timeout);
    let answer = exchange(&window, &request, asked.largest).await;
    if let Ok(timer) = timer {
        window.clear_timeout_with_handle(timer);
    }
    answer.map_err(|error| if name(&error) == "AbortError" { HttpError::Timeout } else { HttpError::Unreachable })
}

async fn exchange(window: &Window, request: &web_sys::Request, largest: usize) -> Result<Response, JsValue> {
    let response: web_sys::Response = JsFuture::from(window.fetch_with_request(request)).await?.dyn_into()?;
    let head = |name: &str| response.headers().get(name).ok().flatten();
    Ok(Response {
        status: response.status(),
        retry_after: head("Retry-After").and_then(|text| span(&text)),
        length: head("Content-Length").and_then(|text| text.trim().parse().ok()),
        body: body(&response, largest).await?,
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

async fn body(response: &web_sys::Response, largest: usize) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    let bytes = Uint8Array::new(&buffer);
    Ok(if bytes.length() as usize > largest { Vec::new() } else { bytes.to_vec() })
}

fn name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}
