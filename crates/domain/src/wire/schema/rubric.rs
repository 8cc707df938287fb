//! The form of a rubric's file, for its JSON Schema. The reader in `wire::rubric` goes on past a fault and therefore has
//! no such types of its own; a test holds the two against each other.

#![expect(dead_code, reason = "the form alone is wanted")]

use crate::id::{ChoiceId, KnockoutId, NodeId, RequirementId, RubricId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::{borrow::Cow, collections::BTreeMap};

/// A text, in the rubric's language or by language.
#[derive(JsonSchema)]
#[serde(untagged)]
enum LocalText {
    /// In the rubric's language.
    Plain(String),
    /// By language (BCP 47).
    ByLanguage(#[schemars(extend("minProperties" = 1))] BTreeMap<String, String>),
}

/// Points: at most two digits after the point.
struct Points;

impl JsonSchema for Points {
    fn schema_name() -> Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Points, with at most two digits after the point.",
            "type": "number", "minimum": -999, "maximum": 9999, "multipleOf": 0.01,
        })
    }
}

/// A star.
#[derive(JsonSchema)]
struct Star(#[schemars(range(min = 1, max = 255))] u8);

/// A rubric: what is asked, what it is worth, what the stars need.
#[derive(JsonSchema)]
#[schemars(title = "bintang-rubric/1")]
pub(super) struct Rubric {
    #[schemars(extend("const" = "bintang-rubric/1"))]
    format: String,
    /// With `version` it names one rubric that never changes.
    id: RubricId,
    /// Any text.
    version: String,
    /// Its name.
    title: LocalText,
    /// Language of plain texts, and the fallback.
    #[schemars(length(min = 1))]
    language: String,
    /// Where it is in force, such as `ID`.
    jurisdiction: Option<String>,
    /// Slug of the commodity group.
    commodity: Option<String>,
    /// How official it is; `template` where it is not said.
    status: Option<Status>,
    /// Where it comes from, sentence by sentence.
    source: Option<Vec<LocalText>>,
    /// From when until when it is in force.
    effective: Option<Effective>,
    /// Sum of the parts' `max`.
    max: Points,
    /// The parts (aspek).
    parts: Vec<Part>,
    /// The totals that earn stars, falling.
    #[schemars(length(min = 1))]
    bands: Vec<Band>,
    /// From which star on there is a certificate.
    award: Option<Award>,
    /// Papers that must be there.
    requirements: Option<Vec<Requirement>>,
    /// What ends the chance of a star.
    knockouts: Option<Vec<Knockout>>,
    /// Who coaches at which star.
    coaching: Option<Vec<Coaching>>,
    /// How several sheets become one verdict.
    panel: Option<PanelRules>,
    /// Where the file departs from its printed source.
    corrections: Option<Vec<LocalText>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Status {
    /// The programme's own form.
    Official,
    /// A working template.
    Template,
    /// A piece, for tests and teaching.
    Fragment,
}

/// Days as `2026-01-31`; what is null is open.
#[derive(JsonSchema)]
struct Effective {
    /// First day.
    from: Option<String>,
    /// Last day.
    until: Option<String>,
}

#[derive(JsonSchema)]
struct Part {
    id: NodeId,
    label: LocalText,
    help: Option<LocalText>,
    /// Sum of its criteria's `max`.
    max: Points,
    /// Groups and criteria.
    nodes: Vec<Node>,
}

/// What has `nodes` is a group, else a criterion.
struct Node;

impl JsonSchema for Node {
    fn schema_name() -> Cow<'static, str> {
        "Node".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What has `nodes` is a group, else a criterion.",
            "if": {"required": ["nodes"]},
            "then": generator.subschema_for::<Group>(),
            "else": generator.subschema_for::<Criterion>(),
        })
    }
}

/// A named group, nested to any depth.
#[derive(JsonSchema)]
struct Group {
    id: NodeId,
    label: LocalText,
    help: Option<LocalText>,
    /// Sum of its criteria's `max`.
    max: Option<Points>,
    nodes: Vec<Node>,
}

/// One thing to judge: it has one of `options`, `cases` and `checklist`.
#[derive(JsonSchema)]
struct Criterion {
    id: NodeId,
    label: LocalText,
    help: Option<LocalText>,
    /// Points of its best option.
    max: Points,
    /// One of these is chosen.
    options: Option<Vec<ChoiceOption>>,
    /// A case is chosen first, then one of its options.
    cases: Option<Vec<Case>>,
    /// Items are ticked.
    checklist: Option<Checklist>,
    /// It is asked only when this holds.
    applies_when: Option<Condition>,
    /// "Not applicable" may be answered.
    not_applicable: Option<Exclude>,
    /// False: nothing the maker can change soon.
    raisable: Option<bool>,
    evidence: Option<Evidence>,
    /// Principles of the programme, such as `local`, `self_reliance`, `people`.
    principles: Option<Vec<String>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Exclude {
    /// The part is reckoned without the criterion.
    Exclude,
}

#[derive(JsonSchema)]
struct ChoiceOption {
    id: ChoiceId,
    label: LocalText,
    points: Points,
    /// The star that needs at least these points.
    gate: Option<Star>,
    help: Option<LocalText>,
    /// Proof accepted for it.
    evidence: Option<LocalText>,
}

#[derive(JsonSchema)]
struct Case {
    id: ChoiceId,
    label: LocalText,
    options: Option<Vec<ChoiceOption>>,
}

#[derive(JsonSchema)]
struct Checklist {
    items: Vec<Item>,
    /// What numbers of ticked items are worth, falling.
    scale: Vec<Step>,
}

#[derive(JsonSchema)]
struct Item {
    id: ChoiceId,
    label: LocalText,
    /// Proof accepted for it.
    evidence: Option<LocalText>,
}

#[derive(JsonSchema)]
struct Step {
    /// Ticked items at least.
    at_least: u32,
    points: Points,
    /// The star that needs at least these points.
    gate: Option<Star>,
}

/// Holds when the other criterion's points reach `at_least`.
#[derive(JsonSchema)]
struct Condition {
    criterion: String,
    at_least: Points,
}

#[derive(JsonSchema)]
struct Evidence {
    photo: Option<Photo>,
    /// A note is asked for below these points.
    note_below: Option<Points>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Photo {
    Required,
    Optional,
    None,
}

#[derive(JsonSchema)]
struct Band {
    stars: Star,
    /// Lowest total of the band.
    from: Points,
}

#[derive(JsonSchema)]
struct Award {
    /// Stars below this earn no certificate.
    min_stars: Option<u32>,
}

#[derive(JsonSchema)]
struct Requirement {
    id: RequirementId,
    label: LocalText,
    help: Option<LocalText>,
    applies_when: Option<Condition>,
    effect: RequirementEffect,
}

#[derive(JsonSchema)]
#[serde(untagged)]
enum RequirementEffect {
    Withholds(Withholds),
    /// At most so many stars.
    Caps {
        cap: Star,
    },
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Withholds {
    /// No star.
    NoAward,
    /// Not assessed.
    Reject,
}

#[derive(JsonSchema)]
struct Knockout {
    id: KnockoutId,
    label: LocalText,
    help: Option<LocalText>,
    effect: KnockoutEffect,
    trigger: Trigger,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum KnockoutEffect {
    /// No star.
    Disqualify,
    /// No star, and the rest needs no answer.
    Stop,
}

#[derive(JsonSchema)]
#[serde(untagged)]
enum Trigger {
    ByHand(ByHand),
    /// One of these was judged and has no points.
    AnyZero {
        any_zero: Vec<String>,
    },
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum ByHand {
    /// The assessor raises it.
    Flag,
}

#[derive(JsonSchema)]
struct Coaching {
    stars: Vec<Star>,
    by: LocalText,
}

#[derive(JsonSchema)]
struct PanelRules {
    /// How totals are combined; the mean where it is not said.
    combine: Option<Combine>,
    /// Widest spread of the totals that needs no new scoring.
    spread_limit: Option<Points>,
    quorum: Option<Quorum>,
    /// Sheets that must count; one where it is not said.
    min_sheets: Option<u32>,
    /// Whose gates must hold; those of every sheet where it is not said.
    gates: Option<PanelGates>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Combine {
    Mean,
    Median,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum PanelGates {
    Every,
    Majority,
    Combined,
}

#[derive(JsonSchema)]
struct Quorum {
    /// Share of the members who must be present, such as `3/4`.
    #[schemars(regex(pattern = "^[0-9]+/[0-9]+$"))]
    share: Option<String>,
    /// Whether the chair must be among them.
    chair: Option<bool>,
}
