//! Bundles for tests.

use bintang_domain::bundle::{BundleError, Kind, Lock, Writer};
use bintang_domain::digest::Digest;

/// The bytes of a bundle with these files.
///
/// # Errors
/// What the writer said.
pub async fn made(kind: Kind, lock: Option<Lock>, files: &[(&str, &[u8])]) -> Result<Vec<u8>, BundleError> {
    let (mut writer, mut pieces) = (Writer::new(kind, lock), Vec::new());
    for (path, content) in files {
        let piece = writer.add(path, Digest::of(content), content.to_vec()).await?;
        pieces.extend(piece.head);
        pieces.extend(piece.content);
    }
    let ends = writer.finish().await?;
    Ok([ends.front, pieces, ends.back].concat())
}
