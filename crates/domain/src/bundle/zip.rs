//! The records of a ZIP (PKWARE's APPNOTE, section 4.3), as far as bundles use them. Numbers are little-endian.

use crc::{CRC_32_ISO_HDLC, Crc};

/// Bytes of a local header without its name (section 4.3.7).
pub(super) const LOCAL: usize = 30;
/// Bytes of an entry of the directory without its name (section 4.3.12).
pub(super) const CENTRAL: usize = 46;
/// Bytes of the end record without a comment (section 4.3.16).
pub(super) const END: usize = 22;

const LOCAL_MARK: u32 = 0x0403_4b50;
const CENTRAL_MARK: u32 = 0x0201_4b50;
const END_MARK: u32 = 0x0605_4b50;
/// The version that stored entries need (section 4.4.3.2).
const VERSION: u16 = 10;
/// 1 January 1980, the first day that ZIP knows, at midnight (section 4.4.6): the same content gives the same bytes.
const DATE: u16 = 1 << 5 | 1;

/// CRC-32 as ZIP has it (section 4.4.7).
pub(super) fn crc(bytes: &[u8]) -> u32 {
    static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
    CRC.checksum(bytes)
}

/// What both headers of an entry say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u32,
    pub(super) size: u32,
    pub(super) name: Vec<u8>,
}

impl Header {
    /// Of a stored entry.
    pub(super) fn stored(name: &str, crc: u32, size: u32) -> Self {
        Self { flags: 0, method: 0, crc, packed: size, size, name: name.as_bytes().to_vec() }
    }

    /// The part that both headers have, from the version on; the name's length is within 16 bits, [`super::plain`]
    /// sees to that.
    fn write(&self, out: &mut Vec<u8>) {
        for number in [VERSION, self.flags, self.method, 0, DATE] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.crc, self.packed, self.size] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        let length = u16::try_from(self.name.len()).unwrap_or_default();
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&[0, 0]);
    }

    pub(super) fn write_local(&self) -> Vec<u8> {
        let mut out = LOCAL_MARK.to_le_bytes().to_vec();
        self.write(&mut out);
        out.extend_from_slice(&self.name);
        out
    }

    /// Writes the entry of the directory; `at` is where its local header begins.
    pub(super) fn write_central(&self, at: u32, out: &mut Vec<u8>) {
        out.extend_from_slice(&CENTRAL_MARK.to_le_bytes());
        out.extend_from_slice(&VERSION.to_le_bytes());
        self.write(out);
        // Comment, disk, inner and outer attributes: none.
        out.extend_from_slice(&[0; 10]);
        out.extend_from_slice(&at.to_le_bytes());
        out.extend_from_slice(&self.name);
    }
}

/// Fields that are read one after the other.
struct Fields<'b>(&'b [u8]);

impl<'b> Fields<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn short(&mut self) -> Option<u16> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*taken))
    }

    fn long(&mut self) -> Option<u32> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*taken))
    }

    fn mark(&mut self, mark: u32) -> Option<()> {
        (self.long()? == mark).then_some(())
    }

    /// The part that both headers have, still without a name; then the lengths of name and extra field.
    fn header(&mut self) -> Option<(Header, usize, usize)> {
        self.short()?;
        let (flags, method) = (self.short()?, self.short()?);
        self.long()?;
        let (crc, packed, size) = (self.long()?, self.long()?, self.long()?);
        let header = Header { flags, method, crc, packed, size, name: Vec::new() };
        Some((header, self.short()?.into(), self.short()?.into()))
    }
}

/// Reads a local header, for which so many bytes of its name are there; and how many bytes of extra field follow.
pub(super) fn local(bytes: &[u8]) -> Option<(Header, usize)> {
    let mut fields = Fields(bytes);
    fields.mark(LOCAL_MARK)?;
    let (mut header, name, extra) = fields.header()?;
    header.name = fields.take(name)?.to_vec();
    Some((header, extra))
}

/// Reads one entry of the directory: what it says, where its local header begins, and the bytes behind it.
pub(super) fn central(bytes: &[u8]) -> Option<(Header, u32, &[u8])> {
    let mut fields = Fields(bytes);
    fields.mark(CENTRAL_MARK)?;
    fields.short()?;
    let (mut header, name, extra) = fields.header()?;
    let comment = fields.short()?;
    let disk = fields.short()?;
    fields.take(6)?;
    let at = fields.long()?;
    header.name = fields.take(name)?.to_vec();
    fields.take(extra)?;
    fields.take(comment.into())?;
    (disk == 0).then_some((header, at, fields.0))
}

/// The end record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) entries: u16,
    pub(super) size: u32,
    pub(super) at: u32,
}

impl End {
    pub(super) fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&END_MARK.to_le_bytes());
        for number in [0, 0, self.entries, self.entries] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.size, self.at] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&[0, 0]);
    }

    /// Reads it; `None` where it is none, has a comment or is of several disks.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        fields.mark(END_MARK)?;
        let disks = fields.long()?;
        let (here, entries) = (fields.short()?, fields.short()?);
        let end = Self { entries, size: fields.long()?, at: fields.long()? };
        (disks == 0 && here == entries && fields.short()? == 0 && fields.0.is_empty()).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_catalogue_s() {
        // CRC-32/ISO-HDLC of “123456789”, the check value of the CRC catalogue.
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc(b""), 0);
    }

    #[test]
    fn headers_have_their_lengths() {
        let header = Header::stored("ab", 1, 2);
        let local_bytes = header.write_local();
        assert_eq!(local_bytes.len(), LOCAL + 2);
        assert_eq!(local(&local_bytes), Some((header.clone(), 0)));
        let mut directory = Vec::new();
        header.write_central(7, &mut directory);
        assert_eq!(directory.len(), CENTRAL + 2);
        assert_eq!(central(&directory), Some((header, 7, [].as_slice())));
        let (mut bytes, end) = (Vec::new(), End { entries: 1, size: 48, at: 34 });
        end.write(&mut bytes);
        assert_eq!(bytes.len(), END);
        assert_eq!(End::read(&bytes), Some(end));
        bytes.push(0);
        assert_eq!(End::read(&bytes), None);
    }
}
