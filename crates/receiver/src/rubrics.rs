//! The rubrics a receiver can reckon with.

use bintang_domain::{
    digest::Digest,
    rubric::{self, Rubric},
    wire::envelope::RubricRef,
};
use std::{collections::BTreeMap, io, path::Path};

/// Rubrics by id, version and the SHA-256 of their file: a score is only reckoned again with exactly the file it was
/// made with.
#[derive(Debug, Default)]
pub struct Rubrics(BTreeMap<RubricRef, Rubric>);

/// A file that is no usable rubric.
#[derive(Debug)]
pub struct Unusable {
    /// Its name.
    pub file: String,
    /// The first thing that is wrong with it.
    pub reason: String,
}

impl Rubrics {
    /// Reads every `.json` file of a folder; files that are no usable rubric are handed back with the reason.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read.
    pub fn read(folder: &Path) -> io::Result<(Self, Vec<Unusable>)> {
        let (mut rubrics, mut unusable) = (Self::default(), Vec::new());
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json")
                && let Err(reason) = rubrics.add(&std::fs::read(&path)?)
            {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                unusable.push(Unusable { file, reason });
            }
        }
        Ok((rubrics, unusable))
    }

    /// Adds a rubric file.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        let reading = rubric::read(bytes);
        let Some(rubric) = reading.rubric else {
            let first = reading.problems.into_iter().next();
            return Err(first.map_or_else(|| "not usable".to_owned(), |problem| problem.message));
        };
        let name = RubricRef { id: rubric.id.clone(), version: rubric.version.clone(), sha256: Digest::of(bytes) };
        self.0.insert(name, rubric);
        Ok(())
    }

    /// The rubric of exactly this file.
    #[must_use]
    pub fn get(&self, name: &RubricRef) -> Option<&Rubric> {
        self.0.get(name)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
