//! The form of outbox entries as they are stored.

use super::form::{Faults, Form, Members, Object, inside, object, put, unknown_word};
use crate::{
    outbox::{Entry, SendError, State},
    time::Millis,
};
use serde_json::Value;

object! { Entry { id, assessment, digest, document, product, business, finished, endpoint, tries, state } }

/// A choice is its word, or with content an object of one member: the word, the content.
fn choice<'v>(value: &'v Value, faults: &mut Faults) -> (&'v str, &'v Value) {
    let with_content = || {
        let mut members = value.as_object()?.iter().map(|(word, content)| (word.as_str(), content));
        members.next().filter(|_| members.next().is_none())
    };
    let choice = value.as_str().map(|word| (word, &Value::Null)).or_else(with_content);
    choice.unwrap_or_else(|| {
        faults.note("a word, or an object of a word and its content, is expected");
        ("", &Value::Null)
    })
}

fn with_content(word: &str, content: Value) -> Value {
    let mut members = Members::new();
    put(&mut members, word, &content);
    Value::Object(members)
}

impl Form for State {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let (word, content) = choice(value, faults);
        inside(word, faults, |faults| {
            if word == "attention" {
                return Self::Attention(SendError::take(content, faults));
            }
            let of = Object::of(content, faults);
            match word {
                "waiting" => Self::Waiting { until: of.member("until", faults), last: of.member("last", faults) },
                "proved" => Self::Proved {
                    receiver: of.member("receiver", faults),
                    received_at: of.member("received_at", faults),
                    at: of.member("at", faults),
                    // Records from before there was a rule for photos have none.
                    held: of.member::<Option<usize>>("held", faults).unwrap_or_default(),
                    read_back: of.member::<Option<bool>>("read_back", faults).unwrap_or_default(),
                },
                "accepted" => Self::Accepted {
                    at: of.member("at", faults),
                    held: of.member("held", faults),
                    lost: of.member("lost", faults),
                },
                "trying" => Self::Trying { since: of.member("since", faults) },
                _ => {
                    unknown_word(faults);
                    Self::Trying { since: Millis(0) }
                }
            }
        })
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
            Self::Proved { at, receiver, received_at, held, read_back } => {
                put(&mut of, "at", at);
                put(&mut of, "receiver", receiver);
                put(&mut of, "received_at", received_at);
                put(&mut of, "held", held);
                put(&mut of, "read_back", read_back);
                "proved"
            }
            Self::Accepted { at, held, lost } => {
                put(&mut of, "at", at);
                put(&mut of, "held", held);
                put(&mut of, "lost", lost);
                "accepted"
            }
            Self::Attention(error) => return with_content("attention", error.write()),
        };
        with_content(word, Value::Object(of))
    }
}

impl Form for SendError {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let (word, content) = choice(value, faults);
        match word {
            "no_endpoint" => return Self::NoEndpoint,
            "offline" => return Self::Offline,
            "timeout" => return Self::Timeout,
            "other_receipt" => return Self::OtherReceipt,
            "waits_for_wifi" => return Self::WaitsForWifi,
            _ => {}
        }
        inside(word, faults, |faults| {
            let of = Object::of(content, faults);
            match word {
                "files_missing" => return Self::FilesMissing { count: of.member("count", faults) },
                "photos_wait" => return Self::PhotosWait { count: of.member("count", faults) },
                "too_large" => {
                    return Self::TooLarge { bytes: of.member("bytes", faults), limit: of.member("limit", faults) };
                }
                _ => {}
            }
            let status = of.member("status", faults);
            match word {
                "busy" => Self::Busy { status, retry_after: of.member("retry_after", faults) },
                "not_a_receipt" => Self::NotAReceipt { status },
                "no_proof" => Self::NoProof { status },
                "not_allowed" => Self::NotAllowed { status },
                "refused" => {
                    Self::Refused { status, code: of.member("code", faults), detail: of.member("detail", faults) }
                }
                _ => {
                    unknown_word(faults);
                    Self::Offline
                }
            }
        })
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        let word = match self {
            Self::NoEndpoint => return "no_endpoint".into(),
            Self::Offline => return "offline".into(),
            Self::Timeout => return "timeout".into(),
            Self::OtherReceipt => return "other_receipt".into(),
            Self::WaitsForWifi => return "waits_for_wifi".into(),
            Self::Busy { status, retry_after } => {
                put(&mut of, "status", status);
                put(&mut of, "retry_after", retry_after);
                "busy"
            }
            Self::NotAReceipt { status } => {
                put(&mut of, "status", status);
                "not_a_receipt"
            }
            Self::NoProof { status } => {
                put(&mut of, "status", status);
                "no_proof"
            }
            Self::FilesMissing { count } => {
                put(&mut of, "count", count);
                "files_missing"
            }
            Self::PhotosWait { count } => {
                put(&mut of, "count", count);
                "photos_wait"
            }
            Self::TooLarge { bytes, limit } => {
                put(&mut of, "bytes", bytes);
                put(&mut of, "limit", limit);
                "too_large"
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
                State::Proved {
                    at: Millis(3),
                    receiver: "r".into(),
                    received_at: "t".into(),
                    held: 2,
                    read_back: true,
                },
                json!({"proved": {"at": 3, "receiver": "r", "received_at": "t", "held": 2, "read_back": true}}),
            ),
            (State::Accepted { at: Millis(4), held: 1, lost: 2 }, json!({"accepted": {"at": 4, "held": 1, "lost": 2}})),
            (State::Attention(SendError::NoProof { status: 200 }), json!({"attention": {"no_proof": {"status": 200}}})),
            (State::Attention(SendError::WaitsForWifi), json!({"attention": "waits_for_wifi"})),
            (
                State::Attention(SendError::TooLarge { bytes: 9, limit: 8 }),
                json!({"attention": {"too_large": {"bytes": 9, "limit": 8}}}),
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
            (State::Attention(SendError::PhotosWait { count: 3 }), json!({"attention": {"photos_wait": {"count": 3}}})),
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
        let before = json!({"proved": {"at": 3, "receiver": "r", "received_at": "t"}});
        let whole =
            State::Proved { at: Millis(3), receiver: "r".into(), received_at: "t".into(), held: 0, read_back: false };
        assert_eq!(State::read(&before), Ok(whole));
        let at = |form| State::read(&form).unwrap_err().at;
        assert_eq!(at(json!({"attention": {"busy": {"status": -1}}})), "/attention/busy/status");
        assert_eq!(at(json!({"trying": {}, "proved": {}})), "");
    }
}
