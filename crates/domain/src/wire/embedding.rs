//! What a page of another site wants of the app that it shows, or leads to (docs/adr/0022), and what such a page is told.
//! All of what comes in is checked here: it is the page's, and the page may be anybody's.

use super::{
    answers,
    endpoint::read_offer,
    envelope::{EnvelopeScore, RubricRef},
    form::{Form, Members, Refused, put},
    json,
};
use crate::{
    answers::{AnswerError, Sheet},
    digest::Digest,
    draft::Draft,
    endpoint::Endpoint,
    id::{AssessmentId, RubricId, SubmissionId},
    rubric::Rubric,
    score::Score,
    subject::{Assessor, Place, RegionCodes, Subject, is_phone, nib},
    text::is_unseen,
    web_address::WebAddress,
};
use serde_json::Value;

/// Longest text that is filled in, in characters; longer ones are not.
pub const LONGEST_TEXT: usize = 200;
/// Longest document of wishes, in bytes.
const LONGEST: usize = 32_768;

/// Which rubric a page wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RubricWanted {
    /// One that comes with the app, by the name of its file.
    BuiltIn(RubricId),
    /// One that is to be had elsewhere.
    At(WebAddress),
}

/// What a page wants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The rubric; `None` where the page names none that could be.
    pub rubric: Option<RubricWanted>,
    /// Where finished assessments go; what is wrong with it where it is no endpoint.
    pub endpoint: Option<Result<Endpoint, Refused>>,
    /// What is known of the product and its maker.
    pub subject: Subject,
    /// Who assesses, where the page knows it.
    pub assessor: Assessor,
    /// Whether a maker reckons their own stars: nothing is stored, nothing is sent.
    pub own: bool,
    /// The site, as the page says; a claim, where the browser does not vouch for it.
    pub host: String,
}

impl Wanted {
    /// Reads what a page wants. What is not understood, or is no fitting text, is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let value = if text.len() > LONGEST { Value::Null } else { json::read(text.as_bytes()).unwrap_or_default() };
        let given = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let prefill = given("prefill").and_then(|text| json::read(text.as_bytes()).ok()).unwrap_or_default();
        Self {
            rubric: given("rubric").and_then(rubric),
            endpoint: given("endpoint").map(endpoint),
            subject: subject(&prefill),
            assessor: assessor(&prefill),
            own: given("self").is_some(),
            host: given("host").and_then(plain).unwrap_or_default(),
        }
    }
}

fn rubric(text: &str) -> Option<RubricWanted> {
    match RubricId::parse(text) {
        Ok(name) => Some(RubricWanted::BuiltIn(name)),
        Err(_) => WebAddress::parse(text).ok().map(RubricWanted::At),
    }
}

/// Reads an endpoint that a page names: an address, or all that can be said of one (`bintang-endpoint/1`).
///
/// # Errors
/// What is wrong with it.
pub fn endpoint(text: &str) -> Result<Endpoint, Refused> {
    let text = text.trim();
    if text.starts_with('{') {
        return read_offer(text);
    }
    let address = WebAddress::parse(text).map_err(|problem| Refused::new(problem.to_string()))?;
    Ok(Endpoint::at(address))
}

/// A text of one line that says what it shows.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = text.chars().count() <= LONGEST_TEXT && !text.chars().any(is_unseen);
    (fits && !text.is_empty()).then(|| text.to_owned())
}

fn subject(prefill: &Value) -> Subject {
    let text = |name: &str| prefill.get(name).and_then(Value::as_str).and_then(plain);
    let or_empty = |name: &str| text(name).unwrap_or_default();
    Subject {
        product: or_empty("product"),
        business: or_empty("business"),
        owner: or_empty("owner"),
        sentra: text("sentra"),
        nib: text("nib").and_then(|text| nib(&text)),
        phone: text("phone").filter(|text| is_phone(text)),
        place: Place {
            village: or_empty("village"),
            codes: text("village_code").and_then(|code| RegionCodes::of_village(&code)),
            coordinates: None,
        },
        commodity: None,
    }
}

fn assessor(prefill: &Value) -> Assessor {
    let text = |name: &str| prefill.get(name).and_then(Value::as_str).and_then(plain).unwrap_or_default();
    Assessor { name: text("assessor"), office: text("office") }
}

fn written(members: Members) -> String {
    Value::Object(members).to_string()
}

/// The score of a sheet, as a page is told.
#[must_use]
pub fn score(assessment: AssessmentId, rubric: &Rubric, score: &Score) -> String {
    let mut members = Members::new();
    put(&mut members, "assessment", &assessment);
    if let Value::Object(of) = EnvelopeScore::new(rubric, score).write() {
        members.extend(of);
    }
    put(&mut members, "unanswered", &score.unanswered.len());
    put(&mut members, "unknown_requirements", &score.unknown_requirements.len());
    written(members)
}

/// A sheet that is being filled in, as a page is told.
#[must_use]
pub fn sheet(draft: &Draft, rubric: &Rubric) -> String {
    let mut members = Members::new();
    put(&mut members, "assessment", &draft.head.assessment);
    put(&mut members, "rubric", &draft.head.rubric);
    put(&mut members, "stage", &draft.head.stage);
    put(&mut members, "subject", &draft.head.subject);
    let sheet = Sheet { rubric: rubric.id.clone(), version: rubric.version.clone(), answers: draft.answers.clone() };
    members.insert("sheet".to_owned(), answers::write(&sheet));
    members.insert("document".to_owned(), Value::Null);
    written(members)
}

/// A finished assessment, as a page is told: the document that is sent.
#[must_use]
pub fn finished_sheet(assessment: AssessmentId, rubric: &RubricRef, document: &str) -> String {
    let mut members = Members::new();
    put(&mut members, "assessment", &assessment);
    put(&mut members, "rubric", rubric);
    members.insert("document".to_owned(), json::read(document.as_bytes()).unwrap_or_default());
    written(members)
}

/// A finished assessment and how far it is, as a page is told.
#[must_use]
pub fn finished(assessment: AssessmentId, id: SubmissionId, digest: Digest, proof: Option<(&str, &str)>) -> String {
    let mut members = Members::new();
    put(&mut members, "assessment", &assessment);
    put(&mut members, "id", &id);
    put(&mut members, "digest", &digest);
    if let Some((receiver, received_at)) = proof {
        put(&mut members, "receiver", &receiver.to_owned());
        put(&mut members, "received_at", &received_at.to_owned());
    }
    written(members)
}

/// What did not happen, as a page is told: a word for programs, a sentence for people.
#[must_use]
pub fn error(code: &str, message: &str) -> String {
    let mut members = Members::new();
    put(&mut members, "code", &code.to_owned());
    put(&mut members, "message", &message.to_owned());
    written(members)
}

/// Which sheet is shown, as a page is told.
#[must_use]
pub fn ready(assessment: Option<AssessmentId>) -> String {
    let mut members = Members::new();
    put(&mut members, "assessment", &assessment);
    written(members)
}

/// Reads a sheet that a page loads: what [`sheet`] writes, or `bintang-answers/1` alone. It must fit this rubric.
///
/// # Errors
/// Everything that does not fit.
pub fn read_sheet(text: &str, rubric: &Rubric) -> Result<Sheet, Vec<AnswerError>> {
    let value = json::read(text.as_bytes()).unwrap_or_default();
    let sheet = answers::read(value.get("sheet").unwrap_or(&value))?;
    let errors = sheet.check(rubric);
    if errors.is_empty() { Ok(sheet) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wanted(options: &Value) -> Wanted {
        Wanted::read(&options.to_string())
    }

    #[test]
    fn a_page_names_a_rubric_an_endpoint_and_what_it_knows() {
        let prefill = serde_json::json!({
            "product": " Keripik ", "business": "Dapur", "nib": "1234 5678 90123", "phone": "0812 3456 7890",
            "village": "Desa Sukamekar", "village_code": "32.06.01.2001", "colour": "red", "assessor": "Penilai",
        });
        let read = wanted(&serde_json::json!({
            "rubric": "food", "endpoint": "https://dinas.example/terima", "prefill": prefill.to_string(),
            "host": "https://dinas.example", "self": "1",
        }));
        assert_eq!(read.rubric, Some(RubricWanted::BuiltIn(RubricId::parse("food").unwrap())));
        assert_eq!(read.endpoint.unwrap().unwrap().address.url(), "https://dinas.example/terima");
        assert!(read.own);
        assert_eq!((read.assessor.name.as_str(), read.assessor.office.as_str()), ("Penilai", ""));
        assert_eq!((read.subject.product.as_str(), read.subject.nib.as_deref()), ("Keripik", Some("1234567890123")));
        assert_eq!(read.subject.place.codes.unwrap().village, "32.06.01.2001");
        let at = wanted(&serde_json::json!({"rubric": "https://dinas.example/rubrik.json"})).rubric;
        assert!(matches!(at, Some(RubricWanted::At(_))));
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        for text in ["\u{202e}liated", "a\nb", "a\0b", "   ", &long] {
            let prefill = serde_json::json!({"product": text, "business": {"a": 1}, "nib": "12", "phone": "x"});
            let read = wanted(&serde_json::json!({"prefill": prefill.to_string()}));
            assert_eq!(read.subject, Subject::default(), "{text:?}");
        }
        for text in ["", "null", "[]", "{", "{\"rubric\":1}", &"[".repeat(40_000)] {
            assert_eq!(Wanted::read(text), Wanted::default(), "{text:.20}");
        }
        for rubric in ["../secret", "javascript:alert(1)", "http://dinas.example/x", "https://a:b@dinas.example/x"] {
            assert_eq!(wanted(&serde_json::json!({"rubric": rubric})).rubric, None, "{rubric}");
        }
        for endpoint in ["javascript:alert(1)", "http://dinas.example/x", "{\"format\":\"x\"}"] {
            let read = wanted(&serde_json::json!({"endpoint": endpoint}));
            assert!(matches!(read.endpoint, Some(Err(_))), "{endpoint}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_a_page_says_is_more_than_plain_text(prefill in ".{0,300}", name in ".{0,300}") {
            let inner = serde_json::json!({"product": name});
            for prefill in [prefill, inner.to_string()] {
                let read = wanted(&serde_json::json!({"prefill": prefill, "rubric": name, "endpoint": name, "host": name}));
                for text in [&read.subject.product, &read.host] {
                    prop_assert!(text.chars().count() <= LONGEST_TEXT && !text.chars().any(is_unseen));
                }
            }
        }
    }
}
