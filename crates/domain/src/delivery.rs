//! How an outbox entry is spoken to its endpoint: which requests follow which answers (upload contract, sections 2 and 3;
//! docs/adr/0015, docs/adr/0016). Pure but for the ports, so that the page, the command line and tests run the same code.

mod bintang;
mod inline;
mod multipart;
mod put;

use crate::{
    digest::Digest,
    endpoint::{Endpoint, PhotoRule, Profile},
    id::SubmissionId,
    outbox::{Entry, SendError},
    ports::{
        Pending, StoreError,
        http::{Http, HttpError, LARGEST_ANSWER, Method, Request, Response, patience},
    },
    wire::{
        problem::ProblemDocument,
        read_back::evidence_of,
        receipt::{self, NotAReceipt, Receipt},
    },
};

/// Bytes of a piece of a file at most: what a broken connection costs (upload contract, section 3).
pub const PIECE: usize = 256 * 1024;

/// A file of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its media type.
    pub media_type: String,
    /// All of it; never empty, and of the sum that was asked for.
    pub bytes: Vec<u8>,
}

/// Where the evidence of an entry is had.
pub trait Evidence {
    /// The file of this sum; `None` where it is not on this phone, or not as it was.
    fn file(&self, sum: Digest) -> Pending<Result<Option<File>, StoreError>>;
}

/// What is needed to deliver an entry.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "ports are trait objects")]
pub struct Delivery<'d> {
    /// The network.
    pub http: &'d dyn Http,
    /// Where it goes: the endpoint at the entry's address.
    pub endpoint: &'d Endpoint,
    /// What goes there.
    pub entry: &'d Entry,
    /// Its files.
    pub evidence: &'d dyn Evidence,
    /// Whether photos may go now; asked before each of them, since a phone leaves its Wi-Fi.
    pub photos: &'d dyn Fn() -> bool,
    /// Is told which file is being sent, counted from 1, and of how many.
    pub tell: &'d dyn Fn(usize, usize),
}

/// What an endpoint says of what it got.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// What is there, by its receipt.
    Receipt(Box<Receipt>),
    /// It took it, and says no more.
    Taken {
        /// Files that were not sent along.
        left: usize,
    },
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// The last answer, or why there is none that counts.
    pub outcome: Result<Answer, SendError>,
    /// Whether the endpoint took the document.
    pub arrived: bool,
    /// Whether anything of the files arrived.
    pub got_through: bool,
}

/// Delivers an entry as far as it goes.
///
/// # Errors
/// What the evidence said.
pub async fn deliver(delivery: Delivery<'_>) -> Result<Delivered, StoreError> {
    match &delivery.endpoint.profile {
        Profile::Bintang => bintang::deliver(delivery).await,
        Profile::Multipart => multipart::deliver(delivery).await,
        Profile::Json => inline::deliver(delivery, None).await,
        Profile::Simple { mark } => inline::deliver(delivery, Some(mark)).await,
        Profile::Put { thrifty } => put::deliver(delivery, *thrifty).await,
    }
}

/// What trying an endpoint shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probed {
    /// It takes assessments, and lets this phone in.
    Receives,
    /// It answers; whether it takes assessments, the first one shows.
    Answers,
}

/// Asks the endpoint for something that changes nothing: of a receiver the receipt of a finishing that nobody ever made, of
/// a store its document, of all others what stands at their address.
///
/// # Errors
/// Why nothing could be sent there.
pub async fn probe(http: &dyn Http, endpoint: &Endpoint, nobody: SubmissionId) -> Result<Probed, SendError> {
    let below = |name: &str| endpoint.address.below(&[&nobody.to_string(), "/", name].concat());
    let url = match endpoint.profile {
        Profile::Bintang => below("receipt"),
        Profile::Put { .. } => below(put::DOCUMENT),
        Profile::Multipart | Profile::Json | Profile::Simple { .. } => endpoint.address.url().to_owned(),
    };
    let answer = ask(http, endpoint, Method::Get, url, Vec::new(), None, LARGEST_ANSWER).await?;
    let receives = match endpoint.profile {
        Profile::Bintang => {
            let code = ProblemDocument::read(&answer.body).map(|problem| problem.code);
            answer.status == 404 && code.as_deref() == Some("unknown_id")
        }
        // So says any web server; whether it lets this phone write, the first one shows.
        Profile::Put { .. } if answer.status == 404 => return Ok(Probed::Answers),
        Profile::Put { .. } => false,
        // A form handler may refuse whoever only looks: that it does so in HTTP is all there is to see.
        Profile::Multipart | Profile::Json | Profile::Simple { .. } => {
            return match (answer.status, refusal(&answer)) {
                (_, error @ (SendError::NotAllowed { .. } | SendError::Busy { .. })) => Err(error),
                (status @ (300..=399 | 404 | 511), _) => Err(SendError::NotAReceipt { status }),
                _ => Ok(Probed::Answers),
            };
        }
    };
    match (receives, answer.status) {
        (true, _) => Ok(Probed::Receives),
        // Whatever else says "not found" is no receiver.
        (_, status @ (200..=299 | 404)) => Err(SendError::NotAReceipt { status }),
        _ => Err(refusal(&answer)),
    }
}

/// What holds the photos of an endpoint back on a connection.
#[must_use]
pub fn held(rule: PhotoRule, wifi: bool, asked: bool) -> Option<PhotoRule> {
    match rule {
        PhotoRule::Now => None,
        PhotoRule::WifiOnly => (!wifi && !asked).then_some(rule),
        PhotoRule::Never => Some(rule),
    }
}

/// Asks an endpoint, with what says who sends.
async fn ask(
    http: &dyn Http,
    endpoint: &Endpoint,
    method: Method,
    url: String,
    mut headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    largest: usize,
) -> Result<Response, SendError> {
    headers.extend(endpoint.headers());
    let follow = endpoint.profile.address_is_secret();
    // What comes back is small but where it was asked to be large.
    let timeout = patience(body.as_ref().map_or(0, Vec::len).max(largest.saturating_sub(LARGEST_ANSWER)));
    http.ask(Request { method, url, headers, body, largest, timeout, follow }).await.map_err(|error| match error {
        HttpError::Unreachable => SendError::Offline,
        HttpError::Timeout => SendError::Timeout,
    })
}

/// The files of an entry that go, and how many do not.
#[derive(Default)]
struct Files {
    go: Vec<(Digest, File)>,
    left: usize,
    /// Whether a rule held some of them back.
    held: bool,
}

impl Delivery<'_> {
    async fn ask(
        &self,
        method: Method,
        url: String,
        headers: Vec<(String, String)>,
        body: Option<Vec<u8>>,
    ) -> Result<Response, SendError> {
        ask(self.http, self.endpoint, method, url, headers, body, LARGEST_ANSWER).await
    }

    /// Posts a body that may be too large for the endpoint.
    async fn post(&self, headers: Vec<(String, String)>, body: Vec<u8>) -> Result<Response, SendError> {
        let bytes = body.len() as u64;
        if let Some(limit) = self.endpoint.limit.filter(|limit| bytes > *limit) {
            return Err(SendError::TooLarge { bytes, limit });
        }
        self.ask(Method::Post, self.endpoint.address.url().to_owned(), headers, Some(body)).await
    }

    /// All files of the entry that may go now and are on this phone.
    async fn gather(&self) -> Result<Files, StoreError> {
        let mut files = Files::default();
        for sum in evidence_of(&self.entry.document) {
            let goes = (self.photos)();
            files.held |= !goes;
            let file = if goes { self.evidence.file(sum).await? } else { None };
            match file {
                Some(file) => files.go.push((sum, file)),
                None => files.left += 1,
            }
        }
        Ok(files)
    }

    /// The headers of a body: its type, which finishing it belongs to, and its sum.
    fn headers(&self, media_type: &str, body: &[u8]) -> Vec<(String, String)> {
        vec![
            header("Content-Type", media_type),
            header("Idempotency-Key", &format!("\"{}\"", self.entry.id)),
            header("Content-Digest", &Digest::of(body).header()),
        ]
    }

    /// The answer as a receipt for exactly this entry.
    fn receipt_of(&self, answer: &Response) -> Result<Receipt, SendError> {
        if !matches!(answer.status, 200..=202) {
            return Err(refusal(answer));
        }
        receipt::check(&answer.body, self.entry.id, self.entry.digest)
            .map_err(|reason| no_receipt(reason, answer.status))
    }

    /// The answer of an endpoint that need give no receipt: 201 and 202 say that it took it (RFC 9110, section 15.3).
    fn answer_of(&self, answer: &Response, left: usize) -> Result<Answer, SendError> {
        match self.receipt_of(answer) {
            Ok(receipt) => Ok(Answer::Receipt(Box::new(receipt))),
            Err(SendError::NotAReceipt { status: 201 | 202 }) => Ok(Answer::Taken { left }),
            Err(error) => Err(self.doubted(error)),
        }
    }

    /// What need give no receipt and goes on to say "success" is not asked for ever: it may have it, again and again.
    fn doubted(&self, error: SendError) -> SendError {
        match error {
            SendError::NotAReceipt { status: status @ 200..=299 } if self.entry.tries >= DOUBTED => {
                SendError::NoProof { status }
            }
            error => error,
        }
    }
}

/// Tries after which an answer of success without a receipt is the endpoint's own, and no login page's.
const DOUBTED: u32 = 2;

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn no_receipt(reason: NotAReceipt, status: u16) -> SendError {
    match reason {
        NotAReceipt::OtherBody => SendError::NotAReceipt { status },
        NotAReceipt::OtherId | NotAReceipt::OtherDigest => SendError::OtherReceipt,
    }
}

/// What an answer that is no success means.
fn refusal(answer: &Response) -> SendError {
    let problem = ProblemDocument::read(&answer.body);
    let (code, detail) = problem.map_or((None, None), |problem| (Some(problem.code), problem.detail));
    SendError::of_status(answer.status, answer.retry_after, code, detail)
}

/// How a delivery in one piece ended.
fn at_once(outcome: Result<Answer, SendError>) -> Delivered {
    let arrived = outcome.is_ok();
    Delivered { outcome, arrived, got_through: arrived }
}
