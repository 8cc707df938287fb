//! The files of an entry on their way: each goes on where it broke off, so that a cut costs one piece.

use super::Outbox;
use bintang_domain::{
    digest::Digest,
    outbox::{Entry, Retry, SendError},
    ports::{PIECE, Piece, Sender, StoreError},
    wire::receipt::Receipt,
};

/// How often a receiver may say within one file that it has another number of bytes than it said before, or that what
/// came is not the file: it was damaged on the way, for here it is whole.
const TURNS: u32 = 3;

/// How sending an entry's files ended.
pub(super) struct Sent {
    /// The receipt after the last of them, or why one did not arrive.
    pub(super) outcome: Result<Receipt, SendError>,
    /// Whether anything of them arrived.
    pub(super) got_through: bool,
}

impl Outbox {
    /// Sends the files that the receipt does not prove. What is not on this phone, or not as it was, stays missing in the
    /// receipt; a file that is refused does not keep the others at home.
    pub(super) async fn send_files(
        self,
        entry: &Entry,
        sender: &dyn Sender,
        receipt: Receipt,
    ) -> Result<Sent, StoreError> {
        let store = self.services.ports().store.clone();
        let photos = store.photos(entry.assessment).await?.whole;
        let wanted = entry.unproved(&receipt);
        let of = wanted.len();
        let (mut receipt, mut refused, mut got_through) = (receipt, None, false);
        for (number, sum) in wanted.into_iter().enumerate() {
            self.files.set(Some((number + 1, of)));
            let Some(photo) = photos.iter().find(|photo| photo.sha256 == sum) else { continue };
            let bytes = match store.photo_bytes(entry.assessment, photo.id).await {
                Err(StoreError::Corrupt) => None,
                read => read?,
            };
            let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty() && Digest::of(bytes) == sum) else { continue };
            match send_file(entry, sender, (sum, &photo.media_type), &bytes, &mut got_through).await {
                Ok(now) => receipt = now,
                Err(error) if error.retry() == Retry::SetAside => drop(refused.get_or_insert(error)),
                Err(error) => return Ok(Sent { outcome: Err(error), got_through }),
            }
        }
        Ok(Sent { outcome: refused.map_or(Ok(receipt), Err), got_through })
    }
}

/// Sends a file from where the receiver has it; the receipt after its last piece.
async fn send_file(
    entry: &Entry,
    sender: &dyn Sender,
    (file, media_type): (Digest, &str),
    bytes: &[u8],
    got_through: &mut bool,
) -> Result<Receipt, SendError> {
    let all = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut here = place(sender.arrived(entry, file).await?, bytes.len());
    let mut turns = 0;
    loop {
        let end = here.saturating_add(PIECE).min(bytes.len());
        let piece = Piece {
            file,
            media_type: media_type.to_owned(),
            at: u64::try_from(here).unwrap_or(u64::MAX),
            all,
            bytes: bytes.get(here..end).unwrap_or_default().to_vec(),
        };
        let sent = sender.send_piece(entry, piece).await;
        *got_through |= sent.is_ok();
        match sent {
            Ok(receipt) if end == bytes.len() => return Ok(receipt),
            Ok(_) => here = end,
            // Another connection of this phone, thought to be dead, may have brought more or less.
            Err(SendError::Refused { status, code, .. })
                if turns < TURNS && (status == 416 || code.as_deref() == Some("evidence_mismatch")) =>
            {
                turns += 1;
                here = place(sender.arrived(entry, file).await?, bytes.len());
            }
            Err(error) => return Err(error),
        }
    }
}

/// Where to go on: a file of which all is there, and which still is asked for, is ended by its last piece.
fn place(arrived: u64, length: usize) -> usize {
    let arrived = usize::try_from(arrived).unwrap_or(usize::MAX);
    if arrived < length { arrived } else { length.saturating_sub(1) / PIECE * PIECE }
}
