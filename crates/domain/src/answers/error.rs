//! What can be wrong with a sheet.

use std::fmt;

/// A fault of a sheet, with its place. A sheet with one is not scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerError {
    /// JSON pointer into the sheet, such as `/answers/B.II.5/option`.
    pub at: String,
    /// What kind of fault.
    pub code: AnswerErrorCode,
    /// A sentence that says what is wrong.
    pub message: String,
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl std::error::Error for AnswerError {}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerErrorCode {
    /// Not the form of a sheet.
    Malformed,
    /// Another rubric, or another version of it.
    OtherRubric,
    /// No such criterion in the rubric.
    UnknownCriterion,
    /// No such case in the criterion.
    UnknownCase,
    /// No such option in the criterion or case.
    UnknownOption,
    /// No such item in the checklist.
    UnknownItem,
    /// No such requirement in the rubric.
    UnknownRequirement,
    /// No such knockout in the rubric.
    UnknownFlag,
    /// An answer of a kind the criterion does not take.
    WrongKind,
    /// "Not applicable" where the rubric does not allow it.
    NotExcludable,
    /// An item ticked twice.
    TickedTwice,
    /// A flag for a knockout that fires by itself.
    NotAFlag,
}

impl AnswerErrorCode {
    /// The stable word for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::OtherRubric => "other_rubric",
            Self::UnknownCriterion => "unknown_criterion",
            Self::UnknownCase => "unknown_case",
            Self::UnknownOption => "unknown_option",
            Self::UnknownItem => "unknown_item",
            Self::UnknownRequirement => "unknown_requirement",
            Self::UnknownFlag => "unknown_flag",
            Self::WrongKind => "wrong_kind",
            Self::NotExcludable => "not_excludable",
            Self::TickedTwice => "ticked_twice",
            Self::NotAFlag => "not_a_flag",
        }
    }
}
