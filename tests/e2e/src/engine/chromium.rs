//! Chromium, through chromedriver. The one place that speaks the Chrome DevTools Protocol.

use super::{Differences, Place, Port};
use crate::browser::PHONE;
use anyhow::{Context as _, Result};
use axum::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::{env, fs, process::Command};
use thirtyfour::{
    Capabilities, CapabilitiesHelper as _, ChromiumLikeCapabilities as _, DesiredCapabilities, RequestData, SessionId,
    WebDriver, common::command::FormatRequestData, extensions::cdp::ChromeDevTools,
};

const FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--lang=id",
];

pub(super) struct Chromium;

impl Differences for Chromium {
    fn driver(&self) -> Command {
        let mut command = Command::new(env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into()));
        command.arg("--port=0");
        command
    }

    fn port(&self) -> Port {
        Port::Said("on port ")
    }

    fn begins_small(&self) -> bool {
        true
    }

    fn wanted(&self, place: &Place) -> Result<Capabilities> {
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        if place.manner.camera {
            wanted.add_arg("--use-fake-device-for-media-stream")?;
            wanted.add_arg("--use-fake-ui-for-media-stream")?;
        }
        if place.manner.private {
            wanted.add_arg("--incognito")?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", place.profile().display()))?;
        let (width, height) = PHONE;
        let metrics = json!({"width": width, "height": height, "pixelRatio": 2.0, "touch": false, "mobile": true});
        wanted.add_experimental_option("mobileEmulation", json!({"deviceMetrics": metrics}))?;
        let preferences = json!({
            // A position would be asked for outside.
            "profile.default_content_setting_values.geolocation": 2,
            "intl.accept_languages": "id",
            "download.default_directory": place.downloads(),
            "download.prompt_for_download": false,
        });
        wanted.add_experimental_option("prefs", preferences)?;
        wanted.insert_base_capability("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"}));
        Ok(wanted.into())
    }

    fn tidy(&self, place: &Place) {
        // The lock names a process that is gone; the browser would ask what to do.
        for lock in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
            let _ = fs::remove_file(place.profile().join(lock));
        }
    }
}

/// Brings the tab that the driver speaks to before the others.
pub(crate) async fn bring_to_front(session: &WebDriver) -> Result<()> {
    devtools(session, "Page.bringToFront", json!({})).await
}

/// Gives an origin's pages so much room, in bytes; as much as there is with `None`.
pub(crate) async fn give_room(session: &WebDriver, origin: &str, bytes: Option<u64>) -> Result<()> {
    let mut words = json!({"origin": origin});
    if let (Some(words), Some(bytes)) = (words.as_object_mut(), bytes) {
        words.insert("quotaSize".to_owned(), bytes.into());
    }
    devtools(session, "Storage.overrideQuotaForOrigin", words).await
}

/// Makes the page so wide and high.
pub(crate) async fn sized(session: &WebDriver, width: u32, height: u32) -> Result<()> {
    let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": true});
    devtools(session, "Emulation.setDeviceMetricsOverride", metrics).await
}

/// Pretends that media features have these values.
pub(crate) async fn pretend(session: &WebDriver, features: &[(&str, &str)]) -> Result<()> {
    let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    devtools(session, "Emulation.setEmulatedMedia", json!({"media": "", "features": features})).await
}

/// The page printed, as PDF.
pub(crate) async fn printed(session: &WebDriver) -> Result<Vec<u8>> {
    let wanted = json!({"preferCSSPageSize": true, "printBackground": false});
    let answer = ChromeDevTools::new(session.handle.clone()).execute_cdp_with_params("Page.printToPDF", wanted).await?;
    let text = answer.get("data").and_then(Value::as_str).context("a document")?;
    Ok(STANDARD.decode(text)?)
}

/// Roles and names that screen readers are told, in the page's order.
pub(crate) async fn told(session: &WebDriver) -> Result<Vec<(String, String)>> {
    let devtools = ChromeDevTools::new(session.handle.clone());
    let answer = devtools.execute_cdp_with_params("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = answer.get("nodes").and_then(Value::as_array).context("a tree")?;
    let text = |node: &Value, member: &str| {
        node.pointer(&format!("/{member}/value")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let heard = nodes.iter().filter(|node| node.get("ignored") != Some(&Value::Bool(true)));
    Ok(heard.map(|node| (text(node, "role"), text(node, "name"))).collect())
}

/// Slows the page's main thread down so many times.
pub(crate) async fn slow_down(session: &WebDriver, times: u32) -> Result<()> {
    devtools(session, "Emulation.setCPUThrottlingRate", json!({"rate": times})).await
}

/// Collects the memory that nothing needs.
pub(crate) async fn collect_garbage(session: &WebDriver) -> Result<()> {
    devtools(session, "HeapProfiler.collectGarbage", json!({})).await
}

async fn devtools(session: &WebDriver, command: &str, words: Value) -> Result<()> {
    let devtools = ChromeDevTools::new(session.handle.clone());
    devtools.execute_cdp_with_params(command, words).await.with_context(|| command.to_owned())?;
    Ok(())
}

/// chromedriver's request for the console's lines since it was last asked.
#[derive(Debug)]
struct ReadLog;

impl FormatRequestData for ReadLog {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/se/log")).add_body(json!({"type": "browser"}))
    }
}

/// The errors on the console since this was last asked.
pub(crate) async fn console(session: &WebDriver) -> Result<Vec<String>> {
    let entries: Vec<Value> = session.cmd(ReadLog).await?.value()?;
    let text = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let severe = entries.iter().filter(|entry| text(entry, "level").as_deref() == Some("SEVERE"));
    Ok(severe.filter_map(|entry| text(entry, "message")).collect())
}
