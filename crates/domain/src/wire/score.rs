//! Writing a score: the `result` of the command line and of the upload contract.

use super::envelope::withheld_word;
use crate::{
    id::{NodeId, RequirementId},
    next::{Goal, Next},
    points::{Fraction, Points},
    rubric::{CriterionIndex, Rubric},
    score::Score,
};
use serde_json::{Map, Number, Value, json};

/// The score as JSON, with exactly the keys of the format. The way up is reckoned apart; without one `next` is `null`.
#[must_use]
pub fn write(rubric: &Rubric, score: &Score, next: Option<&Next>) -> Value {
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
        "withheld": score.withheld.map(withheld_word),
        "stars": score.stars,
        "awarded": score.awarded,
        "unanswered": ids(&score.unanswered),
        "not_asked": ids(&score.not_asked),
        "unknown_requirements": unknown,
        "missed_gates": missed,
        "next": next.map(|next| write_next(rubric, next)),
    })
}

fn write_next(rubric: &Rubric, next: &Next) -> Value {
    let raise = next.raise.iter().map(|raise| {
        let mut written = Map::new();
        let id = rubric.criterion(raise.criterion).map_or("", |criterion| criterion.id.as_str());
        written.insert("criterion".to_owned(), id.into());
        if let Some(case) = &raise.case {
            written.insert("case".to_owned(), case.as_str().into());
        }
        let to = match &raise.to {
            Goal::Option(option) => option.as_str().into(),
            Goal::None => "none".into(),
            Goal::Ticked(count) => (*count).into(),
        };
        written.insert("to".to_owned(), to);
        written.insert("gain".to_owned(), points(raise.gain));
        Value::Object(written)
    });
    let requirements: Vec<&str> = next.requirements.iter().map(RequirementId::as_str).collect();
    json!({
        "stars": next.stars,
        "steps": next.steps,
        "criteria": next.criteria,
        "raise": raise.collect::<Vec<_>>(),
        "requirements": requirements,
    })
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
