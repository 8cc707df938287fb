//! What the page wrote to its console.

use anyhow::Result;
use axum::http::Method;
use serde_json::{Value, json};
use thirtyfour::{RequestData, SessionId, WebDriver, common::command::FormatRequestData};

/// chromedriver's request for the lines since it was last asked.
#[derive(Debug)]
struct ReadLog;

impl FormatRequestData for ReadLog {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/se/log")).add_body(json!({"type": "browser"}))
    }
}

/// The errors since this was last asked.
pub(super) async fn lines(session: &WebDriver) -> Result<Vec<String>> {
    let entries: Vec<Value> = session.cmd(ReadLog).await?.value()?;
    let text = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let severe = entries.iter().filter(|entry| text(entry, "level").as_deref() == Some("SEVERE"));
    Ok(severe.filter_map(|entry| text(entry, "message")).collect())
}
