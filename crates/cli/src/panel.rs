//! `bintang panel`: the sheets of a panel become one verdict.

use super::rubric_file;
use anyhow::{Context as _, Result};
use bintang_domain::{
    panel::{self, PanelError, PanelErrorCode},
    rubric::Rubric,
    wire,
};
use serde_json::{Value, json};
use std::{fs, io::Write, path::PathBuf, process::ExitCode};

/// Which rubric and which panel.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The rubric.
    #[arg(long)]
    rubric: PathBuf,
    /// The panel (bintang-panel/1).
    panel: PathBuf,
}

/// Prints the verdict, or what is wrong.
///
/// # Errors
/// A file cannot be read, the rubric not used, or the output not written.
pub fn verdict(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let rubric = rubric_file::usable(&arguments.rubric)?;
    let bytes = fs::read(&arguments.panel).with_context(|| arguments.panel.display().to_string())?;
    let (value, code) = match of(&rubric, &bytes) {
        Ok(verdict) => (verdict, ExitCode::SUCCESS),
        Err(errors) => (written(&errors), ExitCode::FAILURE),
    };
    writeln!(out, "{value:#}")?;
    Ok(code)
}

fn of(rubric: &Rubric, bytes: &[u8]) -> Result<Value, Vec<PanelError>> {
    let value = wire::json::read(bytes).map_err(|message| {
        let code = PanelErrorCode::Malformed.as_str();
        vec![PanelError { at: String::new(), code, message: format!("Not JSON: {message}.") }]
    })?;
    let verdict = panel::verdict(rubric, &wire::panel::read(&value)?)?;
    Ok(wire::panel::write(rubric, &verdict))
}

fn written(errors: &[PanelError]) -> Value {
    let errors: Vec<Value> =
        errors.iter().map(|error| json!({"at": error.at, "code": error.code, "message": error.message})).collect();
    json!({ "errors": errors })
}
