//! The edges inside `src/` that no manifest can keep, and a few habits of the house. See ARCHITECTURE.md.

mod edges;
mod habits;
mod manifests;
mod source;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;
use source::Source;

/// A place that breaks a rule, and what the rule says.
#[derive(Debug, PartialEq, Eq)]
pub struct Breach {
    file: String,
    line: usize,
    sentence: String,
}

impl Breach {
    fn new(file: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, sentence: sentence.into() }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.sentence)
    }
}

/// Prints every breach; true when there is none.
pub fn run() -> Result<bool> {
    let breaches = check(&workspace::root())?;
    for breach in &breaches {
        println!("{breach}");
    }
    if breaches.is_empty() {
        println!("layers: every edge is allowed");
    }
    Ok(breaches.is_empty())
}

fn check(root: &Path) -> Result<Vec<Breach>> {
    let mut breaches = manifests::check(root)?;
    for folder in ["src", "crates", "tests"] {
        for file in rust_files(root, folder)? {
            let text = fs::read_to_string(root.join(&file)).with_context(|| file.clone())?;
            breaches.extend(check_file(&file, &text));
        }
    }
    Ok(breaches)
}

fn check_file(file: &str, text: &str) -> Vec<Breach> {
    let source = Source::read(text);
    let mut breaches = habits::check(file, text, &source);
    if let Some(module) = file.strip_prefix("src/") {
        breaches.extend(edges::check(file, module, &source));
    }
    breaches
}

fn rust_files(root: &Path, folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
        for entry in entries {
            let entry = entry?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                if !path.ends_with("/target") {
                    folders.push(path);
                }
            } else if path.ends_with(".rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
