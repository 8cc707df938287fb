//! The profile `put`: files of their own, the document last, and everything got back again (upload contract, section 2).

use super::{Answer, Delivered, Delivery, File, ask, header, refusal};
use crate::{
    digest::Digest,
    outbox::{Retry, SendError},
    ports::{
        StoreError,
        http::{LARGEST_ANSWER, Method},
    },
    wire::{
        read_back::evidence_of,
        receipt::{READ_BACK, Receipt},
    },
};

/// The document's name below the finishing.
pub(super) const DOCUMENT: &str = "assessment.json";

pub(super) async fn deliver(delivery: Delivery<'_>, thrifty: bool) -> Result<Delivered, StoreError> {
    let mut storing = Storing { delivery, arrived: false, got_through: false, there: Vec::new(), left: 0 };
    let outcome = storing.all(thrifty).await?;
    let Storing { arrived, got_through, .. } = storing;
    Ok(Delivered { outcome, arrived, got_through })
}

/// How far it is.
struct Storing<'d> {
    delivery: Delivery<'d>,
    arrived: bool,
    got_through: bool,
    /// Files that came back as they went.
    there: Vec<Digest>,
    /// Files that were not sent.
    left: usize,
}

impl Storing<'_> {
    async fn all(&mut self, thrifty: bool) -> Result<Result<Answer, SendError>, StoreError> {
        let (entry, endpoint) = (self.delivery.entry, self.delivery.endpoint);
        let wanted = evidence_of(&entry.document);
        let (of, mut refused) = (wanted.len(), None);
        for (number, sum) in wanted.into_iter().enumerate() {
            let file = if (self.delivery.photos)() { self.delivery.evidence.file(sum).await? } else { None };
            let Some(File { media_type, bytes }) = file else {
                self.left += 1;
                continue;
            };
            (self.delivery.tell)(number + 1, of);
            match self.store(&sum.to_string(), &media_type, &bytes, !thrifty).await {
                Ok(()) => self.there.push(sum),
                // A file that is refused does not keep the others at home.
                Err(error) if error.retry() == Retry::SetAside => drop(refused.get_or_insert(error)),
                Err(error) => return Ok(Err(error)),
            }
        }
        // Whoever reads the store finds nothing of a finishing before all of it that goes is there.
        let document = entry.document.as_bytes();
        if let Err(error) = self.store(DOCUMENT, "application/json", document, true).await {
            return Ok(Err(error));
        }
        self.arrived = true;
        if let Some(error) = refused {
            return Ok(Err(error));
        }
        if thrifty {
            return Ok(Ok(Answer::Taken { left: self.left }));
        }
        let (there, origin) = (std::mem::take(&mut self.there), endpoint.address.origin().to_owned());
        let mut receipt = Receipt::written(READ_BACK, (entry.id, entry.digest), there, origin);
        receipt.missing = entry.unproved(&receipt);
        Ok(Ok(Answer::Receipt(Box::new(receipt))))
    }

    /// Stores a file under this name, unless it is there already; and gets it back where it is to be proved.
    async fn store(&mut self, name: &str, media_type: &str, bytes: &[u8], prove: bool) -> Result<(), SendError> {
        let url = self.delivery.endpoint.address.below(&[&self.delivery.entry.id.to_string(), "/", name].concat());
        let known = self.delivery.ask(Method::Head, url.clone(), Vec::new(), None).await?;
        let there = matches!(known.status, 200..=299) && known.length == Some(bytes.len() as u64);
        if there && (!prove || self.comes_back(&url, bytes).await?) {
            return Ok(());
        }
        let size = bytes.len() as u64;
        if let Some(limit) = self.delivery.endpoint.limit.filter(|limit| size > *limit) {
            return Err(SendError::TooLarge { bytes: size, limit });
        }
        let mut headers = vec![header("Content-Type", media_type)];
        if known.status == 404 {
            // Nothing of another one is written over (RFC 9110, section 13.1.2).
            headers.push(header("If-None-Match", "*"));
        }
        let put = || self.delivery.ask(Method::Put, url.clone(), headers.clone(), Some(bytes.to_vec()));
        let mut stored = put().await?;
        if matches!(stored.status, 404 | 409) {
            // The folder is not there yet, and this server makes none by itself (RFC 4918, section 9.7.1).
            let folder = self.delivery.endpoint.address.below(&[&self.delivery.entry.id.to_string(), "/"].concat());
            self.delivery.ask(Method::Mkcol, folder, Vec::new(), None).await?;
            stored = put().await?;
        }
        // Somebody was quicker, with whatever comes back.
        if !matches!(stored.status, 200..=204 | 412) {
            return Err(refusal(&stored));
        }
        if prove {
            if !self.comes_back(&url, bytes).await? {
                return Err(SendError::NotAReceipt { status: stored.status });
            }
            self.got_through = true;
        }
        Ok(())
    }

    /// Whether what stands there is what was sent.
    async fn comes_back(&self, url: &str, bytes: &[u8]) -> Result<bool, SendError> {
        let (http, endpoint) = (self.delivery.http, self.delivery.endpoint);
        let largest = bytes.len().max(LARGEST_ANSWER);
        let answer = ask(http, endpoint, Method::Get, url.to_owned(), Vec::new(), None, largest).await?;
        match answer.status {
            200 => Ok(answer.body == bytes),
            404 => Ok(false),
            _ => Err(refusal(&answer)),
        }
    }
}
