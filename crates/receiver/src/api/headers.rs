//! What the request's head must say of its body.

use super::{CONTENT_DIGEST, IDEMPOTENCY_KEY, Problem};
use axum::http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::{digest::Digest, id::SubmissionId};

/// The body must be said to be JSON.
pub(super) fn media_type(head: &HeaderMap) -> Result<(), Problem> {
    let named = head.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let detail = "The body of an assessment is application/json.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
}

/// `Content-Digest` (RFC 9530), where it is given with SHA-256: the body must be what was sent.
pub(super) fn content_digest(head: &HeaderMap, body: &[u8]) -> Result<(), Problem> {
    let mismatch =
        |detail: &str| Problem::new(StatusCode::BAD_REQUEST, "digest_mismatch", format!("{detail} Nothing was kept."));
    for value in head.get_all(CONTENT_DIGEST) {
        let text = value.to_str().map_err(|_| mismatch("The Content-Digest cannot be read."))?;
        for sum in text.split(',').filter_map(|member| member.trim().strip_prefix("sha-256=")) {
            let sum = sum.split(';').next().unwrap_or_default().trim();
            let sum = sum.strip_prefix(':').and_then(|sum| sum.strip_suffix(':'));
            let sum = sum.and_then(|sum| STANDARD.decode(sum).ok());
            let sum = sum.ok_or_else(|| mismatch("The Content-Digest is not of the form sha-256=:base64:."))?;
            if sum.as_slice() != Digest::of(body).bytes() {
                return Err(mismatch("The body is not the one the Content-Digest was made of."));
            }
        }
    }
    Ok(())
}

/// `Idempotency-Key`, where it is given: the envelope's id as a quoted string.
pub(super) fn idempotency_key(head: &HeaderMap, id: SubmissionId) -> Result<(), Problem> {
    let wanted = format!("\"{id}\"");
    if head.get_all(IDEMPOTENCY_KEY).iter().all(|value| value.as_bytes() == wanted.as_bytes()) {
        return Ok(());
    }
    let detail = "The Idempotency-Key is not the envelope's id in quotation marks.";
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key", detail).at("/envelope/id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(values: &[&str]) -> bool {
        let mut head = HeaderMap::new();
        for value in values {
            head.append(CONTENT_DIGEST, value.parse().unwrap());
        }
        content_digest(&head, b"{}").is_ok()
    }

    #[test]
    fn a_digest_is_looked_at_where_it_is_sha_256() {
        let right = "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:";
        let wrong = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
        assert!(digest(&[]) && digest(&[right]) && digest(&["sha-512=:AAAA:"]));
        assert!(digest(&[&format!("sha-512=:AAAA:, {right};x=1")]));
        assert!(!digest(&[wrong]) && !digest(&[right, wrong]));
        assert!(!digest(&["sha-256=abc"]) && !digest(&["sha-256=:***:"]));
    }

    #[test]
    fn json_is_json_in_any_case_and_with_parameters() {
        let named = |text: &'static str| {
            let mut head = HeaderMap::new();
            head.insert(CONTENT_TYPE, text.parse().unwrap());
            media_type(&head).is_ok()
        };
        assert!(named("application/json") && named("Application/JSON; charset=utf-8"));
        assert!(!named("text/plain") && media_type(&HeaderMap::new()).is_err());
    }
}
