//! The directory of a bundle, checked at the door: what is where.

use super::{
    BundleError, LARGEST_BUNDLE, LARGEST_FILE, LARGEST_LIST, plain,
    zip::{self, End, Header},
};
use crate::ports::{FileError, bytes::Bytes};

/// A file as the ZIP has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its name.
    pub(super) path: String,
    /// Where its header begins.
    pub(super) begin: u64,
    /// Where its bytes begin.
    pub(super) at: u64,
    /// How many there are.
    pub(super) size: u64,
    /// Their CRC-32 as stated.
    pub(super) crc: u32,
}

/// Bit of an entry's flags that says its sizes stand behind it (APPNOTE, section 4.4.4).
const STREAMED: u16 = 1 << 3;
/// Bits that say it is encrypted: itself, strongly, or its header.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// Exactly these bytes.
pub(super) async fn part(bytes: &dyn Bytes, from: u64, length: usize) -> Result<Vec<u8>, BundleError> {
    let part = bytes.read(from, length).await?;
    if part.len() == length { Ok(part) } else { Err(FileError::Unreadable.into()) }
}

fn length(size: u64) -> Result<usize, BundleError> {
    usize::try_from(size).map_err(|_| BundleError::TooLarge { bytes: size })
}

/// Every file, in the order of the directory.
pub(super) async fn places(bytes: &dyn Bytes) -> Result<Vec<Place>, BundleError> {
    let size = bytes.size();
    if size > LARGEST_BUNDLE {
        return Err(BundleError::TooLarge { bytes: size });
    }
    let end_at = size.checked_sub(zip::END as u64).ok_or(BundleError::NoEnd)?;
    let end = End::read(&part(bytes, end_at, zip::END).await?).ok_or(BundleError::NoEnd)?;
    let (at, long) = (u64::from(end.at), u64::from(end.size));
    if end.entries == u16::MAX {
        return Err(BundleError::TooMany);
    }
    if at + long != end_at || long < u64::from(end.entries) * zip::CENTRAL as u64 {
        return Err(BundleError::Broken { at: end_at });
    }
    if long > LARGEST_LIST {
        return Err(BundleError::TooLarge { bytes: long });
    }
    let directory = part(bytes, at, length(long)?).await?;
    let mut places = Vec::new();
    for (header, begin) in listed(&directory, end.entries, at)? {
        places.push(place(bytes, header, begin.into(), at).await?);
    }
    alone(&places)?;
    Ok(places)
}

/// The headers in the directory, which stands at `at`, and where their files begin.
fn listed(directory: &[u8], entries: u16, at: u64) -> Result<Vec<(Header, u32)>, BundleError> {
    let (mut rest, mut listed) = (directory, Vec::new());
    for _ in 0..entries {
        let passed = (directory.len() - rest.len()) as u64;
        let (header, begin, behind) = zip::central(rest).ok_or(BundleError::Broken { at: at + passed })?;
        rest = behind;
        listed.push((header, begin));
    }
    if rest.is_empty() {
        Ok(listed)
    } else {
        Err(BundleError::Broken { at: at + (directory.len() - rest.len()) as u64 })
    }
}

/// Where the file of this header is, if its own header agrees and it ends before `limit`.
async fn place(bytes: &dyn Bytes, header: Header, begin: u64, limit: u64) -> Result<Place, BundleError> {
    let path = String::from_utf8_lossy(&header.name).into_owned();
    if !plain(&path) {
        return Err(BundleError::Path { path });
    }
    let size = u64::from(header.size);
    if header.flags & ENCRYPTED != 0 {
        return Err(BundleError::Encrypted { path });
    }
    if header.flags & STREAMED != 0 {
        return Err(BundleError::Streamed { path });
    }
    if header.method != 0 {
        return Err(BundleError::Compressed { path });
    }
    if size > LARGEST_FILE {
        return Err(BundleError::FileTooLarge { path, bytes: size });
    }
    let head = zip::LOCAL + header.name.len();
    if header.packed != header.size {
        return Err(BundleError::Disagree { path });
    }
    if begin + head as u64 > limit {
        return Err(BundleError::Overlap { path });
    }
    let own = zip::local(&part(bytes, begin, head).await?);
    let Some((_, extra)) = own.filter(|(own, _)| *own == header) else { return Err(BundleError::Disagree { path }) };
    let at = begin + (head + extra) as u64;
    if at + size > limit {
        return Err(BundleError::Overlap { path });
    }
    Ok(Place { path, begin, at, size, crc: header.crc })
}

/// No name twice, and no byte in two files.
fn alone(places: &[Place]) -> Result<(), BundleError> {
    let mut sorted: Vec<&Place> = places.iter().collect();
    sorted.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    for (one, other) in sorted.iter().zip(sorted.iter().skip(1)) {
        if one.path == other.path {
            return Err(BundleError::Twice { path: one.path.clone() });
        }
    }
    sorted.sort_unstable_by_key(|place| place.begin);
    for (one, other) in sorted.iter().zip(sorted.iter().skip(1)) {
        if one.at + one.size > other.begin {
            return Err(BundleError::Overlap { path: one.path.clone() });
        }
    }
    Ok(())
}
