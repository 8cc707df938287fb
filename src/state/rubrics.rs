//! Rubrics: those that come with the app, and those that drafts were begun with.

use crate::services::Services;
use bintang_domain::{
    digest::Digest,
    ports::{FileError, StoreError},
    rubric::{self, Problem, Rubric, Severity},
    wire::envelope::RubricRef,
};
use std::sync::Arc;

/// Names of the rubric files that come with the app, in the order they are offered.
pub const BUILT_IN: [&str; 5] = ["food", "weaving", "batik", "plaiting", "pottery"];

/// A rubric ready for use, with its file.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The rubric.
    pub rubric: Arc<Rubric>,
    /// Its name: id, version and the sum of its file.
    pub reference: RubricRef,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// An installed rubric.
#[derive(Debug, Clone)]
pub struct Installed {
    /// The sum of its file.
    pub sha256: Digest,
    /// The rubric; `None` where the file is damaged.
    pub ready: Option<Ready>,
}

impl Installed {
    fn name(&self) -> Option<(&str, &str)> {
        self.ready.as_ref().map(|ready| (ready.reference.id.as_str(), ready.reference.version.as_str()))
    }
}

/// Why a rubric cannot be used.
#[derive(Debug, Clone)]
pub enum Unusable {
    /// The file could not be had.
    NoFile(FileError),
    /// The file has errors.
    Wrong(Vec<Problem>),
}

/// Reads a rubric's file.
///
/// # Errors
/// [`Unusable::Wrong`] with the errors.
pub fn read(bytes: Vec<u8>) -> Result<Ready, Unusable> {
    let reading = rubric::read(&bytes);
    match reading.rubric {
        Some(rubric) => {
            let sha256 = Digest::of(&bytes);
            let reference = RubricRef { id: rubric.id.clone(), version: rubric.version.clone(), sha256 };
            Ok(Ready { rubric: Arc::new(rubric), reference, bytes })
        }
        None => {
            let errors = reading.problems.into_iter().filter(|problem| problem.severity == Severity::Error);
            Err(Unusable::Wrong(errors.collect()))
        }
    }
}

/// Reads the rubrics that are installed.
///
/// # Errors
/// What the store said.
pub async fn installed(services: Services) -> Result<Vec<Installed>, StoreError> {
    let store = services.ports().store.clone();
    let mut installed = Vec::new();
    for sha256 in store.installed_rubrics().await? {
        let bytes = store.rubric(sha256).await?;
        installed.push(Installed { sha256, ready: bytes.and_then(|bytes| read(bytes).ok()) });
    }
    // By name, then by version, whatever their sums are.
    installed.sort_by(|one, other| one.name().cmp(&other.name()));
    Ok(installed)
}

/// Fetches and reads a rubric that comes with the app.
///
/// # Errors
/// Why it cannot be used.
pub async fn built_in(services: Services, name: &str) -> Result<Ready, Unusable> {
    let fetching = services.ports().web_files.fetch(&["rubrics/", name, ".json"].concat());
    read(fetching.await.map_err(Unusable::NoFile)?)
}

/// The rubric that this name means: from the phone's store, else one that comes with the app and is the same to the byte;
/// `None` where there is none.
///
/// # Errors
/// What the store said.
pub async fn find(services: Services, reference: &RubricRef) -> Result<Option<Arc<Rubric>>, StoreError> {
    let getting = services.ports().store.rubric(reference.sha256);
    if let Some(bytes) = getting.await? {
        return Ok(read(bytes).ok().map(|ready| ready.rubric));
    }
    for name in BUILT_IN {
        if let Ok(ready) = built_in(services, name).await
            && ready.reference == *reference
        {
            return Ok(Some(ready.rubric));
        }
    }
    Ok(None)
}
