//! `bintang new`: a rubric to start from. What each piece is for stands in its own help texts, since JSON has no comments.

use anyhow::{Context as _, Result, bail};
use bintang_domain::id::RubricId;
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::PathBuf,
    process::ExitCode,
};

const STARTER: &str = include_str!("new/starter.json");

/// How it is called and where it goes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The rubric's id: a–z, 0–9 and the hyphen.
    #[arg(long, default_value = "contoh")]
    id: String,
    /// Write it here instead of standard output; a file that is there already is left alone.
    out: Option<PathBuf>,
}

/// Prints the starter.
///
/// # Errors
/// The id is none, the file is there already, or the output cannot be written.
pub fn new(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode> {
    let id = RubricId::parse(&arguments.id)?;
    let text = STARTER.replacen("\"id\": \"contoh\"", &format!("\"id\": \"{id}\""), 1);
    match &arguments.out {
        None => out.write_all(text.as_bytes())?,
        Some(path) => match OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(mut file) => file.write_all(text.as_bytes()).with_context(|| path.display().to_string())?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                bail!("{} is there already and was left alone", path.display())
            }
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        },
    }
    Ok(ExitCode::SUCCESS)
}
