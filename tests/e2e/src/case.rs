//! A case in every engine, and what became of it.

use crate::{Engine, engine::Cannot};
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::{fs::OpenOptions, io::Write as _};

/// Names the file that takes a line of JSON for what became of each case of the torture: `cargo xtask torture` reads it.
pub const RESULTS: &str = "BINTANG_RESULTS";

/// Runs a case. What its engine cannot do is told, and is no failure.
///
/// # Errors
/// The case failed.
pub async fn run(engine: Engine, name: &str, case: impl AsyncFnOnce(Engine) -> Result<()>) -> Result<()> {
    match case(engine).await {
        Err(error) if error.is::<Cannot>() => {
            // Past the capture of output: nothing is left out silently.
            let _ = writeln!(std::io::stderr(), "skipped: {name}: {error}");
            note(&json!({"engine": engine.to_string(), "case": name, "cannot": error.to_string()}))
        }
        outcome => outcome,
    }
}

/// Writes down what became of a case of the torture, where somebody wants to know.
///
/// # Errors
/// The file cannot be written.
pub fn note(result: &Value) -> Result<()> {
    let Some(file) = std::env::var_os(RESULTS) else { return Ok(()) };
    let mut file = OpenOptions::new().append(true).create(true).open(file).context(RESULTS)?;
    // One write: several processes write to this file.
    file.write_all(format!("{result}\n").as_bytes()).context(RESULTS)
}

/// Registers cases, `async fn(Engine) -> Result<()>`, as a test in each engine: `chromium::case`, `firefox::case`,
/// `webkit::case`.
#[macro_export]
macro_rules! in_every_engine {
    ($($case:ident),+ $(,)?) => {
        $crate::in_every_engine!(@ chromium Chromium $($case)+);
        $crate::in_every_engine!(@ firefox Firefox $($case)+);
        $crate::in_every_engine!(@ webkit WebKit $($case)+);
    };
    (@ $module:ident $engine:ident $($case:ident)+) => {
        mod $module {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() -> anyhow::Result<()> {
                $crate::case::run($crate::Engine::$engine, stringify!($case), super::$case).await
            })+
        }
    };
}
