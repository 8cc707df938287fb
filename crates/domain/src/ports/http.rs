//! Requests to endpoints. What they mean is known in [`crate::delivery`] alone.

use super::Pending;

/// Bytes of an answer that are read at most: a receipt is a few hundred, and a body beyond this is none.
pub const LARGEST_ANSWER: usize = 1 << 20;

/// A try of a few kB that takes longer is given up, in milliseconds.
const TIMEOUT: i32 = 60_000;
/// Bytes for which a try is given another millisecond: 16 kB a second, what is left of a bad mobile network.
const BYTES_A_MILLISECOND: usize = 16;

/// How long a try may take that brings or fetches so many bytes, in milliseconds.
#[must_use]
pub fn patience(bytes: usize) -> i32 {
    TIMEOUT.saturating_add(i32::try_from(bytes / BYTES_A_MILLISECOND).unwrap_or(i32::MAX))
}

/// A method of HTTP (RFC 9110, section 9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `DELETE` (RFC 9110, section 9.3.5).
    Delete,
    /// `MKCOL` (RFC 4918, section 9.3).
    Mkcol,
}

impl Method {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Mkcol => "MKCOL",
        }
    }
}

/// A request. Headers may hold secrets, so it does not show itself.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_debug_implementations, reason = "headers hold secrets")]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// What is sent along.
    pub body: Option<Vec<u8>>,
    /// Bytes of the answer that are read at most.
    pub largest: usize,
    /// How long it may take, in milliseconds.
    pub timeout: i32,
    /// Whether a redirect is followed, to wherever it leads, by a `GET` (Fetch, "HTTP-redirect fetch").
    pub follow: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Status of HTTP.
    pub status: u16,
    /// `Retry-After` in milliseconds from now, whether it was seconds or a date (RFC 9110, section 10.2.3).
    pub retry_after: Option<i64>,
    /// `Content-Length` in bytes; also where there is no body, as for `HEAD`.
    pub length: Option<u64>,
    /// The body; empty where it was larger than was asked for.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpError {
    /// The request did not come through, or was redirected and must not be.
    Unreachable,
    /// It took longer than it may.
    Timeout,
}

/// The network. It sends no cookies and no referrer, keeps nothing of an answer, and follows no redirect that it was not
/// told to follow.
pub trait Http {
    /// Sends it and waits for the answer.
    fn ask(&self, request: Request) -> Pending<Result<Response, HttpError>>;
}
