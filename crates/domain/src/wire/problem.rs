//! What a receiver says when it refuses: `application/problem+json` (RFC 9457) with a stable code.

use serde::{Deserialize, Serialize};

/// Why a receiver refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemDocument {
    /// HTTP status.
    pub status: u16,
    /// Stable word for programs, such as `conflict`.
    pub code: String,
    /// A short title.
    pub title: String,
    /// One sentence for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// JSON pointer to what is wrong in the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}
