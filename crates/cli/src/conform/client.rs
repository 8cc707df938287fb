//! Requests as the contract has them, each over a connection that is not used again: nothing of one depends on another.

use crate::shown::shown;
use anyhow::{Context as _, Result, bail, ensure};
use bintang_domain::{
    digest::Digest,
    endpoint::Endpoint,
    id::SubmissionId,
    ports::{
        Pending,
        http::{Http, HttpError, Request, Response},
    },
    wire::{
        envelope::{Envelope, Sealed},
        problem::ProblemDocument,
        receipt::{self, Receipt},
    },
};
use std::{
    future::ready,
    io::{self, Cursor, Read},
    sync::Mutex,
    time::Duration,
};
use ureq::{Agent, SendBody, http};

/// Longest time for one request: a slow endpoint with a photo of 10 MB.
const TIMEOUT: Duration = Duration::from_secs(120);
/// Bytes of an answer that are read.
const LARGEST_ANSWER: u64 = 1 << 20;

/// An endpoint, and who asks it.
pub struct Client {
    agent: Agent,
    /// Follows redirects, as a browser does.
    following: Agent,
    endpoint: Endpoint,
    origin: String,
    /// Bytes of a body after which its connection is cut, once.
    cut: Mutex<Option<usize>>,
}

/// What came back.
pub struct Answer {
    /// Status of HTTP.
    pub status: u16,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The stable code of a problem document; empty where there is none.
    pub fn code(&self) -> String {
        ProblemDocument::read(&self.body).map(|problem| problem.code).unwrap_or_default()
    }

    /// Makes sure that it is the problem of this status and code.
    pub fn refuses(&self, status: u16, code: &str) -> Result<()> {
        ensure!(
            self.status == status && self.code() == code,
            "{status} with the code {code} is due, it was {}",
            self.said()
        );
        let media_type = self.header("content-type");
        ensure!(media_type.starts_with("application/problem+json"), "it comes as “{media_type}”");
        Ok(())
    }

    /// Status and code, or the beginning of the body.
    pub fn said(&self) -> String {
        match self.code() {
            code if code.is_empty() => {
                let text = String::from_utf8_lossy(&self.body).chars().take(80).collect::<String>();
                format!("{} “{}”", self.status, shown(&text))
            }
            code => format!("{} {}", self.status, shown(&code)),
        }
    }

    /// The receipt for exactly this.
    pub fn receipt(&self, id: SubmissionId, sealed: &Sealed) -> Result<Receipt> {
        ensure!(matches!(self.status, 200..=202), "a receipt is due, it was {}", self.said());
        match receipt::check(&self.body, id, sealed.digest) {
            Ok(receipt) => Ok(receipt),
            Err(reason) => bail!("it is no receipt for what was sent ({reason:?}): {}", self.said()),
        }
    }
}

/// One request.
pub struct Ask<'a> {
    /// The method.
    pub method: &'static str,
    /// What stands behind the endpoint's address, with its slash.
    pub below: String,
    /// Headers beside those that say who asks.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: &'a [u8],
    /// Bytes of the body after which the connection is cut.
    pub cut: Option<usize>,
}

/// Bytes that end in an error.
struct Cut(Vec<u8>, usize);

impl Read for Cut {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = self.0.get(self.1..).unwrap_or_default();
        if rest.is_empty() {
            return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
        }
        let length = rest.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(rest) {
            *to = *from;
        }
        self.1 += length;
        Ok(length)
    }
}

impl Client {
    /// Of this endpoint, as a page of `origin` asks.
    pub fn new(endpoint: Endpoint, origin: String) -> Self {
        let agent = |redirects| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(redirects)
                .max_idle_connections(0)
                .allow_non_standard_methods(true);
            config.build().into()
        };
        Self { agent: agent(0), following: agent(20), endpoint, origin, cut: Mutex::new(None) }
    }

    /// The endpoint.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Another one of it, that asks beside this one.
    pub fn beside(&self) -> Self {
        Self::new(self.endpoint.clone(), self.origin.clone())
    }

    /// Cuts the connection of the next body after so many of its bytes.
    pub fn cut_next(&self, after: usize) {
        if let Ok(mut cut) = self.cut.lock() {
            *cut = Some(after);
        }
    }

    /// Asks.
    pub fn ask(&self, ask: Ask<'_>) -> Result<Answer> {
        let address = &self.endpoint.address;
        let url = [address.url().trim_end_matches('/'), &ask.below].concat();
        let url = if ask.below.is_empty() { address.url().to_owned() } else { url };
        let mut request = http::Request::builder().method(ask.method).uri(&url);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        // A browser asks beforehand without them.
        for (name, value) in self.endpoint.headers().filter(|_| ask.method != "OPTIONS") {
            request = request.header(name, value);
        }
        self.run(&self.agent, request, (ask.body, ask.cut), (LARGEST_ANSWER, TIMEOUT))
            .with_context(|| format!("{} {url}", ask.method))
    }

    fn run(
        &self,
        agent: &Agent,
        request: http::request::Builder,
        (body, cut): (&[u8], Option<usize>),
        (largest, time): (u64, Duration),
    ) -> Result<Answer> {
        let request = request.header("origin", &self.origin);
        let (request, body) = match (cut, body.is_empty()) {
            (Some(after), _) => {
                let part = Cut(body.get(..after).unwrap_or_default().to_vec(), 0);
                (request.header("content-length", body.len().to_string()), SendBody::from_owned_reader(part))
            }
            (None, true) => (request, SendBody::none()),
            (None, false) => {
                let whole = Cursor::new(body.to_vec());
                (request.header("content-length", body.len().to_string()), SendBody::from_owned_reader(whole))
            }
        };
        let request = agent.configure_request(request.body(body)?).timeout_global(Some(time)).build();
        let mut answered = agent.run(request)?;
        let body = answered.body_mut().with_config().limit(largest).read_to_vec()?;
        Ok(Answer { status: answered.status().as_u16(), headers: answered.headers().clone(), body })
    }

    /// Sends a document with these headers in the place of the contract's, where they name the same.
    pub fn post_with(&self, id: SubmissionId, document: &[u8], other: &[(&'static str, String)]) -> Result<Answer> {
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", format!("\"{id}\"")),
            ("content-digest", Digest::of(document).header()),
        ];
        headers.retain(|(name, _)| !other.iter().any(|(other, _)| other == name));
        headers.extend_from_slice(other);
        self.ask(Ask { method: "POST", below: String::new(), headers, body: document, cut: None })
    }

    /// Seals and sends an envelope; its receipt, and what was sent.
    pub fn send(&self, envelope: &Envelope) -> Result<(Receipt, Sealed)> {
        let sealed = envelope.seal().map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
        let receipt = self.post_with(envelope.id, sealed.document.as_bytes(), &[])?.receipt(envelope.id, &sealed)?;
        Ok((receipt, sealed))
    }

    /// Asks for something below the endpoint.
    pub fn get(&self, below: &str) -> Result<Answer> {
        self.ask(Ask { method: "GET", below: below.to_owned(), headers: Vec::new(), body: b"", cut: None })
    }

    /// The receipt as it stands.
    pub fn receipt(&self, id: SubmissionId, sealed: &Sealed) -> Result<Receipt> {
        self.get(&format!("/{id}/receipt"))?.receipt(id, sealed)
    }

    /// How many bytes of a file are there.
    pub fn there(&self, id: SubmissionId, file: Digest) -> Result<usize> {
        let below = format!("/{id}/evidence/{file}");
        let answer = self.ask(Ask { method: "HEAD", below, headers: Vec::new(), body: b"", cut: None })?;
        match answer.status {
            404 => Ok(0),
            200..=299 => answer.header("content-length").parse().context("HEAD says no Content-Length"),
            _ => bail!("HEAD was answered with {}", answer.said()),
        }
    }

    /// Puts a piece of a file, from `from` to `to`.
    pub fn put(
        &self,
        id: SubmissionId,
        (name, bytes): (Digest, &[u8]),
        range: (usize, usize),
        cut: Option<usize>,
    ) -> Result<Answer> {
        self.put_at(format!("/{id}/evidence/{name}"), id, bytes, range, cut)
    }

    /// The same at an address of which the file's name need not be a part.
    pub fn put_at(
        &self,
        below: String,
        id: SubmissionId,
        bytes: &[u8],
        (from, to): (usize, usize),
        cut: Option<usize>,
    ) -> Result<Answer> {
        let piece = bytes.get(from..to).context("a piece")?;
        let headers = vec![
            ("content-type", "image/jpeg".to_owned()),
            ("idempotency-key", format!("\"{id}\"")),
            ("content-digest", Digest::of(piece).header()),
            ("content-range", format!("bytes {from}-{}/{}", to.saturating_sub(1), bytes.len())),
        ];
        self.ask(Ask { method: "PUT", below, headers, body: piece, cut })
    }

    /// Asks before a page of the app may ask with these headers, as browsers do (Fetch, "CORS-preflight request").
    pub fn preflight(&self, method: &'static str, below: &str, asked: &str) -> Result<Answer> {
        let headers = vec![
            ("access-control-request-method", method.to_owned()),
            ("access-control-request-headers", asked.to_owned()),
        ];
        self.ask(Ask { method: "OPTIONS", below: below.to_owned(), headers, body: b"", cut: None })
    }

    /// The site of the app.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// The app's own port, so that what it delivers with is what is played.
impl Http for Client {
    fn ask(&self, asked: Request) -> Pending<Result<Response, HttpError>> {
        let mut request = http::Request::builder().method(asked.method.as_str()).uri(&asked.url);
        for (name, value) in &asked.headers {
            request = request.header(name, value);
        }
        let body = asked.body.unwrap_or_default();
        let cut = if body.is_empty() { None } else { self.cut.lock().ok().and_then(|mut cut| cut.take()) };
        let agent = if asked.follow { &self.following } else { &self.agent };
        let time = Duration::from_millis(asked.timeout.unsigned_abs().into());
        let answered = self.run(agent, request, (&body, cut), (asked.largest as u64, time));
        Box::pin(ready(match answered {
            // A page does not follow what it was not told to follow, and never sees where it leads.
            Ok(answer) if matches!(answer.status, 301..=303 | 307 | 308) => Err(HttpError::Unreachable),
            Ok(answer) => Ok(Response {
                status: answer.status,
                retry_after: answer.header("retry-after").trim().parse::<i64>().ok().map(|seconds| seconds * 1_000),
                length: answer.header("content-length").trim().parse().ok(),
                body: answer.body,
            }),
            Err(_) => Err(HttpError::Unreachable),
        }))
    }
}
