//! `bintang import`: a rubric from a spreadsheet, one row an option.

mod build;
mod columns;
mod rows;

use anyhow::{Context as _, Result, bail};
use bintang_domain::rubric;
use std::{fs, io::Write, path::PathBuf, process::ExitCode};

/// The layout by example; it imports without an error.
const TEMPLATE: &str = include_str!("import/template.csv");

/// Which file.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A spreadsheet (xlsx, its first sheet) or CSV file.
    #[arg(required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Write the rubric here instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print a CSV file to start from.
    #[arg(long, conflicts_with_all = ["file", "out"])]
    template: bool,
}

/// Prints the rubric as JSON; what is wrong with it is told on standard error, and the exit code is 1 on an error.
///
/// # Errors
/// The file cannot be read, a row is wrong, or the output cannot be written.
pub fn import(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let Some(file) = &arguments.file else {
        out.write_all(TEMPLATE.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    let rows = rows::read(file).with_context(|| file.display().to_string())?;
    let value = match build::rubric(&rows) {
        Ok(value) => value,
        Err(faults) => bail!("{}:\n{}", file.display(), faults.join("\n")),
    };
    let text = format!("{value:#}\n");
    match &arguments.out {
        Some(path) => fs::write(path, &text).with_context(|| path.display().to_string())?,
        None => out.write_all(text.as_bytes())?,
    }
    let reading = rubric::read(text.as_bytes());
    for problem in &reading.problems {
        eprintln!("{} {} {}: {}", problem.severity.as_str(), problem.code.as_str(), problem.at, problem.message);
    }
    Ok(if reading.rubric.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
