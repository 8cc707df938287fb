//! What a receiver says when it refuses: `application/problem+json` (RFC 9457) with a stable code.

use super::{
    form::{member, members},
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
        let value = json::read(body).ok()?;
        let of = members(&value).ok()?;
        let (status, code, title) = (member(of, "status").ok()?, member(of, "code").ok()?, member(of, "title").ok()?);
        Some(Self { status, code, title, detail: member(of, "detail").ok()?, at: member(of, "at").ok()? })
    }
}
