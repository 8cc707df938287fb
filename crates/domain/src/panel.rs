//! Several assessors' sheets of one product become one verdict (rubric format, section 4).
//!
//! Owns the types of a panel and of its verdict. How totals and points are combined stands in `combine`, whose gates must
//! hold in `gates`, the verdict itself in `verdict`. Who may sit on a panel is not decided here.

mod combine;
mod error;
mod gates;
mod verdict;

pub use error::{PanelError, PanelErrorCode};
pub use verdict::verdict;

use crate::{
    answers::Sheet,
    id::{KnockoutId, RubricId},
    points::{Fraction, Points},
    rubric::CriterionIndex,
    score::Withheld,
};

/// A panel with its sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Id of the rubric.
    pub rubric: RubricId,
    /// Its version.
    pub version: String,
    /// How many sit on it; as many as there are seats where that is not said.
    pub members: Option<u32>,
    /// Those who are present.
    pub seats: Vec<Seat>,
    /// What the chair decided.
    pub chair: Decisions,
}

/// One assessor on a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who, as written.
    pub assessor: String,
    /// As what.
    pub role: Role,
    /// Why the sheet does not count.
    pub left_out: Option<LeftOut>,
    /// The sheet; it may be missing where it does not count.
    pub sheet: Option<Sheet>,
}

/// As what somebody sits on a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The chair.
    Chair,
    /// A member.
    Member,
}

/// Why a sheet does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// The assessor abstains.
    Abstain,
    /// The assessor has an interest in the product.
    Conflict,
}

/// What the chair decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Knockouts that stand.
    pub confirmed: Vec<KnockoutId>,
    /// Knockouts that do not, each with the reason.
    pub lifted: Vec<(KnockoutId, String)>,
    /// Why the panel is closed in spite of its spread.
    pub closed: Option<String>,
}

/// What a panel comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The combined total.
    pub total: Fraction,
    /// The rubric's most points.
    pub max: Points,
    /// Highest total less the lowest.
    pub spread: Fraction,
    /// By the bands alone.
    pub stars_by_points: u8,
    /// By the gates alone.
    pub stars_by_gates: u8,
    /// By the lowest cap of a requirement not met.
    pub cap: Option<u8>,
    /// Why there are no stars at all.
    pub withheld: Option<Withheld>,
    /// The stars; 0 without a quorum.
    pub stars: u8,
    /// Nothing withheld, a quorum, closed, and enough stars for a certificate.
    pub awarded: bool,
    /// Sheets that count.
    pub counted: usize,
    /// Sheets that do not.
    pub left_out: usize,
    /// Who should have been there.
    pub members: usize,
    /// What the quorum lacks.
    pub missing: Vec<Lack>,
    /// The spread is over the rubric's limit.
    pub needs_rescoring: bool,
    /// Where the sheets differ, the widest first; empty within the limit.
    pub differs: Vec<Difference>,
    /// Within the limit, or closed by the chair.
    pub closed: bool,
}

/// What a quorum lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Too few are present.
    Share,
    /// The chair is not.
    Chair,
    /// Too few sheets count.
    MinSheets,
}

/// A criterion that was judged differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub criterion: CriterionIndex,
    /// Fewest points.
    pub low: Points,
    /// Most points.
    pub high: Points,
    /// Their distance by the criterion's max.
    pub share: Fraction,
}
