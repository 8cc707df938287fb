//! The profile `bintang`: the document, then each file the receipt does not prove, from where the endpoint has it, so that
//! a cut costs one piece (upload contract, section 3).

use super::{Answer, Delivered, Delivery, File, PIECE, header, refusal};
use crate::{
    digest::Digest,
    outbox::{Retry, SendError},
    ports::{StoreError, http::Method},
    wire::receipt::Receipt,
};

/// How often an endpoint may say within one file that it has another number of bytes than it said before, or that what
/// came is not the file: it was damaged on the way, for here it is whole.
const TURNS: u32 = 3;

pub(super) async fn deliver(delivery: Delivery<'_>) -> Result<Delivered, StoreError> {
    let receipt = match delivery.document().await {
        Ok(receipt) => receipt,
        Err(error) => return Ok(Delivered { outcome: Err(error), arrived: false, got_through: false }),
    };
    let wanted = delivery.entry.unproved(&receipt);
    let mut delivered =
        Delivered { outcome: Ok(Answer::Receipt(Box::new(receipt))), arrived: true, got_through: false };
    delivery.files(wanted, &mut delivered).await?;
    Ok(delivered)
}

impl Delivery<'_> {
    async fn document(&self) -> Result<Receipt, SendError> {
        let body = self.entry.document.as_bytes();
        let headers = self.headers("application/json", body);
        let url = self.endpoint.address.url().to_owned();
        self.receipt_of(&self.ask(Method::Post, url, headers, Some(body.to_vec())).await?)
    }

    /// Sends these files. What is not on this phone stays missing in the receipt; a file that is refused does not keep the
    /// others at home.
    async fn files(&self, wanted: Vec<Digest>, delivered: &mut Delivered) -> Result<(), StoreError> {
        let (of, mut refused) = (wanted.len(), None);
        for (number, sum) in wanted.into_iter().enumerate() {
            if !(self.photos)() {
                break;
            }
            (self.tell)(number + 1, of);
            let Some(file) = self.evidence.file(sum).await? else { continue };
            match self.file(sum, &file, &mut delivered.got_through).await {
                Ok(receipt) => delivered.outcome = Ok(Answer::Receipt(Box::new(receipt))),
                Err(error) if error.retry() == Retry::SetAside => drop(refused.get_or_insert(error)),
                Err(error) => {
                    delivered.outcome = Err(error);
                    return Ok(());
                }
            }
        }
        if let Some(error) = refused {
            delivered.outcome = Err(error);
        }
        Ok(())
    }

    fn url_of(&self, file: Digest) -> String {
        self.endpoint.address.below(&format!("{}/evidence/{file}", self.entry.id))
    }

    /// How many bytes of a file have arrived.
    async fn arrived(&self, file: Digest) -> Result<u64, SendError> {
        let answer = self.ask(Method::Head, self.url_of(file), Vec::new(), None).await?;
        match answer.status {
            200..=299 => Ok(answer.length.unwrap_or_default()),
            // A server that knows no HEAD, or nothing of this file yet, hears it from the beginning.
            404 | 405 | 501 => Ok(0),
            _ => Err(refusal(&answer)),
        }
    }

    /// Sends a file from where the endpoint has it; the receipt after its last piece.
    async fn file(&self, sum: Digest, file: &File, got_through: &mut bool) -> Result<Receipt, SendError> {
        let all = file.bytes.len();
        let mut here = place(self.arrived(sum).await?, all);
        let mut turns = 0;
        loop {
            let end = here.saturating_add(PIECE).min(all);
            let piece = file.bytes.get(here..end).unwrap_or_default();
            let mut headers = self.headers(&file.media_type, piece);
            headers.push(header("Content-Range", &format!("bytes {here}-{}/{all}", end.saturating_sub(1))));
            let sent = match self.ask(Method::Put, self.url_of(sum), headers, Some(piece.to_vec())).await {
                Ok(answer) => self.receipt_of(&answer),
                Err(error) => Err(error),
            };
            *got_through |= sent.is_ok();
            match sent {
                Ok(receipt) if end == all => return Ok(receipt),
                Ok(_) => here = end,
                // Another connection of this phone, thought to be dead, may have brought more or less.
                Err(SendError::Refused { status, code, .. })
                    if turns < TURNS && (status == 416 || code.as_deref() == Some("evidence_mismatch")) =>
                {
                    turns += 1;
                    here = place(self.arrived(sum).await?, all);
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Where to go on: a file of which all is there, and which still is asked for, is ended by its last piece.
fn place(arrived: u64, length: usize) -> usize {
    let arrived = usize::try_from(arrived).unwrap_or(usize::MAX);
    if arrived < length { arrived } else { length.saturating_sub(1) / PIECE * PIECE }
}
