//! Reading `bintang-panel/1`, and writing a verdict.

use super::{
    answers,
    envelope::withheld_word,
    score::{fraction, points},
};
use crate::{
    id::{KnockoutId, RubricId},
    panel::{Decisions, Lack, LeftOut, Panel, PanelError, PanelErrorCode as Code, Role, Seat, Verdict},
    rubric::Rubric,
};
use serde_json::{Map, Value, json};

/// The value of `format`.
pub const FORMAT: &str = "bintang-panel/1";

/// Reads a panel. Whether it fits its rubric is said by [`crate::panel::verdict`].
///
/// # Errors
/// Everything that is not of a panel's form, each with its place.
pub fn read(value: &Value) -> Result<Panel, Vec<PanelError>> {
    let mut errors = Errors::default();
    let Some(panel) = value.as_object() else {
        return Err(vec![PanelError::new("", Code::Malformed, "A panel is a JSON object.")]);
    };
    if panel.get("format").and_then(Value::as_str) != Some(FORMAT) {
        errors.malformed("/format", &format!("The format of a panel is “{FORMAT}”."));
    }
    let named = |key: &str| panel.get("rubric").and_then(|rubric| rubric.get(key)).and_then(Value::as_str);
    let rubric = named("id").and_then(|id| RubricId::parse(id).ok());
    if rubric.is_none() {
        errors.malformed("/rubric/id", "A panel names the id of its rubric.");
    }
    let version = named("version").map(str::to_owned);
    if version.is_none() {
        errors.malformed("/rubric/version", "A panel names the version of its rubric.");
    }
    let members = match panel.get("members") {
        None | Some(Value::Null) => None,
        Some(members) => {
            let whole = members.as_i64().map(|members| u32::try_from(members).unwrap_or(0));
            if whole.is_none() {
                errors.malformed("/members", "The members are a whole number.");
            }
            whole
        }
    };
    let mut seats = Vec::new();
    match panel.get("sheets").and_then(Value::as_array) {
        Some(entries) => {
            for (place, entry) in entries.iter().enumerate() {
                seats.extend(seat(&format!("/sheets/{place}"), entry, &mut errors));
            }
        }
        None => errors.malformed("/sheets", "The sheets are a list."),
    }
    let chair = decisions(panel.get("chair"), &mut errors);
    match (rubric, version) {
        (Some(rubric), Some(version)) if errors.0.is_empty() => Ok(Panel { rubric, version, members, seats, chair }),
        _ => Err(errors.0),
    }
}

#[derive(Default)]
struct Errors(Vec<PanelError>);

impl Errors {
    fn say(&mut self, at: &str, code: Code, message: &str) {
        self.0.push(PanelError::new(at, code, message));
    }

    fn malformed(&mut self, at: &str, message: &str) {
        self.say(at, Code::Malformed, message);
    }
}

fn seat(at: &str, entry: &Value, errors: &mut Errors) -> Option<Seat> {
    let Some(seat) = entry.as_object() else {
        errors.malformed(at, "A seat is a JSON object.");
        return None;
    };
    let assessor = match seat.get("assessor") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(name)) => name.clone(),
        Some(_) => {
            errors.malformed(&[at, "/assessor"].concat(), "An assessor is named by a text.");
            String::new()
        }
    };
    let role = match seat.get("role").and_then(Value::as_str) {
        Some("chair") => Role::Chair,
        Some("member") => Role::Member,
        _ => {
            errors.say(&[at, "/role"].concat(), Code::UnknownRole, "A role is “chair” or “member”.");
            Role::Member
        }
    };
    let left_out = match seat.get("left_out") {
        None | Some(Value::Null) => None,
        Some(Value::String(why)) if why == "abstain" => Some(LeftOut::Abstain),
        Some(Value::String(why)) if why == "conflict" => Some(LeftOut::Conflict),
        Some(_) => {
            let message = "A sheet is left out by “abstain” or “conflict”.";
            errors.say(&[at, "/left_out"].concat(), Code::UnknownLeftOut, message);
            None
        }
    };
    let sheet = match seat.get("sheet") {
        None | Some(Value::Null) => None,
        Some(sheet) => match answers::read(sheet) {
            Ok(sheet) => Some(sheet),
            Err(faults) => {
                errors.0.extend(faults.into_iter().map(|fault| PanelError {
                    at: [at, "/sheet", &fault.at].concat(),
                    code: fault.code.as_str(),
                    message: fault.message,
                }));
                return None;
            }
        },
    };
    Some(Seat { assessor, role, left_out, sheet })
}

fn decisions(value: Option<&Value>, errors: &mut Errors) -> Decisions {
    let mut decisions = Decisions::default();
    let chair = match value {
        None | Some(Value::Null) => return decisions,
        Some(Value::Object(chair)) => chair,
        Some(_) => {
            errors.malformed("/chair", "What the chair decided is a JSON object.");
            return decisions;
        }
    };
    for (place, id) in list(chair, "confirm", errors).iter().enumerate() {
        decisions.confirmed.extend(knockout(&format!("/chair/confirm/{place}"), id, errors));
    }
    for (place, lift) in list(chair, "lift", errors).iter().enumerate() {
        let at = format!("/chair/lift/{place}");
        let id = knockout(&[&at, "/knockout"].concat(), lift.get("knockout").unwrap_or(&Value::Null), errors);
        // A reason that is not there is told with the verdict, as an empty one is.
        let reason = lift.get("reason").and_then(Value::as_str).unwrap_or_default();
        decisions.lifted.extend(id.map(|id| (id, reason.to_owned())));
    }
    decisions.closed = match chair.get("close") {
        None | Some(Value::Null) => None,
        Some(close) => Some(close.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned()),
    };
    decisions
}

fn list<'v>(chair: &'v Map<String, Value>, key: &str, errors: &mut Errors) -> &'v [Value] {
    match chair.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(_) => {
            errors.malformed(&["/chair/", key].concat(), "This is a list.");
            &[]
        }
    }
}

fn knockout(at: &str, value: &Value, errors: &mut Errors) -> Option<KnockoutId> {
    let id = value.as_str().and_then(|id| KnockoutId::parse(id).ok());
    if id.is_none() {
        errors.say(at, Code::UnknownKnockout, "A knockout is named by its id.");
    }
    id
}

/// The verdict as JSON, with exactly the keys of the format.
#[must_use]
pub fn write(rubric: &Rubric, verdict: &Verdict) -> Value {
    let missing: Vec<&str> = verdict
        .missing
        .iter()
        .map(|lack| match lack {
            Lack::Share => "share",
            Lack::Chair => "chair",
            Lack::MinSheets => "min_sheets",
        })
        .collect();
    let differs = verdict.differs.iter().map(|differs| {
        json!({
            "criterion": rubric.criterion(differs.criterion).map_or("", |criterion| criterion.id.as_str()),
            "low": points(differs.low),
            "high": points(differs.high),
            "share": fraction(differs.share),
        })
    });
    json!({
        "rubric": {"id": rubric.id.as_str(), "version": rubric.version},
        "total": fraction(verdict.total),
        "max": points(verdict.max),
        "spread": fraction(verdict.spread),
        "stars_by_points": verdict.stars_by_points,
        "stars_by_gates": verdict.stars_by_gates,
        "cap": verdict.cap,
        "withheld": verdict.withheld.map(withheld_word),
        "stars": verdict.stars,
        "awarded": verdict.awarded,
        "sheets": {"counted": verdict.counted, "left_out": verdict.left_out, "members": verdict.members},
        "quorum": {"met": verdict.missing.is_empty(), "missing": missing},
        "needs_rescoring": verdict.needs_rescoring,
        "differs": differs.collect::<Vec<_>>(),
        "closed": verdict.closed,
    })
}
