//! The form of a panel, for its JSON Schema; `wire::panel` reads it.

#![expect(dead_code, reason = "the form alone is wanted")]

use crate::{
    answers::Sheet,
    id::{KnockoutId, RubricId},
};
use schemars::JsonSchema;

/// The sheets of a panel.
#[derive(JsonSchema)]
#[schemars(title = "bintang-panel/1")]
pub(super) struct Panel {
    #[schemars(extend("const" = "bintang-panel/1"))]
    format: String,
    rubric: Named,
    /// How many sit on the panel; as many as there are sheets where it is not said.
    #[schemars(range(min = 1))]
    members: Option<u32>,
    sheets: Vec<Seat>,
    chair: Option<Chair>,
}

#[derive(JsonSchema)]
struct Named {
    id: RubricId,
    version: String,
}

#[derive(JsonSchema)]
struct Seat {
    assessor: Option<String>,
    role: Role,
    /// The sheet does not count, its assessor is present all the same.
    left_out: Option<LeftOut>,
    /// Why it is left out.
    reason: Option<String>,
    /// It may be missing where it is left out.
    sheet: Option<Sheet>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Role {
    Chair,
    Member,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum LeftOut {
    /// The assessor abstains.
    Abstain,
    /// The assessor has an interest in the product.
    Conflict,
}

/// What the chair decided.
#[derive(JsonSchema)]
struct Chair {
    /// Knockouts that stand.
    confirm: Option<Vec<KnockoutId>>,
    /// Knockouts that do not.
    lift: Option<Vec<Lift>>,
    /// Closes the panel in spite of its spread.
    close: Option<Close>,
}

#[derive(JsonSchema)]
struct Lift {
    knockout: KnockoutId,
    #[schemars(regex(pattern = "\\S"))]
    reason: String,
}

#[derive(JsonSchema)]
struct Close {
    #[schemars(regex(pattern = "\\S"))]
    reason: String,
}
