//! Why a bundle is not made or not read.

use super::{LARGEST_FILE, MOST_ENTRIES, MOST_ROUNDS, ROUNDS};
use crate::{
    ports::{FileError, cipher::CipherError},
    wire::form::Refused,
};
use std::fmt;

/// What is wrong with a bundle. Paths are as they stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleError {
    /// Its bytes cannot be had.
    File(FileError),
    /// It does not end as a ZIP without a comment ends: something else, or cut off.
    NoEnd,
    /// A header is not whole, or stands where none can be.
    Broken {
        /// Where, in bytes from the beginning.
        at: u64,
    },
    /// It is, or would be, larger than a bundle can be.
    TooLarge {
        /// Its size in bytes, as far as it is known.
        bytes: u64,
    },
    /// It has, or would have, more than [`MOST_ENTRIES`] files.
    TooMany,
    /// A file is larger than [`LARGEST_FILE`].
    FileTooLarge {
        /// Which.
        path: String,
        /// Its size in bytes.
        bytes: u64,
    },
    /// A name leads out of the folder or has characters that bundles do not use.
    Path {
        /// The name; what is not UTF-8 in it is replaced.
        path: String,
    },
    /// A name stands twice.
    Twice {
        /// Which.
        path: String,
    },
    /// A file is compressed.
    Compressed {
        /// Which.
        path: String,
    },
    /// A file is encrypted as ZIP does it.
    Encrypted {
        /// Which.
        path: String,
    },
    /// A file's sizes stand behind it.
    Streamed {
        /// Which.
        path: String,
    },
    /// The directory and the file's own header do not say the same.
    Disagree {
        /// Which.
        path: String,
    },
    /// A file's bytes are also another's, or the directory's.
    Overlap {
        /// Which.
        path: String,
    },
    /// The manifest is not the first file.
    NoManifest,
    /// The manifest is damaged or says something that is not known here.
    Manifest(Refused),
    /// A file that the manifest does not list.
    Unlisted {
        /// Which.
        path: String,
    },
    /// A file that the manifest lists, or that is asked for, is not there.
    Missing {
        /// Which.
        path: String,
    },
    /// A file is not as long as the manifest says.
    Size {
        /// Which.
        path: String,
        /// Bytes by the manifest.
        stated: u64,
        /// Bytes that there are.
        found: u64,
    },
    /// A file's bytes are not those that the manifest means.
    Sum {
        /// Which.
        path: String,
    },
    /// Rounds that protect too little, or that a phone would not end.
    Rounds {
        /// As stated.
        rounds: u32,
    },
    /// The passphrase is not the one.
    Passphrase,
    /// A file does not open although the passphrase is right: it was not made for this place.
    Unopened {
        /// Which.
        path: String,
    },
    /// Sealing or opening could not be done here.
    Cipher(CipherError),
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, what) = match self {
            Self::File(_) => ("the file", "cannot be read"),
            Self::NoEnd => ("the file", "is no bundle, or its end is missing"),
            Self::Broken { at } => return write!(f, "the bundle is broken at byte {at}"),
            Self::TooLarge { bytes } => return write!(f, "a bundle of {bytes} bytes is too large"),
            Self::TooMany => return write!(f, "a bundle has at most {MOST_ENTRIES} files"),
            Self::FileTooLarge { path, bytes } => {
                return write!(f, "“{path}” has {bytes} bytes; {LARGEST_FILE} are the most");
            }
            Self::Path { path } => (path.as_str(), "is no name for a file in a bundle"),
            Self::Twice { path } => (path.as_str(), "stands twice"),
            Self::Compressed { path } => (path.as_str(), "is compressed"),
            Self::Encrypted { path } => (path.as_str(), "is encrypted as ZIP does it"),
            Self::Streamed { path } => (path.as_str(), "has its sizes behind it"),
            Self::Disagree { path } => (path.as_str(), "is not what the directory says"),
            Self::Overlap { path } => (path.as_str(), "overlaps with what stands behind it"),
            Self::NoManifest => ("manifest.json", "is not the first file"),
            Self::Manifest(refused) => return write!(f, "manifest.json: {} at “{}”", refused.message, refused.at),
            Self::Unlisted { path } => (path.as_str(), "is not in the manifest"),
            Self::Missing { path } => (path.as_str(), "is not there"),
            Self::Size { path, stated, found } => {
                return write!(f, "“{path}” has {found} bytes, but the manifest says {stated}");
            }
            Self::Sum { path } => (path.as_str(), "was changed or damaged"),
            Self::Rounds { rounds } => {
                return write!(f, "{rounds} rounds are refused; {ROUNDS} to {MOST_ROUNDS} are allowed");
            }
            Self::Passphrase => ("the passphrase", "is not the one of this bundle"),
            Self::Unopened { path } => (path.as_str(), "does not open"),
            Self::Cipher(_) => ("the cipher", "does not work here"),
        };
        write!(f, "“{path}” {what}")
    }
}

impl std::error::Error for BundleError {}

impl From<FileError> for BundleError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<CipherError> for BundleError {
    fn from(error: CipherError) -> Self {
        Self::Cipher(error)
    }
}
