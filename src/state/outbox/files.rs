//! The files of an entry on their way: each goes on where it broke off, so that a cut costs one piece.

use super::Outbox;
use bintang_domain::{
    digest::Digest,
    outbox::{Entry, SendError},
    ports::{PIECE, Piece, Sender, StoreError},
    wire::receipt::Receipt,
};

/// How often a receiver may say within one file that it has another number of bytes than it said before.
const TURNS: u32 = 3;

impl Outbox {
    /// Sends the files that the receiver asks for; the receipt after the last of them. What is not on this phone, or not
    /// as it was, stays missing in it.
    pub(super) async fn send_files(
        self,
        entry: &Entry,
        sender: &dyn Sender,
        mut receipt: Receipt,
    ) -> Result<Result<Receipt, SendError>, StoreError> {
        let store = self.services.ports().store.clone();
        let photos = store.photos(entry.assessment).await?.whole;
        let (wanted, of) = (receipt.missing.clone(), receipt.missing.len());
        for (number, sum) in wanted.into_iter().enumerate() {
            self.files.set(Some((number + 1, of)));
            let Some(photo) = photos.iter().find(|photo| photo.sha256 == sum) else { continue };
            let bytes = store.photo_bytes(entry.assessment, photo.id).await?.unwrap_or_default();
            if bytes.is_empty() || Digest::of(&bytes) != sum {
                continue;
            }
            match send_file(entry, sender, (sum, &photo.media_type), &bytes).await {
                Ok(now) => receipt = now,
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(receipt))
    }
}

/// Sends a file from where the receiver has it; the receipt after its last piece.
async fn send_file(
    entry: &Entry,
    sender: &dyn Sender,
    (file, media_type): (Digest, &str),
    bytes: &[u8],
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
        match sender.send_piece(entry, piece).await {
            Ok(receipt) if end == bytes.len() => return Ok(receipt),
            Ok(_) => here = end,
            // Another connection of this phone, thought to be dead, may have brought more or less.
            Err(SendError::Refused { status: 416, .. }) if turns < TURNS => {
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
