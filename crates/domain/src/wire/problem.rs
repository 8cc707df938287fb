//! What a receiver says when it refuses: `application/problem+json` (RFC 9457) with a stable code.

use super::{
    form::{Faults, Object},
    json,
};
use serde::Serialize;

/// Why a receiver refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemDocument {
    /// HTTP status.
    pub status: u16,
    /// Stable word for programs, such as `conflict`.
    pub code: String,
    /// A short title.
    pub title: String,
    /// One sentence for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// JSON pointer to what is wrong in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl ProblemDocument {
    /// Reads a body; `None` when it is no such document.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let (value, mut faults) = (json::read(body).ok()?, Faults::default());
        let of = Object::of(&value, &mut faults);
        let read = Self {
            status: of.member("status", &mut faults),
            code: of.member("code", &mut faults),
            title: of.member("title", &mut faults),
            detail: of.member("detail", &mut faults),
            at: of.member("at", &mut faults),
        };
        faults.none().then_some(read)
    }
}
