//! JSON Schemas (draft 2020-12) of the documents, made from the types that read and write them.
//!
//! Of what is sent they say what a writer writes: every key is there, what is not known is `null`. Of what people write
//! (rubrics, panels) they say what a reader takes: what may be left out may be left out. Keys that are not named here may be
//! added by later versions and are to be left alone by readers.

mod panel;
mod rubric;

use super::envelope::Envelope;
use crate::{
    answers::{Answer, Sheet},
    digest::Digest,
    id::{AssessmentId, ChoiceId, KnockoutId, NodeId, RequirementId, RubricId, SubmissionId},
    map::Map,
    time::Millis,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema, transform};
use serde_json::Value;
use std::borrow::Cow;

/// The largest whole number that every JSON reader keeps (RFC 8259, section 6): 2^53−1.
const SAFE: i64 = 9_007_199_254_740_991;

/// What every profile of the upload contract carries.
#[derive(Debug, JsonSchema)]
#[schemars(title = "bintang-assessment/1")]
pub struct Document {
    /// What was assessed, and the result. `digest` is the SHA-256 of its canonical JSON (RFC 8785).
    pub envelope: Envelope,
    /// The device's signature over the same bytes.
    pub signature: Option<Signature>,
}

/// A signature. It says that the envelope is unchanged since this key signed, not who signed.
#[derive(Debug, JsonSchema)]
pub struct Signature {
    /// ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4).
    #[schemars(extend("const" = "ES256"))]
    pub alg: String,
    /// The device's public key.
    pub key: PublicKey,
    /// R and S, base64url without padding.
    #[schemars(regex(pattern = "^[A-Za-z0-9_-]{86}$"))]
    pub value: String,
}

/// A public key on P-256 (RFC 7518, section 6.2).
#[derive(Debug, JsonSchema)]
pub struct PublicKey {
    /// Always `EC`.
    #[schemars(extend("const" = "EC"))]
    pub kty: String,
    /// Always `P-256`.
    #[schemars(extend("const" = "P-256"))]
    pub crv: String,
    /// X, base64url without padding.
    #[schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$"))]
    pub x: String,
    /// Y, base64url without padding.
    #[schemars(regex(pattern = "^[A-Za-z0-9_-]{43}$"))]
    pub y: String,
}

/// Why stars are withheld.
#[derive(Debug, Clone, Copy, JsonSchema)]
#[schemars(rename_all = "snake_case", inline)]
pub enum Withheld {
    /// A knockout that takes every star.
    Disqualify,
    /// A knockout that ends the assessment.
    Stop,
    /// A paper without which the product is not assessed.
    Reject,
    /// A paper without which there is no star.
    NoAward,
}

/// The schema of what is uploaded.
#[must_use]
pub fn assessment() -> Value {
    root::<Document>()
}

/// The schema of one assessor's answers.
#[must_use]
pub fn answers() -> Value {
    root::<Sheet>()
}

/// The schema of a rubric's file. What adds up and what refers to what is said by the check alone.
#[must_use]
pub fn rubric() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<rubric::Rubric>().to_value()
}

/// The schema of a panel.
#[must_use]
pub fn panel() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<panel::Panel>().to_value()
}

fn root<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(transform::RecursiveTransform(safe_numbers));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Whole numbers without bounds of their own stay within what every reader keeps.
fn safe_numbers(schema: &mut Schema) {
    let whole = |word: Option<&Value>| match word {
        Some(Value::String(word)) => word == "integer",
        Some(Value::Array(words)) => words.iter().any(|word| word == "integer"),
        _ => false,
    };
    if whole(schema.get("type")) && schema.get("const").is_none() {
        if schema.get("minimum").is_none() {
            schema.insert("minimum".to_owned(), (-SAFE).into());
        }
        if schema.get("maximum").is_none() {
            schema.insert("maximum".to_owned(), SAFE.into());
        }
    }
}

macro_rules! texts {
    ($($name:ident $pattern:literal $description:literal;)+) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern, "description": $description})
            }
        }
    )+};
}

texts! {
    Digest "^[0-9a-f]{64}$" "SHA-256 in lower-case hex.";
    AssessmentId "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$" "UUID of the assessment (RFC 9562), the same through all its finishings.";
    SubmissionId "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$" "UUID of one finishing (RFC 9562): the idempotency key.";
    RubricId "^[a-z0-9-]{1,64}$" "A rubric's id.";
    NodeId "^[A-Za-z0-9._-]{1,64}$" "Id of a part, group or criterion.";
    ChoiceId "^[A-Za-z0-9._-]{1,64}$" "Id of an option, case or item.";
    RequirementId "^[A-Za-z0-9._-]{1,64}$" "Id of a requirement.";
    KnockoutId "^[A-Za-z0-9._-]{1,64}$" "Id of a knockout.";
}

impl JsonSchema for Millis {
    fn schema_name() -> Cow<'static, str> {
        "Millis".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "description": "Milliseconds since 1970-01-01T00:00:00Z."})
    }
}

impl<K: JsonSchema, V: JsonSchema> JsonSchema for Map<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}To{}", K::schema_name(), V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<K>(),
            "additionalProperties": generator.subschema_for::<V>(),
        })
    }
}

impl JsonSchema for Answer {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let choice = generator.subschema_for::<ChoiceId>();
        let form = |description: &str, members: &[(&str, &Schema)]| {
            let properties: serde_json::Map<_, _> =
                members.iter().map(|(name, schema)| ((*name).to_owned(), (*schema).clone().to_value())).collect();
            let names: Vec<_> = members.iter().map(|(name, _)| *name).collect();
            json_schema!({
                "description": description, "type": "object",
                "properties": properties, "required": names, "additionalProperties": false,
            })
        };
        let ticked = json_schema!({"type": "array", "items": choice, "uniqueItems": true});
        let yes = json_schema!({"const": true});
        json_schema!({
            "description": "The answer to one criterion; a criterion without an entry is unanswered.",
            "oneOf": [
                form("One option.", &[("option", &choice)]),
                form("A case and its option.", &[("case", &choice), ("option", &choice)]),
                form("The items ticked.", &[("ticked", &ticked)]),
                form("Looked, and nothing is met: 0 points.", &[("none", &yes)]),
                form("Not applicable, where the rubric allows it.", &[("na", &yes)]),
            ],
        })
    }
}

impl JsonSchema for Sheet {
    fn schema_name() -> Cow<'static, str> {
        "Sheet".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "bintang-answers/1",
            "description": "One assessor's answers.",
            "type": "object",
            "properties": {
                "format": {"const": super::answers::FORMAT},
                "rubric": {
                    "type": "object",
                    "properties": {
                        "id": generator.subschema_for::<RubricId>(),
                        "version": {"type": "string"},
                    },
                    "required": ["id", "version"],
                },
                "answers": generator.subschema_for::<Map<NodeId, Answer>>(),
                "requirements": generator.subschema_for::<Map<RequirementId, bool>>(),
                "flags": {"type": "array", "items": generator.subschema_for::<KnockoutId>(), "uniqueItems": true},
            },
            "required": ["format", "rubric", "answers", "requirements", "flags"],
        })
    }
}
