//! `bintang check`: what is wrong with rubrics, and how to mend it.

use super::rubric_file;
use anyhow::Result;
use bintang_domain::rubric::{self, Problem, Severity};
use serde_json::{Value, json};
use std::{io::Write, path::PathBuf, process::ExitCode};

/// Which rubrics.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Rubrics.
    #[arg(required = true)]
    rubrics: Vec<PathBuf>,
}

/// Prints all problems; the exit code is 1 where one of them is an error.
///
/// # Errors
/// A file cannot be read, or the output not written.
pub fn check(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let mut all: Vec<(String, Problem)> = Vec::new();
    for path in &arguments.rubrics {
        let problems = rubric::read(&rubric_file::bytes(path)?).problems;
        all.extend(problems.into_iter().map(|problem| (path.display().to_string(), problem)));
    }
    let several = arguments.rubrics.len() > 1;
    if arguments.json {
        let problems: Vec<Value> = all.iter().map(|(file, problem)| written(file, problem, several)).collect();
        writeln!(out, "{:#}", json!({ "problems": problems }))?;
    } else {
        table(&all, several, out)?;
    }
    let bad = all.iter().any(|(_, problem)| problem.severity == Severity::Error);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn written(file: &str, problem: &Problem, several: bool) -> Value {
    let mut value = json!({
        "severity": problem.severity.as_str(),
        "code": problem.code.as_str(),
        "at": problem.at,
        "message": problem.message,
    });
    // With one rubric it goes without saying.
    if several && let Some(members) = value.as_object_mut() {
        members.insert("file".to_owned(), file.into());
    }
    value
}

fn table(all: &[(String, Problem)], several: bool, out: &mut impl Write) -> Result<()> {
    let mut last = None;
    for (file, problem) in all {
        if several && last != Some(file) {
            writeln!(out, "{file}")?;
            last = Some(file);
        }
        let at = if problem.at.is_empty() { "/" } else { &problem.at };
        writeln!(
            out,
            "{:<8}{:<22}{at}\n        {}",
            problem.severity.as_str(),
            problem.code.as_str(),
            problem.message
        )?;
    }
    let errors = all.iter().filter(|(_, problem)| problem.severity == Severity::Error).count();
    writeln!(out, "{errors} errors, {} warnings", all.len() - errors)?;
    Ok(())
}
