//! Pages under axe-core: WCAG 2.0 to 2.2, A and AA, and its best practices.

use crate::browser::Browser;
use anyhow::{Context as _, Result};
use serde_json::Value;

const RUN: &str = "
    axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
    }).then(
        (found) => done(found.violations.map((fault) => fault.id + ': ' + fault.help + ' – '
            + fault.nodes.map((node) => node.target.join(' ') + ' [' + node.any.map((one) => one.message).join('; ') + ']').join(' | '))),
        (error) => done(['axe failed: ' + error]),
    );";

/// Its script.
///
/// # Errors
/// Nobody says where it is.
pub fn script() -> Result<String> {
    let path = std::env::var("BINTANG_AXE").context("BINTANG_AXE names axe.min.js; `cargo xtask test e2e` sets it")?;
    std::fs::read_to_string(&path).context(path)
}

/// The faults of the page that is shown, in which [`script`] has run; shadow roots are looked into.
///
/// # Errors
/// The page is gone.
pub async fn faults(browser: &Browser) -> Result<Vec<String>> {
    let found = browser.script_until_done(RUN, &[]).await?;
    let found = found.as_array().cloned().unwrap_or_default();
    Ok(found.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
