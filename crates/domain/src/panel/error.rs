//! What can be wrong with a panel.

use std::fmt;

/// A fault of a panel, with its place. A panel with one has no verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelError {
    /// JSON pointer into the panel, such as `/sheets/1/sheet/answers/A.1`.
    pub at: String,
    /// What kind of fault; of a sheet's fault the sheet's own word.
    pub code: &'static str,
    /// A sentence that says what is wrong.
    pub message: String,
}

impl PanelError {
    pub(crate) fn new(at: impl Into<String>, code: PanelErrorCode, message: impl Into<String>) -> Self {
        Self { at: at.into(), code: code.as_str(), message: message.into() }
    }
}

impl fmt::Display for PanelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for PanelError {}

/// The kinds of faults beside those of sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelErrorCode {
    /// Not the form of a panel.
    Malformed,
    /// Another rubric, or another version of it.
    OtherRubric,
    /// The rubric has no rules for panels.
    NoPanel,
    /// Fewer members than one.
    BadMembers,
    /// A role that is not known.
    UnknownRole,
    /// A reason to be left out that is not known.
    UnknownLeftOut,
    /// No such knockout in the rubric.
    UnknownKnockout,
    /// A lift or a close without a reason.
    NoReason,
    /// A sheet that counts and is not there.
    NoSheet,
    /// A sheet that counts and is not complete.
    Incomplete,
}

impl PanelErrorCode {
    /// The stable word for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::OtherRubric => "other_rubric",
            Self::NoPanel => "no_panel",
            Self::BadMembers => "bad_members",
            Self::UnknownRole => "unknown_role",
            Self::UnknownLeftOut => "unknown_left_out",
            Self::UnknownKnockout => "unknown_knockout",
            Self::NoReason => "no_reason",
            Self::NoSheet => "no_sheet",
            Self::Incomplete => "incomplete",
        }
    }
}
