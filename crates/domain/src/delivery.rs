//! How an outbox entry is spoken to its endpoint: which requests follow which answers (upload contract, sections 2 and 3;
//! docs/adr/0015). Pure but for the ports, so that the page, the command line and tests run the same code.

mod bintang;

use crate::{
    digest::Digest,
    endpoint::{Endpoint, PhotoRule},
    id::SubmissionId,
    outbox::{Entry, SendError},
    ports::{
        Pending, StoreError,
        http::{Http, HttpError, Method, Request, Response},
    },
    wire::{
        problem::ProblemDocument,
        receipt::{self, Receipt},
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

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// The last receipt, or why there is none.
    pub outcome: Result<Receipt, SendError>,
    /// Whether the endpoint answered the document with a receipt.
    pub arrived: bool,
    /// Whether anything of the files arrived.
    pub got_through: bool,
}

/// Delivers an entry as far as it goes.
///
/// # Errors
/// What the evidence said.
pub async fn deliver(delivery: Delivery<'_>) -> Result<Delivered, StoreError> {
    bintang::deliver(delivery).await
}

/// Asks the endpoint for something that changes nothing and that only a receiver which lets this phone in answers: the
/// receipt of a finishing that nobody ever made.
///
/// # Errors
/// Why nothing could be sent there.
pub async fn probe(http: &dyn Http, endpoint: &Endpoint, nobody: SubmissionId) -> Result<(), SendError> {
    bintang::probe(http, endpoint, nobody).await
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
async fn ask(http: &dyn Http, endpoint: &Endpoint, mut request: Request) -> Result<Response, SendError> {
    request.headers.extend(endpoint.access.header());
    http.ask(request).await.map_err(|error| match error {
        HttpError::Unreachable => SendError::Offline,
        HttpError::Timeout => SendError::Timeout,
    })
}

impl Delivery<'_> {
    async fn ask(
        &self,
        method: Method,
        url: String,
        headers: Vec<(String, String)>,
        body: Option<Vec<u8>>,
    ) -> Result<Response, SendError> {
        ask(self.http, self.endpoint, Request { method, url, headers, body }).await
    }

    /// The headers of a body: its type, which finishing it belongs to, and its sum.
    fn headers(&self, media_type: &str, body: &[u8]) -> Vec<(String, String)> {
        let header = |name: &str, value: String| (name.to_owned(), value);
        vec![
            header("Content-Type", media_type.to_owned()),
            header("Idempotency-Key", format!("\"{}\"", self.entry.id)),
            header("Content-Digest", Digest::of(body).header()),
        ]
    }

    /// The answer as a receipt for exactly this entry.
    fn receipt_of(&self, answer: &Response) -> Result<Receipt, SendError> {
        if !matches!(answer.status, 200..=202) {
            return Err(refusal(answer));
        }
        receipt::check(&answer.body, self.entry.id, self.entry.digest).map_err(|reason| match reason.into() {
            SendError::NotAReceipt { .. } => SendError::NotAReceipt { status: answer.status },
            error => error,
        })
    }
}

/// What an answer that is no success means.
fn refusal(answer: &Response) -> SendError {
    let problem = ProblemDocument::read(&answer.body);
    let (code, detail) = problem.map_or((None, None), |problem| (Some(problem.code), problem.detail));
    SendError::of_status(answer.status, answer.retry_after, code, detail)
}
