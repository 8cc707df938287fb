//! Refusals, as `application/problem+json` with a stable code.

use super::caller::CHALLENGE;
use crate::store::StoreError;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use bintang_domain::wire::problem::ProblemDocument;
use std::io;

/// Seconds after which a phone may knock again when the database failed.
const PATIENCE: HeaderValue = HeaderValue::from_static("10");

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    at: Option<String>,
}

impl Problem {
    /// A refusal with its stable code and one sentence for a person.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), at: None }
    }

    /// The same with the place in the body, as a JSON pointer.
    #[must_use]
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { at: Some(place.into()), ..self }
    }

    /// Its status.
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// Of a body that did not come whole.
    pub(super) fn of_body(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("The body has more than {} bytes.", super::LARGEST_BODY);
            return Self::new(status, "too_large", detail);
        }
        Self::new(StatusCode::REQUEST_TIMEOUT, "incomplete", "The body did not arrive whole. Please send it again.")
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "not stored");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "storage",
            "The receiver cannot store anything now. Nothing was kept; please send it again later.",
        )
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        tracing::error!(%error, "a file was not stored");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "storage",
            "The receiver cannot store files now. What arrived before stays; please go on later.",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let document = ProblemDocument {
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            title: self.status.canonical_reason().unwrap_or("Refused").to_owned(),
            detail: Some(self.detail),
            at: self.at,
        };
        let text = serde_json::to_string(&document).unwrap_or_default();
        let head = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
        let mut response = (self.status, head, text).into_response();
        if [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS].contains(&self.status) {
            response.headers_mut().insert(RETRY_AFTER, PATIENCE);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, CHALLENGE);
        }
        response
    }
}
