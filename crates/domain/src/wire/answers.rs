//! Reading and writing `bintang-answers/1`, whole or answer by answer.

use super::tree::Json;
use crate::{
    answers::{Answer, AnswerError, AnswerErrorCode, Answers, Sheet},
    id::{BadId, ChoiceId, KnockoutId, NodeId, RequirementId, RubricId},
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

pub(crate) const FORMAT: &str = "bintang-answers/1";

/// Places in a sheet, as JSON pointers.
pub(crate) mod place {
    pub(crate) fn rubric_id() -> String {
        "/rubric/id".to_owned()
    }

    pub(crate) fn rubric_version() -> String {
        "/rubric/version".to_owned()
    }

    pub(crate) fn answer(criterion: &str) -> String {
        ["/answers/", criterion].concat()
    }

    pub(crate) fn requirement(id: &str) -> String {
        ["/requirements/", id].concat()
    }

    pub(crate) fn flag(index: usize) -> String {
        ["/flags/", &index.to_string()].concat()
    }

    pub(crate) fn option(answer: &str) -> String {
        [answer, "/option"].concat()
    }

    pub(crate) fn case(answer: &str) -> String {
        [answer, "/case"].concat()
    }

    pub(crate) fn ticked(answer: &str, index: usize) -> String {
        [answer, "/ticked/", &index.to_string()].concat()
    }

    pub(crate) fn not_applicable(answer: &str) -> String {
        [answer, "/na"].concat()
    }

    /// A key as a step of a JSON pointer (RFC 6901).
    pub(crate) fn escaped(key: &str) -> String {
        key.replace('~', "~0").replace('/', "~1")
    }
}

fn malformed(at: impl Into<String>, message: impl Into<String>) -> AnswerError {
    AnswerError { at: at.into(), code: AnswerErrorCode::Malformed, message: message.into() }
}

fn bad_id(at: impl Into<String>, bad: &BadId) -> AnswerError {
    malformed(at, format!("{bad}."))
}

/// Reads a sheet. Whether it fits its rubric is asked of [`Sheet::check`].
///
/// # Errors
/// Everything that is not of the sheet's form, each with its place.
pub fn read(sheet: &impl Json) -> Result<Sheet, Vec<AnswerError>> {
    let mut errors = Vec::new();
    if sheet.members().is_none() {
        return Err(vec![malformed("", "A sheet is a JSON object.")]);
    }
    if sheet.member("format").and_then(Json::text) != Some(FORMAT) {
        errors.push(malformed("/format", format!("The format of a sheet is “{FORMAT}”.")));
    }
    let named = sheet.member("rubric");
    let text = |key: &str| named.and_then(|rubric| rubric.member(key)).and_then(Json::text);
    let rubric = text("id").map(RubricId::parse);
    let version = text("version").map(str::to_owned);
    match &rubric {
        Some(Ok(_)) => {}
        Some(Err(bad)) => errors.push(bad_id(place::rubric_id(), bad)),
        None => errors.push(malformed(place::rubric_id(), "A sheet names the id of its rubric.")),
    }
    if version.is_none() {
        errors.push(malformed(place::rubric_version(), "A sheet names the version of its rubric."));
    }

    let mut answers = Answers::default();
    match sheet.member("answers").and_then(Json::members) {
        Some(entries) => read_answers(entries, &mut answers, &mut errors),
        None => errors.push(malformed("/answers", "The answers are an object: criterion, answer.")),
    }
    let given = |key: &str| sheet.member(key).filter(|value| value.plain() != Some(&Value::Null));
    if let Some(requirements) = given("requirements") {
        match requirements.members() {
            Some(entries) => read_requirements(entries, &mut answers, &mut errors),
            None => errors.push(malformed("/requirements", "The requirements are an object: id, true or false.")),
        }
    }
    if let Some(flags) = given("flags") {
        match flags.list() {
            Some(flags) => read_flags(flags, &mut answers, &mut errors),
            None => errors.push(malformed("/flags", "The flags are a list of knockout ids.")),
        }
    }
    match (rubric, version) {
        (Some(Ok(rubric)), Some(version)) if errors.is_empty() => Ok(Sheet { rubric, version, answers }),
        _ => Err(errors),
    }
}

fn read_answers<'v, J: Json + 'v>(
    entries: impl Iterator<Item = (&'v str, &'v J)>,
    answers: &mut Answers,
    errors: &mut Vec<AnswerError>,
) {
    for (key, value) in entries {
        match (NodeId::parse(key), read_answer(value)) {
            (Ok(id), Ok(answer)) => {
                answers.criteria.insert(id, answer);
            }
            (id, answer) => {
                let at = place::answer(&place::escaped(key));
                errors.extend(id.err().map(|bad| bad_id(at.clone(), &bad)));
                errors.extend(answer.err().map(|error| AnswerError { at: [at, error.at].concat(), ..error }));
            }
        }
    }
}

fn read_requirements<'v, J: Json + 'v>(
    entries: impl Iterator<Item = (&'v str, &'v J)>,
    answers: &mut Answers,
    errors: &mut Vec<AnswerError>,
) {
    for (key, value) in entries {
        let at = || place::requirement(&place::escaped(key));
        match (RequirementId::parse(key), value.plain().and_then(Value::as_bool)) {
            (Ok(id), Some(met)) => {
                answers.requirements.insert(id, met);
            }
            (Ok(_), None) => errors.push(malformed(at(), "A requirement is met, true, or not, false.")),
            (Err(bad), _) => errors.push(bad_id(at(), &bad)),
        }
    }
}

fn read_flags(flags: &[impl Json], answers: &mut Answers, errors: &mut Vec<AnswerError>) {
    // A set grows well at its end only, and a list may be as long and as disordered as a stranger likes.
    let mut sorted = BTreeSet::new();
    for (index, value) in flags.iter().enumerate() {
        match value.text().map(|text| (text, KnockoutId::parse(text))) {
            Some((text, Ok(_))) => {
                sorted.insert(text);
            }
            Some((_, Err(bad))) => errors.push(bad_id(place::flag(index), &bad)),
            None => errors.push(malformed(place::flag(index), "A flag is the id of a knockout.")),
        }
    }
    answers.flags.extend(sorted.into_iter().filter_map(|text| KnockoutId::parse(text).ok()));
}

/// Reads one answer.
///
/// # Errors
/// Why it is none of the five forms; its place is within the answer.
pub fn read_answer<J: Json>(value: &J) -> Result<Answer, AnswerError> {
    let choice = |at: &str, value: &J| {
        let text = value.text().ok_or_else(|| malformed(at, "An id is a text."))?;
        ChoiceId::parse(text).map_err(|bad| bad_id(at, &bad))
    };
    let none_of_them =
        || malformed("", "An answer is one of {option}, {case, option}, {ticked}, {none: true} and {na: true}.");
    let mut members = value.members().ok_or_else(none_of_them)?;
    let (first, second, third) = (members.next(), members.next(), members.next());
    match (first, second, third) {
        (Some(("option", option)), None, None) => Ok(Answer::Option(choice("/option", option)?)),
        (Some(("case", case)), Some(("option", option)), None)
        | (Some(("option", option)), Some(("case", case)), None) => {
            Ok(Answer::Case(choice("/case", case)?, choice("/option", option)?))
        }
        (Some(("ticked", list)), None, None) => {
            let items = list.list().ok_or_else(none_of_them)?;
            let item = |(index, item)| choice(&place::ticked("", index), item);
            Ok(Answer::Ticked(items.iter().enumerate().map(item).collect::<Result<_, _>>()?))
        }
        (Some(("none", yes)), None, None) if yes.plain() == Some(&Value::Bool(true)) => Ok(Answer::None),
        (Some(("na", yes)), None, None) if yes.plain() == Some(&Value::Bool(true)) => Ok(Answer::NotApplicable),
        _ => Err(none_of_them()),
    }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    gathered(members.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

fn gathered(entries: impl Iterator<Item = (String, Value)>) -> Value {
    let mut members = Map::new();
    for (name, value) in entries {
        members.insert(name, value);
    }
    Value::Object(members)
}

/// Writes a sheet.
#[must_use]
pub fn write(sheet: &Sheet) -> Value {
    let Sheet { rubric, version, answers } = sheet;
    let criteria = answers.criteria.iter().map(|(id, answer)| (id.to_string(), write_answer(answer)));
    let requirements = answers.requirements.iter().map(|(id, met)| (id.to_string(), Value::Bool(*met)));
    let flags = answers.flags.iter().map(|id| id.as_str().into());
    object([
        ("format", FORMAT.into()),
        ("rubric", object([("id", rubric.as_str().into()), ("version", version.as_str().into())])),
        ("answers", gathered(criteria)),
        ("requirements", gathered(requirements)),
        ("flags", Value::Array(flags.collect())),
    ])
}

/// Writes one answer.
#[must_use]
pub fn write_answer(answer: &Answer) -> Value {
    match answer {
        Answer::Option(option) => object([("option", option.as_str().into())]),
        Answer::Case(case, option) => object([("case", case.as_str().into()), ("option", option.as_str().into())]),
        Answer::Ticked(items) => {
            object([("ticked", Value::Array(items.iter().map(|item| item.as_str().into()).collect()))])
        }
        Answer::None => object([("none", true.into())]),
        Answer::NotApplicable => object([("na", true.into())]),
    }
}
