//! How the sheets of several assessors become one verdict: the rubric's rules, not the reckoning.

use crate::points::Points;

/// The rubric's `panel` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelRules {
    /// How the totals are combined.
    pub combine: Combine,
    /// Widest spread of the totals that needs no new scoring.
    pub spread_limit: Option<Points>,
    /// Who must be present.
    pub quorum: Quorum,
    /// Sheets that must count, at least.
    pub min_sheets: u32,
    /// Whose gates must hold.
    pub gates: PanelGates,
}

/// How totals are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Combine {
    /// Sum by number.
    #[default]
    Mean,
    /// The middle one, or the mean of the two middle ones.
    Median,
}

/// Who must be present. A share of 0 asks for nobody in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// Present by members, at least: numerator and denominator.
    pub share: (u32, u32),
    /// Whether the chair must be among them.
    pub chair: bool,
}

/// Whose gates must hold for a star.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PanelGates {
    /// Those of every sheet.
    #[default]
    Every,
    /// Those of more than half of the sheets.
    Majority,
    /// Each criterion's combined points.
    Combined,
}
