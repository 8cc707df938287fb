//! The outbox: what happens to a finished assessment until a receipt proves that it arrived.
//!
//! [`step`] is pure: the entry, an event, the time and a random number in; the entry and what to do next out. The
//! promises of the upload contract (section 4) are laws of this function.

mod round;
mod waits;

use crate::{
    digest::Digest,
    endpoint::PhotoRule,
    id::{AssessmentId, SubmissionId},
    time::Millis,
    web_address::WebAddress,
    wire::{
        read_back::evidence_of,
        receipt::{READ_BACK, Receipt},
    },
};

pub use round::{Call, Round, Tried, Turn};
pub use waits::{LONGEST_ASKED, LONGEST_WAIT, SHORTEST_WAIT, next_due, wait};
use waits::{asked_for, due};

/// A finished assessment on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// This finishing.
    pub id: SubmissionId,
    /// The assessment.
    pub assessment: AssessmentId,
    /// Of the canonical envelope.
    pub digest: Digest,
    /// The document exactly as it is sent.
    pub document: String,
    /// Product, as the list shows it.
    pub product: String,
    /// Business, as the list shows it.
    pub business: String,
    /// When it was finished.
    pub finished: Millis,
    /// Address of the endpoint it goes to. Bound at finish; another one is a person's act.
    pub endpoint: Option<WebAddress>,
    /// Tries since something last got through.
    pub tries: u32,
    /// How far it is.
    pub state: State,
}

/// How far an entry is.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// To be tried at `until`.
    Waiting {
        /// Earliest next try.
        until: Millis,
        /// Why the last try failed.
        last: Option<SendError>,
    },
    /// A try was begun. Found after a restart it means: nobody knows, so try again.
    Trying {
        /// When.
        since: Millis,
    },
    /// A receipt proves that the receiver has exactly this.
    Proved {
        /// When the receipt came, by the phone's clock.
        at: Millis,
        /// Who gave it.
        receiver: String,
        /// When it was received, as the receipt says.
        received_at: String,
        /// How many of its photos are on this phone alone, because none are sent to this endpoint.
        held: usize,
        /// Whether it is the phone itself that got all of it back, and not the receiver's word.
        read_back: bool,
    },
    /// The endpoint took it and proved nothing. It stays on this phone until a person removes it or a receipt comes.
    Accepted {
        /// When, by the phone's clock.
        at: Millis,
        /// How many of its photos are on this phone alone, because none are sent to this endpoint.
        held: usize,
        /// How many of its photos were not on this phone any more, and did not go along.
        lost: usize,
    },
    /// Only a person can help.
    Attention(SendError),
}

/// Why a try failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// No endpoint is set, or the one it is bound to was taken away.
    NoEndpoint,
    /// The request did not come through.
    Offline,
    /// No answer in time.
    Timeout,
    /// The receiver asks for patience (408, 425, 429, 5xx).
    Busy {
        /// HTTP status.
        status: u16,
        /// Milliseconds it asked to wait.
        retry_after: Option<i64>,
    },
    /// A success without a receipt: the login page of some Wi-Fi, or not a receiver at all.
    NotAReceipt {
        /// HTTP status.
        status: u16,
    },
    /// Answers of success without a receipt, again and again, from an endpoint that need give none: it may have it.
    NoProof {
        /// HTTP status.
        status: u16,
    },
    /// A receipt for something else.
    OtherReceipt,
    /// The receiver still asks for files.
    FilesMissing {
        /// How many.
        count: usize,
    },
    /// The assessment is there; its photos wait for Wi-Fi.
    PhotosWait {
        /// How many.
        count: usize,
    },
    /// All of it goes in one request, which waits for Wi-Fi because of its photos.
    WaitsForWifi,
    /// It is larger than what the endpoint takes at once.
    TooLarge {
        /// Bytes of the request.
        bytes: u64,
        /// Bytes that the endpoint takes.
        limit: u64,
    },
    /// The receiver wants to know who sends (401, 403).
    NotAllowed {
        /// HTTP status.
        status: u16,
    },
    /// The receiver refuses this assessment.
    Refused {
        /// HTTP status.
        status: u16,
        /// The receiver's code.
        code: Option<String>,
        /// The receiver's sentence.
        detail: Option<String>,
    },
}

/// What a failure asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Try again by itself, after at least so many milliseconds if the receiver said so.
    Later(Option<i64>),
    /// Set this one aside with the reason, go on with the others.
    SetAside,
    /// The endpoint itself needs a person; nothing more goes there in this round.
    StopEndpoint,
}

impl SendError {
    /// What this failure asks for (upload contract, section 3).
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Offline
            | Self::Timeout
            | Self::NotAReceipt { .. }
            | Self::OtherReceipt
            | Self::PhotosWait { .. }
            | Self::WaitsForWifi => Retry::Later(None),
            Self::Busy { retry_after, .. } => Retry::Later(*retry_after),
            Self::Refused { .. }
            | Self::FilesMissing { .. }
            | Self::TooLarge { .. }
            | Self::NoProof { .. }
            | Self::NoEndpoint => Retry::SetAside,
            Self::NotAllowed { .. } => Retry::StopEndpoint,
        }
    }

    /// What an HTTP answer that is no receipt means.
    #[must_use]
    pub fn of_status(status: u16, retry_after: Option<i64>, code: Option<String>, detail: Option<String>) -> Self {
        match status {
            200..=299 => Self::NotAReceipt { status },
            401 | 403 => Self::NotAllowed { status },
            // A body that was damaged on the way is whole here: it is sent again.
            400 if code.as_deref() == Some("digest_mismatch") => Self::Busy { status, retry_after },
            408 | 425 | 429 | 500..=510 | 512..=599 => Self::Busy { status, retry_after },
            // A redirect or a 404 is what a wrong address or a login page answers: nothing is wrong with the assessment.
            300..=399 | 404 | 405 | 511 => Self::NotAReceipt { status },
            _ => Self::Refused { status, code, detail },
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Start, timer, becoming visible, a new entry.
    Woke,
    /// A person wants it sent now.
    Tapped,
    /// A person chose where it goes.
    Bound(WebAddress),
    /// Something else got through, or the network came back: the wait is over, what needs a person goes on needing one.
    LinkWorked,
    /// The endpoint that it is bound to is not known any more.
    EndpointGone,
    /// The try ended with a receipt for exactly this; the rule says what held its photos back, if anything did.
    Sent(Box<Receipt>, Option<PhotoRule>),
    /// A person handed over a receipt for exactly this, as a file, and the endpoint's own key signed it: no other file is
    /// worth anything. The rule says what holds its photos back there, if anything does.
    Handed(Box<Receipt>, Option<PhotoRule>),
    /// The endpoint took it and gave no receipt.
    Taken {
        /// Photos that did not go along.
        left: usize,
        /// What held them back, if a rule did.
        rule: Option<PhotoRule>,
    },
    /// The try failed.
    SendFailed(SendError),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Store the entry, then send it.
    Send,
    /// Nothing before this moment.
    WaitUntil(Millis),
    /// A try is under way; its outcome comes as an event.
    Await,
    /// It is proved, or as good as it will be.
    Done,
    /// Nothing until a person acts.
    NeedsPerson,
}

impl Entry {
    /// Whether a receipt proves all of it: nothing of it is on this phone alone.
    #[must_use]
    pub fn is_whole_there(&self) -> bool {
        matches!(self.state, State::Proved { held: 0, .. })
    }

    /// Whether nothing more is to be sent of it.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self.state, State::Proved { .. } | State::Accepted { .. })
    }

    /// Whether it waits for Wi-Fi: its photos, or all of it where they cannot go alone.
    #[must_use]
    pub fn waits_for_wifi(&self) -> bool {
        let wifi = |error: &SendError| matches!(error, SendError::PhotosWait { .. } | SendError::WaitsForWifi);
        matches!(&self.state, State::Waiting { last: Some(error), .. } if wifi(error))
    }

    /// Files of this entry that the receipt does not prove: those it asks for, and those it does not name as stored. A
    /// receipt is proof of what it names alone (upload contract, section 3).
    #[must_use]
    pub fn unproved(&self, receipt: &Receipt) -> Vec<Digest> {
        let stored = |sum: &Digest| receipt.evidence.contains(sum) && !receipt.missing.contains(sum);
        let mut unproved = evidence_of(&self.document);
        unproved.retain(|sum| !stored(sum));
        let asked: Vec<Digest> = receipt.missing.iter().filter(|sum| !unproved.contains(sum)).copied().collect();
        unproved.extend(asked);
        unproved
    }
}

/// The next state of an entry, and what to do. A proved entry stays proved whatever happens.
#[must_use]
pub fn step(mut entry: Entry, event: Event, now: Millis, jitter: u16) -> (Entry, Action) {
    use State::{Accepted, Attention, Proved, Trying, Waiting};
    let next = match (&entry.state, event) {
        (Proved { .. }, _) => return (entry, Action::Done),
        (_, Event::Bound(endpoint)) => {
            entry.endpoint = Some(endpoint);
            entry.tries = 0;
            Waiting { until: now, last: None }
        }
        (state, Event::Handed(receipt, rule)) => match (entry.unproved(&receipt).len(), state) {
            (held, _) if held == 0 || rule == Some(PhotoRule::Never) => {
                entry.tries = 0;
                Proved { at: now, receiver: receipt.receiver, received_at: receipt.received_at, held, read_back: false }
            }
            // What is sent nowhere by itself stays so.
            (_, Accepted { .. }) => return (entry, Action::Done),
            // It is there; what is missing of it is sent when that can be.
            (count, _) => {
                entry.tries = 0;
                Waiting { until: now, last: Some(SendError::FilesMissing { count }) }
            }
        },
        // To send it again is to have it twice: that is a person's act, towards another endpoint.
        (Accepted { .. }, _) => return (entry, Action::Done),
        (_, Event::EndpointGone) => Attention(SendError::NoEndpoint),
        (Trying { .. }, Event::Sent(receipt, rule)) => {
            entry.tries = 0;
            match (entry.unproved(&receipt).len(), rule) {
                (held, Some(PhotoRule::Never)) | (held @ 0, _) => {
                    let read_back = receipt.format == READ_BACK;
                    Proved { at: now, receiver: receipt.receiver, received_at: receipt.received_at, held, read_back }
                }
                (count, Some(PhotoRule::WifiOnly)) => {
                    Waiting { until: now.plus(LONGEST_WAIT), last: Some(SendError::PhotosWait { count }) }
                }
                (count, _) => Attention(SendError::FilesMissing { count }),
            }
        }
        (Trying { .. }, Event::Taken { left: count @ 1.., rule: Some(PhotoRule::WifiOnly) }) => {
            entry.tries = 0;
            Waiting { until: now.plus(LONGEST_WAIT), last: Some(SendError::PhotosWait { count }) }
        }
        (Trying { .. }, Event::Taken { left, rule }) => {
            entry.tries = 0;
            let (held, lost) = if rule.is_some() { (left, 0) } else { (0, left) };
            Accepted { at: now, held, lost }
        }
        (Trying { .. }, Event::SendFailed(error)) => match error.retry() {
            Retry::Later(asked) => {
                let span = asked.unwrap_or(0).clamp(0, LONGEST_ASKED).max(wait(entry.tries, jitter));
                entry.tries = entry.tries.saturating_add(1);
                Waiting { until: now.plus(span), last: Some(error) }
            }
            Retry::SetAside | Retry::StopEndpoint => Attention(error),
        },
        (Waiting { .. } | Attention(_) | Trying { .. }, Event::Woke | Event::Tapped) if entry.endpoint.is_none() => {
            Attention(SendError::NoEndpoint)
        }
        // Whoever sees this holds the send lock, so the try belongs to a page that is gone.
        (Trying { .. }, Event::Woke | Event::Tapped) | (Waiting { .. } | Attention(_), Event::Tapped) => {
            Trying { since: now }
        }
        (Waiting { until, last }, Event::Woke) if due(*until, last.as_ref(), now) => Trying { since: now },
        // How long to wait a receiver has said for its own reasons.
        (Waiting { last, .. }, Event::LinkWorked) if !asked_for(last.as_ref()) => {
            let last = last.clone();
            entry.tries = 0;
            Waiting { until: now, last }
        }
        (Trying { .. }, Event::LinkWorked) => {
            entry.tries = 0;
            return (entry, Action::Await);
        }
        // Late news of a try that was given up, or nothing that concerns this state.
        (Waiting { .. } | Attention(_), _) => entry.state.clone(),
    };
    let action = match &next {
        Trying { .. } => Action::Send,
        Waiting { until, .. } => Action::WaitUntil(*until),
        Proved { .. } | Accepted { .. } => Action::Done,
        Attention(_) => Action::NeedsPerson,
    };
    entry.state = next;
    (entry, action)
}

#[cfg(test)]
mod tests;
