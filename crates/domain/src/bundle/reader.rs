//! Reading a bundle: all is checked at the door but the files themselves, each of which is checked when it is read.

use super::{
    BundleError, LARGEST_LIST, MANIFEST,
    directory::{Place, part, places},
    lock::{ADDED, Key},
    zip,
};
use crate::{
    digest::Digest,
    ports::{
        bytes::Bytes,
        cipher::{Cipher, CipherError},
    },
    wire::bundle::{Encryption, File, Kind, Manifest},
    wire::form::Refused,
};
use std::rc::Rc;

/// A bundle at the door.
#[expect(missing_debug_implementations, reason = "the bytes are a trait object")]
pub enum Opened {
    /// Its files can be read.
    Open(Bundle),
    /// It asks for a passphrase.
    Locked(Locked),
}

/// A file, and where its bytes are.
#[derive(Clone)]
struct Stored {
    file: File,
    /// Its number within a lock; 0 without.
    number: usize,
    /// Of the bytes in the ZIP.
    sha256: Digest,
    place: Place,
}

/// A bundle whose files can be read. Clones are the same bundle.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the bytes are a trait object")]
pub struct Bundle {
    bytes: Rc<dyn Bytes>,
    kind: Kind,
    /// By path.
    files: Rc<[Stored]>,
    key: Option<Key>,
}

/// A bundle that opens with a passphrase.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the bytes are a trait object")]
pub struct Locked {
    bytes: Rc<dyn Bytes>,
    kind: Kind,
    encryption: Encryption,
    /// By number.
    files: Vec<Stored>,
}

fn missing(path: &str) -> BundleError {
    BundleError::Missing { path: path.to_owned() }
}

fn by_path(one: &Stored, other: &Stored) -> std::cmp::Ordering {
    one.file.path.cmp(&other.file.path)
}

/// Pairs what is listed with what is there, by path.
fn paired(mut listed: Vec<File>, mut there: Vec<Place>) -> Result<Vec<Stored>, BundleError> {
    listed.sort_by(|one, other| one.path.cmp(&other.path));
    there.sort_by(|one, other| one.path.cmp(&other.path));
    let mut stored: Vec<Stored> = Vec::new();
    let mut there = there.into_iter().peekable();
    for file in listed {
        if stored.last().is_some_and(|last| last.file.path == file.path) {
            return Err(BundleError::Twice { path: file.path });
        }
        if let Some(place) = there.next_if(|place| place.path < file.path) {
            return Err(BundleError::Unlisted { path: place.path });
        }
        let Some(place) = there.next_if(|place| place.path == file.path) else { return Err(missing(&file.path)) };
        if place.size != file.bytes {
            return Err(BundleError::Size { path: file.path, stated: file.bytes, found: place.size });
        }
        stored.push(Stored { number: 0, sha256: file.sha256, file, place });
    }
    there.next().map_or(Ok(stored), |place| Err(BundleError::Unlisted { path: place.path }))
}

/// The file's bytes as they stand in the ZIP.
async fn raw(bytes: &dyn Bytes, stored: &Stored) -> Result<Vec<u8>, BundleError> {
    let length = usize::try_from(stored.place.size).map_err(|_| BundleError::TooLarge { bytes: stored.place.size })?;
    let raw = part(bytes, stored.place.at, length).await?;
    let sum = || BundleError::Sum { path: stored.file.path.clone() };
    if Digest::of(&raw) == stored.sha256 { Ok(raw) } else { Err(sum()) }
}

impl Opened {
    /// Checks everything but the files' bytes.
    ///
    /// # Errors
    /// [`BundleError`]: the first thing that is wrong.
    pub async fn of(bytes: Rc<dyn Bytes>) -> Result<Self, BundleError> {
        let mut there = places(&*bytes).await?;
        // The first in the directory and at the first byte, so that whoever reads from the front meets it first too.
        let first = |place: &&Place| place.path == MANIFEST && place.begin == 0 && place.size <= LARGEST_LIST;
        let manifest = there.first().filter(first);
        let Some(Place { at, size, crc, .. }) = manifest.cloned() else { return Err(BundleError::NoManifest) };
        there.remove(0);
        let length = usize::try_from(size).map_err(|_| BundleError::NoManifest)?;
        let manifest = part(&*bytes, at, length).await?;
        if zip::crc(&manifest) != crc {
            return Err(BundleError::Sum { path: MANIFEST.to_owned() });
        }
        let Manifest { kind, files, encryption } = Manifest::read_text(&manifest).map_err(BundleError::Manifest)?;
        let files = paired(files, there)?;
        Ok(match encryption {
            None => Self::Open(Bundle { bytes, kind, files: files.into(), key: None }),
            Some(encryption) => Self::Locked(Locked { bytes, kind, encryption, files: numbered(files)? }),
        })
    }
}

/// The files of a lock, by number; every number up to their count is there.
fn numbered(mut files: Vec<Stored>) -> Result<Vec<Stored>, BundleError> {
    for stored in &mut files {
        let number = stored.file.path.parse().ok().filter(|number: &usize| number.to_string() == stored.file.path);
        stored.number = number.ok_or_else(|| BundleError::Path { path: stored.file.path.clone() })?;
    }
    files.sort_by_key(|stored| stored.number);
    let gap = files.iter().enumerate().find(|(number, stored)| *number != stored.number).map(|(number, _)| number);
    // Without any, the first is missing.
    match gap.or(files.is_empty().then_some(0)) {
        Some(number) => Err(missing(&number.to_string())),
        None => Ok(files),
    }
}

impl Locked {
    /// What the bundle is for.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`BundleError::Passphrase`] where the passphrase is another, [`BundleError::Rounds`], or what is wrong with the
    /// list of files inside.
    pub async fn unlock(&self, cipher: &dyn Cipher, passphrase: &str) -> Result<Bundle, BundleError> {
        let key = Key::derive(cipher, passphrase, &self.encryption).await?;
        let mut sealed = self.files.iter();
        let first = sealed.next().ok_or_else(|| missing("0"))?;
        let inner = raw(&*self.bytes, first).await?;
        let inner = key.open(0, Some(self.files.len()), inner).await.map_err(|error| match error {
            CipherError::Unopened => BundleError::Passphrase,
            error => BundleError::Cipher(error),
        })?;
        let Manifest { kind, files, encryption } = Manifest::read_text(&inner).map_err(BundleError::Manifest)?;
        if kind != self.kind || encryption.is_some() {
            return Err(BundleError::Manifest(Refused::new("the manifest inside is of another bundle")));
        }
        let mut stored = Vec::new();
        for file in files {
            let Some(sealed) = sealed.next() else { return Err(missing(&file.path)) };
            if !super::plain(&file.path) {
                return Err(BundleError::Path { path: file.path });
            }
            if file.bytes.checked_add(ADDED) != Some(sealed.file.bytes) {
                let found = sealed.file.bytes.saturating_sub(ADDED);
                return Err(BundleError::Size { path: file.path, stated: file.bytes, found });
            }
            stored.push(Stored { file, ..sealed.clone() });
        }
        if let Some(sealed) = sealed.next() {
            return Err(BundleError::Unlisted { path: sealed.file.path.clone() });
        }
        stored.sort_by(by_path);
        let twice = stored.iter().zip(stored.iter().skip(1)).find(|(one, other)| one.file.path == other.file.path);
        if let Some((one, _)) = twice {
            return Err(BundleError::Twice { path: one.file.path.clone() });
        }
        Ok(Bundle { bytes: self.bytes.clone(), kind, files: stored.into(), key: Some(key) })
    }
}

impl Bundle {
    /// What it is for.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its files, by path, without the manifest.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().map(|stored| &stored.file)
    }

    /// The file of this path, if there is one.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        self.stored(path).map(|stored| &stored.file)
    }

    fn stored(&self, path: &str) -> Option<&Stored> {
        let place = self.files.binary_search_by(|stored| stored.file.path.as_str().cmp(path)).ok()?;
        self.files.get(place)
    }

    /// Reads a file; its size and sum are what the manifest says.
    ///
    /// # Errors
    /// [`BundleError::Missing`], [`BundleError::Sum`], [`BundleError::Unopened`], or why the bytes cannot be had.
    pub async fn read(&self, path: &str) -> Result<Vec<u8>, BundleError> {
        let stored = self.stored(path).ok_or_else(|| missing(path))?;
        let raw = raw(&*self.bytes, stored).await?;
        let Some(key) = &self.key else { return Ok(raw) };
        let plain = key.open(stored.number, None, raw).await.map_err(|error| match error {
            CipherError::Unopened => BundleError::Unopened { path: path.to_owned() },
            error => BundleError::Cipher(error),
        })?;
        let File { sha256, bytes, .. } = stored.file;
        // What the key opened is what was sealed; the sum holds the manifest to it.
        let same = plain.len() as u64 == bytes && Digest::of(&plain) == sha256;
        if same { Ok(plain) } else { Err(BundleError::Sum { path: path.to_owned() }) }
    }
}
