//! A rubric: what is asked, what it is worth, what the stars need.
//!
//! The types of a rubric that was read and checked. Reading and checking stand in [`read()`], finding things in a
//! rubric in `lookup`; scoring knows nothing of files.

pub(crate) mod at;
mod check;
mod circle;
pub(crate) mod lookup;
pub mod panel;
pub(crate) mod parsed;
pub mod problem;
mod read;

pub use panel::PanelRules;
pub use problem::{Problem, ProblemCode, Severity};
pub use read::{MAX_BYTES, Reading, read};

use crate::{
    id::{ChoiceId, KnockoutId, NodeId, RequirementId, RubricId},
    points::Points,
    text::LocalText,
};

/// One immutable rubric, read and checked. Named by `id` and `version` (and, as used, by the SHA-256 of its file).
#[derive(Debug, Clone, PartialEq)]
pub struct Rubric {
    /// Slug of the rubric.
    pub id: RubricId,
    /// Any text, such as `26/2026/QĐ-TTg`; never used as a file name or URL path unescaped.
    pub version: String,
    /// Name of the rubric.
    pub title: LocalText,
    /// Language of plain texts, and the fallback.
    pub language: String,
    /// Where it is in force, such as `ID`.
    pub jurisdiction: Option<String>,
    /// Slug of the commodity group.
    pub commodity: Option<String>,
    /// How official it is.
    pub status: RubricStatus,
    /// Where it comes from, sentence by sentence.
    pub source: Vec<LocalText>,
    /// When it is in force.
    pub effective: Effective,
    /// Sum of the parts' maxima.
    pub max: Points,
    /// The parts with their tree; criteria stand in [`Rubric::criteria`].
    pub parts: Vec<Part>,
    /// All criteria in the rubric's order (depth first, part by part).
    pub criteria: Vec<Criterion>,
    /// Falling by stars and by `from`.
    pub bands: Vec<Band>,
    /// Stars below this earn no certificate.
    pub min_stars: u8,
    /// Papers asked for, in order.
    pub requirements: Vec<Requirement>,
    /// Knockouts, in order.
    pub knockouts: Vec<Knockout>,
    /// Who coaches at which star.
    pub coaching: Vec<Coaching>,
    /// How several sheets become one verdict.
    pub panel: Option<PanelRules>,
    /// Where the file departs from its printed source.
    pub corrections: Vec<LocalText>,
    pub(crate) lookup: lookup::Lookup,
}

/// From when until when a rubric is in force; days as `2026-01-31`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effective {
    /// First day.
    pub from: Option<String>,
    /// Last day; `None` is open.
    pub until: Option<String>,
}

/// How official a rubric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RubricStatus {
    /// The programme's own form.
    Official,
    /// A working template; the app says so wherever a result is shown.
    Template,
    /// A piece of a rubric, for tests and teaching.
    Fragment,
}

/// Place of a criterion in [`Rubric::criteria`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CriterionIndex(pub usize);

/// A part (aspek) of the rubric.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Unique among parts, groups and criteria.
    pub id: NodeId,
    /// Its name.
    pub label: LocalText,
    /// A sentence under the name.
    pub help: Option<LocalText>,
    /// Sum of its criteria's maxima.
    pub max: Points,
    /// Groups and criteria in order.
    pub nodes: Vec<Node>,
    /// Range of its criteria in [`Rubric::criteria`].
    pub criteria: std::ops::Range<usize>,
}

/// A group or a criterion.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A group with nodes of its own.
    Group(Group),
    /// A criterion, by its place.
    Criterion(CriterionIndex),
}

/// A named group of nodes, nested to any depth.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Unique among parts, groups and criteria.
    pub id: NodeId,
    /// Its name.
    pub label: LocalText,
    /// A sentence under the name.
    pub help: Option<LocalText>,
    /// Sum of its criteria's maxima, if stated.
    pub max: Option<Points>,
    /// Groups and criteria in order.
    pub nodes: Vec<Node>,
    /// Range of its criteria in [`Rubric::criteria`].
    pub criteria: std::ops::Range<usize>,
}

/// One thing to judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Unique among parts, groups and criteria.
    pub id: NodeId,
    /// What is judged.
    pub label: LocalText,
    /// How to judge it.
    pub help: Option<LocalText>,
    /// Most points it can give.
    pub max: Points,
    /// What can be answered.
    pub kind: CriterionKind,
    /// Asked only when this holds; `None` is always.
    pub applies_when: Option<Condition>,
    /// Whether "not applicable" may be answered.
    pub may_exclude: bool,
    /// Whether the maker can change it soon (the way up leaves others alone).
    pub raisable: bool,
    /// What proof is wanted.
    pub evidence: Evidence,
    /// Programme principles, such as `local`, `self_reliance`, `people`.
    pub principles: Vec<String>,
}

/// What can be answered to a criterion.
#[derive(Debug, Clone, PartialEq)]
pub enum CriterionKind {
    /// One of the options.
    Options(Vec<ChoiceOption>),
    /// A case first, then one of its options.
    Cases(Vec<Case>),
    /// Ticked items, worth points by their number.
    Checklist {
        /// What can be ticked.
        items: Vec<Item>,
        /// Steps, falling strictly in `at_least` and `points`.
        scale: Vec<Step>,
    },
}

/// An option of a criterion or case.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// Unique in its criterion, or in its case.
    pub id: ChoiceId,
    /// What is the case if this is chosen.
    pub label: LocalText,
    /// What it is worth.
    pub points: Points,
    /// The star this option is a gate for.
    pub gate: Option<u8>,
    /// How to judge it.
    pub help: Option<LocalText>,
    /// Proof accepted for it.
    pub proof: Option<LocalText>,
}

/// One side of an either/or criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Unique in its criterion.
    pub id: ChoiceId,
    /// Its name.
    pub label: LocalText,
    /// Its options.
    pub options: Vec<ChoiceOption>,
}

/// An item of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Unique in its criterion.
    pub id: ChoiceId,
    /// What is there if it is ticked.
    pub label: LocalText,
    /// Proof accepted for it.
    pub proof: Option<LocalText>,
}

/// A step of a checklist's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Items ticked at least.
    pub at_least: u32,
    /// What that is worth.
    pub points: Points,
    /// The star this step is a gate for.
    pub gate: Option<u8>,
}

/// Holds when the other criterion's own points reach `at_least`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// The other criterion.
    pub criterion: CriterionIndex,
    /// Points it must reach.
    pub at_least: Points,
}

/// What proof a criterion asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Whether a photo is wanted.
    pub photo: PhotoWish,
    /// A note is asked for below these points.
    pub note_below: Option<Points>,
}

/// Whether a photo is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PhotoWish {
    /// Not spoken of.
    #[default]
    None,
    /// Welcome.
    Optional,
    /// Asked for.
    Required,
}

/// From these points on a total earns these stars (half-open upwards).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Stars, at least 1.
    pub stars: u8,
    /// Lowest total of the band.
    pub from: Points,
}

/// A paper that must be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Unique among requirements.
    pub id: RequirementId,
    /// What must be there.
    pub label: LocalText,
    /// How to check it.
    pub help: Option<LocalText>,
    /// Asked only when this holds.
    pub applies_when: Option<Condition>,
    /// What its lack does.
    pub effect: RequirementEffect,
}

/// What the lack of a requirement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequirementEffect {
    /// No star, whatever the points.
    NoAward,
    /// Not assessed.
    Reject,
    /// At most so many stars.
    Cap(u8),
}

/// Something that ends the chance of a star.
#[derive(Debug, Clone, PartialEq)]
pub struct Knockout {
    /// Unique among knockouts.
    pub id: KnockoutId,
    /// What it is.
    pub label: LocalText,
    /// How to judge it.
    pub help: Option<LocalText>,
    /// What it does.
    pub effect: KnockoutEffect,
    /// What fires it.
    pub trigger: Trigger,
}

/// What a fired knockout does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnockoutEffect {
    /// No star.
    Disqualify,
    /// No star, and the remaining criteria need no answer.
    Stop,
}

/// What fires a knockout.
#[derive(Debug, Clone, PartialEq)]
pub enum Trigger {
    /// The assessor raises it.
    Flag,
    /// A listed, asked and answered criterion has points of 0 or less.
    AnyZero(Vec<CriterionIndex>),
}

/// Who coaches the maker at these stars.
#[derive(Debug, Clone, PartialEq)]
pub struct Coaching {
    /// The stars meant.
    pub stars: Vec<u8>,
    /// Who.
    pub by: LocalText,
}
