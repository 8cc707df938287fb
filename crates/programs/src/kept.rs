//! What an endpoint has kept.

use anyhow::{Context as _, Result, ensure};
use bintang_domain::{digest::Digest, wire::read_back::evidence_of};
use std::{collections::BTreeSet, fs, path::Path};

/// What stands in a folder of finishings, each with its document and its photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Documents.
    pub documents: usize,
    /// Photos.
    pub photos: usize,
}

/// Counts what stands there, and makes sure that each photo is what its name says, that a document names it, and that
/// nothing half stands about.
///
/// # Errors
/// Something is not as it must be.
pub fn kept(folder: &Path) -> Result<Kept> {
    let mut kept = Kept { documents: 0, photos: 0 };
    for finishing in fs::read_dir(folder)? {
        let finishing = finishing?.path();
        let document = fs::read_to_string(finishing.join("assessment.json")).unwrap_or_default();
        let named: BTreeSet<String> = evidence_of(&document).iter().map(Digest::to_string).collect();
        for file in fs::read_dir(&finishing)? {
            let path = file?.path();
            let name = path.file_name().and_then(|name| name.to_str()).context("a name")?.to_owned();
            if name == "assessment.json" {
                kept.documents += 1;
                continue;
            }
            ensure!(Digest::of(&fs::read(&path)?).to_string() == name, "{} is not what its name says", path.display());
            ensure!(document.is_empty() || named.contains(&name), "nobody named {}", path.display());
            kept.photos += 1;
        }
    }
    Ok(kept)
}
