//! Reading a rubric that a command was given.

use anyhow::{Context as _, Result, bail};
use bintang_domain::rubric::{self, Rubric};
use std::{fs::File, io::Read as _, path::Path};

/// The bytes of a rubric's file, never more than a little over what is read at all.
///
/// # Errors
/// The file cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte beyond the limit is enough for the check to say that it is too large.
    let limit = u64::try_from(rubric::MAX_BYTES)? + 1;
    let file = File::open(path).with_context(|| path.display().to_string())?;
    file.take(limit).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
    Ok(bytes)
}

/// A rubric that can be used.
///
/// # Errors
/// The file cannot be read, or has errors; `bintang check` tells them all.
pub fn usable(path: &Path) -> Result<Rubric> {
    let reading = rubric::read(&bytes(path)?);
    let first = reading.errors().next().map(|problem| format!("{}: {}", problem.at, problem.message));
    let count = reading.errors().count();
    match (reading.rubric, first) {
        (Some(rubric), None) => Ok(rubric),
        (_, first) => bail!(
            "{} has {count} error(s), the first at {} (`bintang check` tells them all)",
            path.display(),
            first.unwrap_or_default()
        ),
    }
}
