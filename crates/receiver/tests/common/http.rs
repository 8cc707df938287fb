//! The port `Http` over the tests' own client: what the app delivers with, against a receiver that really listens.

use super::client;
use bintang_domain::ports::{
    Pending,
    http::{Http, HttpError, Request, Response},
};
use hyper::{Method, Uri};

/// Sends each request over a connection of its own.
pub struct Plain;

impl Http for Plain {
    fn ask(&self, request: Request) -> Pending<Result<Response, HttpError>> {
        Box::pin(async move {
            let uri: Uri = request.url.parse().unwrap();
            let to = uri.authority().unwrap().as_str().parse().unwrap();
            let method = Method::from_bytes(request.method.as_str().as_bytes()).unwrap();
            let head: Vec<(&str, &str)> =
                request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let body = request.body.unwrap_or_default();
            let answer = client::send(to, method, uri.path(), &head, &body).await;
            let number = |name: &str| answer.head(name).parse().ok();
            Ok(Response {
                status: answer.status.as_u16(),
                retry_after: number("retry-after").map(|seconds: i64| seconds * 1_000),
                length: answer.head("content-length").parse().ok(),
                body: answer.body,
            })
        })
    }
}
