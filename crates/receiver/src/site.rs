//! The built app's files, as a web server should hand them out.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderName, HeaderValue, StatusCode, Uri,
        header::{
            ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, IF_MODIFIED_SINCE,
            IF_NONE_MATCH, LAST_MODIFIED, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use std::{convert::Infallible, path::Path};
use tower_http::services::ServeDir;

/// What the page may do. `index.html` says exactly the same in a `<meta>`, for hosts that cannot send headers. Nothing is
/// said of who may frame the app: an office may want to show it within a page of its own.
pub const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; object-src 'none'; \
    base-uri 'self'; form-action 'none'";
/// Of the sensors and devices, only those the app will ask for.
const PERMISSIONS: &str = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), serial=(), midi=()";

/// A name with its content's hash never means anything else.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// May be kept, but must be asked for each time.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");
/// The worker brings new versions. A browser that kept it would ask whether it has changed since a second, and two copies
/// of the app may have been made in one, or all at a fixed time: then no phone would ever hear of the new one.
const NEVER_KEEP: HeaderValue = HeaderValue::from_static("no-store");
const WORKER: &str = "/sw.js";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// The app from the folder `dist`, under `base`: `/` or a path such as `/alat/bintang/`.
pub fn router(dist: &Path, base: &str) -> Router {
    let missing = tower::service_fn(|_: Request| async { Ok::<_, Infallible>(not_found()) });
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip().fallback(missing);
    let base = base.trim_matches('/');
    let router = if base.is_empty() {
        Router::new().fallback_service(files)
    } else {
        // Without its last slash the page would look for its files one folder up.
        let (folder, page) = (format!("/{base}/"), format!("/{base}"));
        let to = folder.clone();
        let redirect = get(async move |uri: Uri| {
            Redirect::permanent(&uri.query().map_or_else(|| to.clone(), |query| format!("{to}?{query}")))
        });
        Router::new().route(&page, redirect).nest_service(&folder, files).fallback(async || not_found())
    };
    router.layer(middleware::from_fn(heads))
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from("not found\n")).into_response()
}

async fn heads(mut request: Request, next: Next) -> Response {
    let (named, worker) = (hashed(request.uri().path()), request.uri().path().ends_with(WORKER));
    if worker {
        request.headers_mut().remove(IF_MODIFIED_SINCE);
        request.headers_mut().remove(IF_NONE_MATCH);
    }
    let mut response = next.run(request).await;
    let there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let head = response.headers_mut();
    let keep = match (named && there, worker) {
        (true, _) => FOR_EVER,
        (_, true) => NEVER_KEEP,
        _ => ASK_FIRST,
    };
    head.insert(CACHE_CONTROL, keep);
    if worker {
        head.remove(LAST_MODIFIED);
    }
    // A cache in between must not hand brotli to who asked for none.
    head.insert(VARY, HeaderValue::from_static("accept-encoding"));
    head.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY));
    head.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    head.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    head.insert(PERMISSIONS_POLICY, HeaderValue::from_static(PERMISSIONS));
    // All of it is the same for everybody, and pages of other sites may show the app (docs/embedding.md).
    head.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    head.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

/// Whether the file's name carries its hash as the build writes it: `name-0123456789abcdef.js`, `…_bg.wasm`.
fn hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.split_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
    })
}

#[cfg(test)]
mod tests {
    use super::hashed;

    #[test]
    fn only_names_with_a_hash_live_for_ever() {
        assert!(hashed("/style-0123456789abcdef.css") && hashed("/alat/bintang-app-0123456789abcdef_bg.wasm"));
        for name in ["/", "/index.html", "/sw.js", "/rubrics/food.json", "/icon-192.png", "/x-0123456789ABCDEF.js"] {
            assert!(!hashed(name), "{name}");
        }
    }
}
