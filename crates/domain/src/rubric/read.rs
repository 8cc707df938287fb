//! The way from a file to a rubric.

use super::{Problem, ProblemCode, Rubric, Severity, at::At, check, problem::Findings};
use crate::wire;

/// Largest file that is read: 5 MiB.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// What came of reading a file.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The rubric, when there is no error.
    pub rubric: Option<Rubric>,
    /// Everything found, in the order it was found.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// The problems that keep the rubric from being used.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }
}

/// Reads and checks a rubric's file. Does not stop at the first fault, and takes any bytes.
#[must_use]
pub fn read(bytes: &[u8]) -> Reading {
    let mut found = Findings::default();
    if bytes.len() > MAX_BYTES {
        found.report(
            ProblemCode::TooLarge,
            At::ROOT,
            format_args!("The file has {} bytes; shorten it to {MAX_BYTES} bytes (5 MiB) at most.", bytes.len()),
        );
        return Reading { rubric: None, problems: found.into_problems() };
    }
    let value = match wire::json::read(bytes) {
        Ok(value) => value,
        Err(error) => {
            found.report(
                ProblemCode::NotJson,
                At::ROOT,
                format_args!("The file is not JSON: {error}. Mend it there, and save it as UTF-8 without a mark."),
            );
            return Reading { rubric: None, problems: found.into_problems() };
        }
    };
    let mut parsed = match wire::rubric::parse(&value, found) {
        Ok(parsed) => parsed,
        Err(found) => return Reading { rubric: None, problems: found.into_problems() },
    };
    check::check(&mut parsed);
    let rubric = parsed.found.usable().then_some(parsed.rubric);
    Reading { rubric, problems: parsed.found.into_problems() }
}
