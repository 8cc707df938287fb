//! `bintang diff`: what changed between two rubrics, and which products would change stars.

mod tree;

use super::rubric_file;
use anyhow::{Context as _, Result};
use bintang_domain::{
    carry::carry,
    edit::Notes,
    rubric::Rubric,
    score::{self, Score},
    wire,
};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufRead as _, BufReader, Write},
    path::PathBuf,
    process::ExitCode,
};
use tree::{Change, changes};

/// Which rubrics, and sheets to try.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The earlier rubric.
    before: PathBuf,
    /// The later rubric.
    after: PathBuf,
    /// Sheets of the earlier rubric, one in a line: which would change stars.
    #[arg(long)]
    sheets: Option<PathBuf>,
    /// Print JSON instead of lines.
    #[arg(long)]
    json: bool,
}

/// One sheet under both rubrics.
struct Moved {
    /// Counted from 1.
    line: usize,
    before: Score,
    after: Score,
    /// Answers that could not be carried over, or mean something else now.
    again: usize,
}

/// Prints the changes.
///
/// # Errors
/// A file cannot be read, a rubric not used, or the output cannot be written. A bad sheet is told and left out; the exit
/// code is 1 then.
pub fn diff(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let (before, after) = (rubric_file::usable(&arguments.before)?, rubric_file::usable(&arguments.after)?);
    let value = |path| -> Result<Value> { Ok(serde_json::from_slice(&rubric_file::bytes(path)?)?) };
    let changes = changes(&value(&arguments.before)?, &value(&arguments.after)?);
    let (mut sheets, mut moved, mut bad) = (0, Vec::new(), 0);
    if let Some(path) = &arguments.sheets {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        for (place, line) in BufReader::new(file).split(b'\n').enumerate() {
            sheets += 1;
            match under_both(&before, &after, place + 1, &line?) {
                Ok(sheet) => moved.extend(Some(sheet).filter(|sheet| stars(&sheet.before) != stars(&sheet.after))),
                // One bad line must not hide what the others say.
                Err(error) => {
                    bad += 1;
                    eprintln!("bintang: {error}; it is left out");
                }
            }
        }
    }
    let done = if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if arguments.json {
        writeln!(out, "{:#}", written(&changes, arguments.sheets.is_some().then_some((sheets, moved.as_slice()))))?;
        return Ok(done);
    }
    for change in &changes {
        writeln!(out, "{change}")?;
    }
    writeln!(out, "{} changes", changes.len())?;
    if arguments.sheets.is_some() {
        for sheet in &moved {
            let Moved { line, before, after, again } = sheet;
            writeln!(out, "sheet {line}: {} → {} stars ({again} answers to look at again)", before.stars, after.stars)?;
        }
        writeln!(out, "{} of {sheets} sheets would change stars", moved.len())?;
        if bad > 0 {
            writeln!(out, "{bad} could not be read and were left out")?;
        }
    }
    Ok(done)
}

fn stars(score: &Score) -> (u8, bool) {
    (score.stars, score.awarded)
}

fn under_both(before: &Rubric, after: &Rubric, line: usize, text: &[u8]) -> Result<Moved> {
    let bad = |what: String| anyhow::anyhow!("sheet {line}: {what}");
    let value = wire::json::read_in_place(text).map_err(bad)?;
    let first = |errors: Vec<bintang_domain::answers::AnswerError>| {
        bad(errors.first().map(ToString::to_string).unwrap_or_default())
    };
    let sheet = wire::answers::read(&value).map_err(first)?;
    let errors = sheet.check(before);
    if !errors.is_empty() {
        return Err(first(errors));
    }
    let carried = carry(&sheet.answers, &Notes::new(), before, after);
    let (was, is) = (score::score(before, &sheet.answers), score::score(after, &carried.answers));
    Ok(Moved { line, before: was, after: is, again: carried.again.len() })
}

fn written(changes: &[Change], sheets: Option<(usize, &[Moved])>) -> Value {
    let changes: Vec<Value> = changes.iter().map(Change::written).collect();
    let mut value = json!({ "changes": changes });
    if let (Some((count, moved)), Some(members)) = (sheets, value.as_object_mut()) {
        let result = |score: &Score| json!({"stars": score.stars, "awarded": score.awarded, "total": wire::score::fraction(score.total)});
        let moved: Vec<Value> = moved
            .iter()
            .map(|sheet| {
                json!({"line": sheet.line, "before": result(&sheet.before), "after": result(&sheet.after),
                    "again": sheet.again})
            })
            .collect();
        members.insert("sheets".to_owned(), json!({"count": count, "moved": moved}));
    }
    value
}
