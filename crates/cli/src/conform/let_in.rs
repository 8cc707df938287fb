//! Whether a page of the app may ask, and may read the answer (Fetch, "CORS protocol").

use super::client::{Answer, Client};
use crate::shown::shown;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// Makes sure that a page may read this answer.
pub fn lets_in(client: &Client, answer: &Answer, what: &str) -> Result<()> {
    let allowed = answer.header("access-control-allow-origin");
    ensure!(
        allowed == "*" || allowed == client.origin(),
        "{what}: Access-Control-Allow-Origin is “{}”",
        shown(allowed)
    );
    let credentials = answer.header("access-control-allow-credentials");
    ensure!(credentials != "true", "{what}: credentials are allowed, and none are sent");
    Ok(())
}

/// Makes sure that a page may ask with this method and these headers, as a browser asks beforehand.
pub fn asks(client: &Client, method: &'static str, below: &str, asked: &str) -> Result<()> {
    let answer = client.preflight(method, below, asked)?;
    ensure!(matches!(answer.status, 200..=299), "OPTIONS for {method} was answered with {}", answer.said());
    lets_in(client, &answer, &format!("OPTIONS for {method}"))?;
    let list = |name: &str| -> BTreeSet<String> {
        answer.header(name).split(',').map(|word| word.trim().to_ascii_lowercase()).collect()
    };
    let methods = list("access-control-allow-methods");
    // These need no leave (Fetch, "CORS-safelisted method").
    let simple = matches!(method, "GET" | "HEAD" | "POST");
    let allowed = simple || methods.contains(&method.to_ascii_lowercase()) || methods.contains("*");
    ensure!(allowed, "{method} is not allowed");
    let headers = list("access-control-allow-headers");
    for name in asked.split(',') {
        // A star does not stand for Authorization (Fetch, "CORS-preflight fetch").
        let starred = headers.contains("*") && name != "authorization";
        ensure!(headers.contains(name) || starred, "the header {name} is not allowed for {method}");
    }
    Ok(())
}
