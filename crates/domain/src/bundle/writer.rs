//! Making a bundle, piece by piece: no more than one file is in memory at a time.

use super::{
    BundleError, LARGEST_BUNDLE, LARGEST_FILE, LARGEST_LIST, MANIFEST, MOST_ENTRIES,
    lock::Lock,
    plain,
    zip::{self, End, Header},
};
use crate::{
    digest::Digest,
    map::Set,
    wire::bundle::{File, Kind, Manifest},
};

/// Most bytes that a file costs in a manifest, beside its path.
const LISTED: usize = 128;
/// Most bytes of a manifest without its files.
const FRAME: usize = 1024;

/// One file as it stands in the bundle: the head comes right before the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its header.
    pub head: Vec<u8>,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What stands before the first piece and behind the last: known only when all are made (docs/adr/0009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// The manifest.
    pub front: Vec<u8>,
    /// The directory.
    pub back: Vec<u8>,
}

/// A bundle that is being made. The whole is the front, all pieces in their order, the back.
#[expect(missing_debug_implementations, reason = "a key has nothing to show")]
pub struct Writer {
    kind: Kind,
    lock: Option<Lock>,
    /// The files as they are named to who fills the bundle.
    files: Vec<File>,
    /// Their paths.
    paths: Set<String>,
    /// The entries as they stand in the ZIP, sums included.
    entries: Vec<(Header, Digest)>,
    /// Bytes of all pieces.
    size: u64,
    /// Bytes that the lists of the files may take in front and back.
    lists: usize,
}

fn entry(name: &str, content: &[u8]) -> Result<Header, BundleError> {
    let bytes = content.len() as u64;
    let size = u32::try_from(bytes).map_err(|_| BundleError::TooLarge { bytes })?;
    Ok(Header::stored(name, zip::crc(content), size))
}

impl Writer {
    /// An empty one; with a lock all its files are sealed.
    #[must_use]
    pub fn new(kind: Kind, lock: Option<Lock>) -> Self {
        Self { kind, lock, files: Vec::new(), paths: Set::default(), entries: Vec::new(), size: 0, lists: 2 * FRAME }
    }

    /// Adds a file with these bytes, of which `sha256` is the sum.
    ///
    /// # Errors
    /// [`BundleError::Path`], [`BundleError::Twice`], [`BundleError::FileTooLarge`], [`BundleError::TooLarge`],
    /// [`BundleError::TooMany`] or what the cipher said. The bundle is as it was then, and takes others.
    pub async fn add(&mut self, path: &str, sha256: Digest, content: Vec<u8>) -> Result<Piece, BundleError> {
        let (path, bytes) = (path.to_owned(), content.len() as u64);
        if !plain(&path) || path == MANIFEST {
            return Err(BundleError::Path { path });
        }
        if self.paths.contains(path.as_str()) {
            return Err(BundleError::Twice { path });
        }
        if bytes > LARGEST_FILE {
            return Err(BundleError::FileTooLarge { path, bytes });
        }
        // Two more: the manifest, and the one within a lock.
        if self.files.len() + 3 > MOST_ENTRIES {
            return Err(BundleError::TooMany);
        }
        // Listed in one manifest or two, and in the directory.
        let lists = self.lists + 3 * (LISTED + path.len());
        let total = self.size + (lists + zip::LOCAL + path.len() + 64) as u64 + bytes;
        if total > LARGEST_BUNDLE || lists as u64 > 2 * LARGEST_LIST {
            return Err(BundleError::TooLarge { bytes: total });
        }
        let number = self.files.len() + 1;
        let (name, stored, content) = match &self.lock {
            None => (path.clone(), sha256, content),
            Some(lock) => {
                let sealed = lock.seal(number, None, content).await?;
                (number.to_string(), Digest::of(&sealed), sealed)
            }
        };
        let header = entry(&name, &content)?;
        let head = header.write_local();
        self.paths.insert(path.clone());
        self.files.push(File { path, sha256, bytes });
        self.entries.push((header, stored));
        self.size += (head.len() + content.len()) as u64;
        self.lists = lists;
        Ok(Piece { head, content })
    }

    /// What stands around the pieces.
    ///
    /// # Errors
    /// What the cipher said.
    pub async fn finish(self) -> Result<Ends, BundleError> {
        let mut manifest = Manifest { kind: self.kind, files: self.files, encryption: None };
        let mut entries = self.entries;
        let mut first = Vec::new();
        if let Some(lock) = &self.lock {
            let inner = manifest.write_text().into_bytes();
            let sealed = lock.seal(0, Some(entries.len() + 1), inner).await?;
            let outer = |(header, sha256): &(Header, Digest)| File {
                path: String::from_utf8_lossy(&header.name).into_owned(),
                sha256: *sha256,
                bytes: header.size.into(),
            };
            let header = entry("0", &sealed)?;
            entries.insert(0, (header.clone(), Digest::of(&sealed)));
            manifest.files = entries.iter().map(outer).collect();
            manifest.encryption = Some(lock.encryption());
            first = header.write_local();
            first.extend_from_slice(&sealed);
        }
        let manifest = manifest.write_text().into_bytes();
        let header = entry(MANIFEST, &manifest)?;
        let mut front = header.write_local();
        front.extend_from_slice(&manifest);
        front.append(&mut first);
        let headers = [header].into_iter().chain(entries.into_iter().map(|(header, _)| header)).collect();
        let back = directory(headers)?;
        Ok(Ends { front, back })
    }
}

/// The directory of entries that stand one behind the other from the beginning on, and the end record.
fn directory(headers: Vec<Header>) -> Result<Vec<u8>, BundleError> {
    let too_large = |bytes: u64| BundleError::TooLarge { bytes };
    let (mut back, mut at, entries) = (Vec::new(), 0_u64, headers.len());
    for header in headers {
        header.write_central(u32::try_from(at).map_err(|_| too_large(at))?, &mut back);
        at += (zip::LOCAL + header.name.len()) as u64 + u64::from(header.size);
    }
    let end = End {
        entries: u16::try_from(entries).map_err(|_| BundleError::TooMany)?,
        size: u32::try_from(back.len()).map_err(|_| too_large(back.len() as u64))?,
        at: u32::try_from(at).map_err(|_| too_large(at))?,
    };
    end.write(&mut back);
    Ok(back)
}
