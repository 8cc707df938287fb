//! Names of fields that the checks of a rubric point at.

pub(crate) const APPLIES_WHEN: &str = "applies_when";
pub(crate) const AT_LEAST: &str = "at_least";
pub(crate) const BANDS: &str = "bands";
pub(crate) const CAP: &str = "cap";
pub(crate) const CASES: &str = "cases";
pub(crate) const CHECKLIST: &str = "checklist";
pub(crate) const EFFECT: &str = "effect";
pub(crate) const FROM: &str = "from";
pub(crate) const GATE: &str = "gate";
pub(crate) const ID: &str = "id";
pub(crate) const ITEMS: &str = "items";
pub(crate) const KNOCKOUTS: &str = "knockouts";
pub(crate) const MAX: &str = "max";
pub(crate) const NODES: &str = "nodes";
pub(crate) const OPTIONS: &str = "options";
pub(crate) const PARTS: &str = "parts";
pub(crate) const POINTS: &str = "points";
pub(crate) const REQUIREMENTS: &str = "requirements";
pub(crate) const SCALE: &str = "scale";
pub(crate) const STARS: &str = "stars";
