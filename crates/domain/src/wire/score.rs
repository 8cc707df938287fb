//! Writing a score: the `result` of the command line and of the upload contract.

use crate::{
    id::NodeId,
    points::{Fraction, Points},
    rubric::{CriterionIndex, Rubric},
    score::{Score, Withheld},
};
use serde_json::{Map, Number, Value, json};

/// The score as JSON, with exactly the keys of the format. `next` is the way up, which is reckoned apart: `null` here.
#[must_use]
pub fn write(rubric: &Rubric, score: &Score) -> Value {
    let id = |index: &CriterionIndex| rubric.criterion(*index).map_or("", |criterion| criterion.id.as_str());
    let ids = |list: &[CriterionIndex]| -> Vec<Value> { list.iter().map(|index| id(index).into()).collect() };
    let mut parts = Vec::with_capacity(score.parts.len());
    for part in &score.parts {
        parts.push(json!({"id": NodeId::as_str(&part.id), "points": fraction(part.points), "max": points(part.max)}));
    }
    let mut missed = Vec::with_capacity(score.missed_gates.len());
    for gate in &score.missed_gates {
        missed.push(json!({
            "star": gate.star,
            "criterion": id(&gate.criterion),
            "needs": points(gate.needs),
            "has": points(gate.has),
        }));
    }
    let unknown: Vec<Value> = score.unknown_requirements.iter().map(|id| id.as_str().into()).collect();
    json!({
        "rubric": {"id": rubric.id.as_str(), "version": rubric.version},
        "complete": score.complete,
        "total": fraction(score.total),
        "max": points(score.max),
        "parts": parts,
        "stars_by_points": score.stars_by_points,
        "stars_by_gates": score.stars_by_gates,
        "cap": score.cap,
        "withheld": score.withheld.map(withheld),
        "stars": score.stars,
        "awarded": score.awarded,
        "unanswered": ids(&score.unanswered),
        "not_asked": ids(&score.not_asked),
        "unknown_requirements": unknown,
        "missed_gates": missed,
        "next": null,
    })
}

/// The word for why no star is given.
#[must_use]
pub const fn withheld(why: Withheld) -> &'static str {
    match why {
        Withheld::Disqualify => "disqualify",
        Withheld::Stop => "stop",
        Withheld::Reject => "reject",
        Withheld::NoAward => "no_award",
    }
}

/// Points as a JSON number: whole ones without a decimal point.
#[must_use]
pub fn points(points: Points) -> Value {
    match points.whole() {
        Some(whole) => whole.into(),
        // The nearest double of a decimal with two digits is written as that decimal again.
        None => Number::from_f64(f64::from(points.hundredths()) / 100.0).map_or(Value::Null, Value::Number),
    }
}

/// A fraction as `{"num", "den"}`; a number beyond 64 bits is written as text, since JSON readers would round it.
#[must_use]
pub fn fraction(fraction: Fraction) -> Value {
    let (num, den) = (fraction.num(), fraction.den());
    let mut object = Map::new();
    match (i64::try_from(num), i64::try_from(den)) {
        (Ok(num), Ok(den)) => {
            object.insert("num".to_owned(), num.into());
            object.insert("den".to_owned(), den.into());
        }
        _ => {
            object.insert("num".to_owned(), num.to_string().into());
            object.insert("den".to_owned(), den.to_string().into());
        }
    }
    Value::Object(object)
}
