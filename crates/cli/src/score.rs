//! `bintang score`: the result of one sheet, or of many, one in a line.

use super::rubric_file;
use anyhow::{Context as _, Result};
use bintang_domain::{
    answers::{AnswerError, AnswerErrorCode},
    next,
    rubric::Rubric,
    score, wire,
};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Write},
    num::NonZero,
    path::PathBuf,
    process::ExitCode,
    thread,
};

/// Sheets that are read before they are scored together.
const TOGETHER: usize = 4_096;

/// Which rubric and which sheets.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The rubric.
    #[arg(long)]
    rubric: PathBuf,
    #[command(flatten)]
    sheets: Sheets,
    /// Leave the way up out: `next` is null.
    #[arg(long)]
    no_next: bool,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Sheets {
    /// One sheet (bintang-answers/1).
    #[arg(long)]
    answers: Option<PathBuf>,
    /// Many sheets, one in a line.
    #[arg(long)]
    batch: Option<PathBuf>,
}

/// Prints the results.
///
/// # Errors
/// A file cannot be read, the rubric not used, or the output not written.
pub fn score(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let rubric = rubric_file::usable(&arguments.rubric)?;
    let with_next = !arguments.no_next;
    if let Some(path) = &arguments.sheets.answers {
        let bytes = fs::read(path).with_context(|| path.display().to_string())?;
        let (value, code) = match result(&rubric, &bytes, with_next) {
            Ok(result) => (serde_json::from_str(&result)?, ExitCode::SUCCESS),
            Err(errors) => (written(&errors), ExitCode::FAILURE),
        };
        writeln!(out, "{value:#}")?;
        return Ok(code);
    }
    if let Some(path) = &arguments.sheets.batch {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let mut lines = BufReader::new(file).split(b'\n');
        loop {
            let together = lines.by_ref().take(TOGETHER).collect::<std::io::Result<Vec<_>>>()?;
            if together.is_empty() {
                break;
            }
            for text in results(&rubric, &together, with_next) {
                out.write_all(text.as_bytes())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The results of these lines, in their order, each with its line end. Each core takes a share.
fn results(rubric: &Rubric, lines: &[Vec<u8>], with_next: bool) -> Vec<String> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = lines.len().div_ceil(cores).max(1);
    let of = |lines: &[Vec<u8>]| {
        let mut text = String::new();
        for line in lines {
            let result = result(rubric, line, with_next).unwrap_or_else(|errors| written(&errors).to_string());
            text.push_str(&result);
            text.push('\n');
        }
        text
    };
    thread::scope(|scope| {
        let shares: Vec<_> = lines.chunks(share).map(|lines| scope.spawn(move || of(lines))).collect();
        // A panic in a share is a fault of the program and ends it here too.
        shares.into_iter().map(|share| share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn result(rubric: &Rubric, bytes: &[u8], with_next: bool) -> Result<String, Vec<AnswerError>> {
    let value = wire::json::read_in_place(bytes).map_err(|message| {
        vec![AnswerError {
            at: String::new(),
            code: AnswerErrorCode::Malformed,
            message: format!("Not JSON: {message}."),
        }]
    })?;
    let sheet = wire::answers::read(&value)?;
    let errors = sheet.check(rubric);
    if !errors.is_empty() {
        return Err(errors);
    }
    let score = score::score(rubric, &sheet.answers);
    let next = if with_next { next::next_of(rubric, &sheet.answers, &score) } else { None };
    Ok(wire::score::write(rubric, &score, next.as_ref()))
}

/// Errors as programs read them.
pub fn written(errors: &[AnswerError]) -> Value {
    let errors: Vec<Value> = errors
        .iter()
        .map(|error| json!({"at": error.at, "code": error.code.as_str(), "message": error.message}))
        .collect();
    json!({ "errors": errors })
}
