//! The form of outbox entries as they are stored.

use super::form::{Form, Members, Refused, member, members, object, put};
use crate::outbox::{Entry, SendError, State};
use serde_json::Value;

object! { Entry { id, assessment, digest, document, product, business, finished, endpoint, tries, state } }

/// A choice is its word, or with content an object of one member: the word, the content.
fn choice(value: &Value) -> Result<(&str, &Value), Refused> {
    let with_content = || {
        let mut members = members(value).ok()?.iter().map(|(word, content)| (word.as_str(), content));
        members.next().filter(|_| members.next().is_none())
    };
    let choice = value.as_str().map(|word| (word, &Value::Null)).or_else(with_content);
    choice.ok_or_else(|| Refused::new("a word, or an object of a word and its content, is expected"))
}

fn with_content(word: &str, content: Value) -> Value {
    Value::Object(Members::from_iter([(word.to_owned(), content)]))
}

fn unknown() -> Refused {
    Refused::new("the word is not known here")
}

impl Form for State {
    fn read(value: &Value) -> Result<Self, Refused> {
        let (word, content) = choice(value)?;
        let state = match word {
            "waiting" => members(content)
                .and_then(|of| Ok(Self::Waiting { until: member(of, "until")?, last: member(of, "last")? })),
            "trying" => members(content).and_then(|of| Ok(Self::Trying { since: member(of, "since")? })),
            "proved" => members(content).and_then(|of| {
                let (receiver, received_at) = (member(of, "receiver")?, member(of, "received_at")?);
                Ok(Self::Proved { at: member(of, "at")?, receiver, received_at })
            }),
            "attention" => SendError::read(content).map(Self::Attention),
            _ => return Err(unknown()),
        };
        state.map_err(|refused| refused.within(word))
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        let word = match self {
            Self::Waiting { until, last } => {
                put(&mut of, "until", until);
                put(&mut of, "last", last);
                "waiting"
            }
            Self::Trying { since } => {
                put(&mut of, "since", since);
                "trying"
            }
            Self::Proved { at, receiver, received_at } => {
                put(&mut of, "at", at);
                put(&mut of, "receiver", receiver);
                put(&mut of, "received_at", received_at);
                "proved"
            }
            Self::Attention(error) => return with_content("attention", error.write()),
        };
        with_content(word, Value::Object(of))
    }
}

impl Form for SendError {
    fn read(value: &Value) -> Result<Self, Refused> {
        let (word, content) = choice(value)?;
        let status = || members(content).and_then(|of| member(of, "status"));
        let error = match word {
            "no_endpoint" => Ok(Self::NoEndpoint),
            "offline" => Ok(Self::Offline),
            "timeout" => Ok(Self::Timeout),
            "other_receipt" => Ok(Self::OtherReceipt),
            "busy" => members(content)
                .and_then(|of| Ok(Self::Busy { status: status()?, retry_after: member(of, "retry_after")? })),
            "not_a_receipt" => status().map(|status| Self::NotAReceipt { status }),
            "files_missing" => members(content).and_then(|of| Ok(Self::FilesMissing { count: member(of, "count")? })),
            "not_allowed" => status().map(|status| Self::NotAllowed { status }),
            "refused" => members(content).and_then(|of| {
                Ok(Self::Refused { status: status()?, code: member(of, "code")?, detail: member(of, "detail")? })
            }),
            _ => return Err(unknown()),
        };
        error.map_err(|refused| refused.within(word))
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        let word = match self {
            Self::NoEndpoint => return "no_endpoint".into(),
            Self::Offline => return "offline".into(),
            Self::Timeout => return "timeout".into(),
            Self::OtherReceipt => return "other_receipt".into(),
            Self::Busy { status, retry_after } => {
                put(&mut of, "status", status);
                put(&mut of, "retry_after", retry_after);
                "busy"
            }
            Self::NotAReceipt { status } => {
                put(&mut of, "status", status);
                "not_a_receipt"
            }
            Self::FilesMissing { count } => {
                put(&mut of, "count", count);
                "files_missing"
            }
            Self::NotAllowed { status } => {
                put(&mut of, "status", status);
                "not_allowed"
            }
            Self::Refused { status, code, detail } => {
                put(&mut of, "status", status);
                put(&mut of, "code", code);
                put(&mut of, "detail", detail);
                "refused"
            }
        };
        with_content(word, Value::Object(of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;
    use serde_json::json;

    #[test]
    fn every_state_comes_back() {
        let busy = SendError::Busy { status: 503, retry_after: Some(1_000) };
        let refused = SendError::Refused { status: 422, code: Some("bad_sheet".into()), detail: None };
        for (state, form) in [
            (State::Waiting { until: Millis(1), last: None }, json!({"waiting": {"until": 1, "last": null}})),
            (
                State::Waiting { until: Millis(1), last: Some(busy) },
                json!({"waiting": {"until": 1, "last": {"busy": {"status": 503, "retry_after": 1000}}}}),
            ),
            (State::Trying { since: Millis(2) }, json!({"trying": {"since": 2}})),
            (
                State::Proved { at: Millis(3), receiver: "r".into(), received_at: "t".into() },
                json!({"proved": {"at": 3, "receiver": "r", "received_at": "t"}}),
            ),
            (State::Attention(SendError::NoEndpoint), json!({"attention": "no_endpoint"})),
            (State::Attention(SendError::Offline), json!({"attention": "offline"})),
            (State::Attention(SendError::Timeout), json!({"attention": "timeout"})),
            (State::Attention(SendError::OtherReceipt), json!({"attention": "other_receipt"})),
            (
                State::Attention(SendError::NotAReceipt { status: 200 }),
                json!({"attention": {"not_a_receipt": {"status": 200}}}),
            ),
            (
                State::Attention(SendError::FilesMissing { count: 2 }),
                json!({"attention": {"files_missing": {"count": 2}}}),
            ),
            (
                State::Attention(SendError::NotAllowed { status: 401 }),
                json!({"attention": {"not_allowed": {"status": 401}}}),
            ),
            (
                State::Attention(refused),
                json!({"attention": {"refused": {"status": 422, "code": "bad_sheet", "detail": null}}}),
            ),
        ] {
            assert_eq!(state.write(), form);
            assert_eq!(State::read(&form), Ok(state));
        }
        let at = |form| State::read(&form).unwrap_err().at;
        assert_eq!(at(json!({"attention": {"busy": {"status": -1}}})), "/attention/busy/status");
        assert_eq!(at(json!({"trying": {}, "proved": {}})), "");
    }
}
