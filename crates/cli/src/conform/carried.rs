//! A finishing that the app's own delivery carries, with its photos in memory.

use super::{client::Client, sample};
use anyhow::{Context as _, Result, anyhow};
use bintang_domain::{
    delivery::{Answer, Delivered, Delivery, Evidence, File, deliver},
    digest::Digest,
    outbox::{Entry, SendError, State},
    ports::{Pending, StoreError},
    time::Millis,
    wire::{envelope::Envelope, receipt::Receipt},
};
use std::{collections::HashMap, future::ready, thread};
use tokio::runtime::Handle;

/// A finishing and its photos.
#[derive(Clone)]
pub struct Carried {
    /// What is sent.
    pub envelope: Envelope,
    /// Its photos by the sums they are sent under.
    pub photos: HashMap<Digest, Vec<u8>>,
}

impl Evidence for Carried {
    fn file(&self, sum: Digest) -> Pending<Result<Option<File>, StoreError>> {
        let bytes = self.photos.get(&sum).cloned();
        let file = bytes.map(|bytes| File { media_type: "image/jpeg".to_owned(), bytes });
        Box::pin(ready(Ok(file)))
    }
}

impl Carried {
    /// A new one with photos of these sizes in bytes.
    pub fn of(sizes: &[usize]) -> Result<Self> {
        let photos = sizes.iter().map(|size| sample::bytes(*size)).collect::<Result<Vec<_>>>()?;
        let slices: Vec<&[u8]> = photos.iter().map(Vec::as_slice).collect();
        let envelope = sample::envelope(&slices)?;
        Ok(Self { envelope, photos: photos.into_iter().map(|photo| (Digest::of(&photo), photo)).collect() })
    }

    /// Its entry in an outbox.
    pub fn entry(&self) -> Result<Entry> {
        let sealed = self.envelope.seal().map_err(|refused| anyhow!("{refused:?}"))?;
        Ok(Entry {
            id: self.envelope.id,
            assessment: self.envelope.assessment,
            digest: sealed.digest,
            document: sealed.document,
            product: String::new(),
            business: String::new(),
            finished: Millis(0),
            endpoint: None,
            tries: 0,
            state: State::Trying { since: Millis(0) },
        })
    }

    /// Sends it as the app does.
    pub fn send(&self, client: &Client) -> Result<Delivered> {
        let entry = self.entry()?;
        let delivery = Delivery {
            http: client,
            endpoint: client.endpoint(),
            entry: &entry,
            evidence: self,
            photos: &|| true,
            tell: &|_, _| {},
        };
        Handle::current().block_on(deliver(delivery)).map_err(|error| anyhow!("{error}"))
    }

    /// Sends it, and says how much of it is proved.
    pub fn arrives(&self, client: &Client) -> Result<Arrived> {
        match self.send(client)?.outcome {
            Ok(Answer::Receipt(receipt)) => {
                let unproved = self.entry()?.unproved(&receipt);
                match unproved.first() {
                    Some(_) if !receipt.missing.is_empty() => {
                        Err(anyhow!("the receipt asks for {} photos that were sent", receipt.missing.len()))
                    }
                    Some(_) => Err(anyhow!("the receipt does not name {} photos as stored", unproved.len())),
                    None => Ok(Arrived::Proved(receipt)),
                }
            }
            Ok(Answer::Taken { left: 0 }) => Ok(Arrived::Taken),
            Ok(Answer::Taken { left }) => Err(anyhow!("{left} photos were not sent")),
            Err(error) => Err(anyhow!("{}", said(&error))),
        }
    }

    /// Sends it eight times at once.
    pub fn eight_times(&self, client: &Client) -> Result<Vec<Arrived>> {
        let (handle, clients) = (Handle::current(), (0..8).map(|_| client.beside()).collect::<Vec<_>>());
        let send = |one: Client| {
            let _entered = handle.enter();
            self.arrives(&one)
        };
        let send = &send;
        thread::scope(|scope| {
            let sending: Vec<_> = clients.into_iter().map(|one| scope.spawn(move || send(one))).collect();
            let ended = sending.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(anyhow!("a thread ended"))));
            ended.collect()
        })
    }

    /// The same finishing with other content.
    pub fn otherwise(&self) -> Self {
        let mut other = self.clone();
        other.envelope.subject.business.push_str(" lain");
        other
    }

    /// The same with another photo under the sum of its first.
    pub fn altered(&self) -> Result<Self> {
        let mut other = self.clone();
        let first = self.envelope.evidence.first().context("a photo")?;
        let size = other.photos.get(&first.sha256).map(Vec::len).context("its bytes")?;
        other.photos.insert(first.sha256, sample::bytes(size)?);
        Ok(other)
    }
}

/// How it arrived.
#[derive(Debug, PartialEq)]
pub enum Arrived {
    /// A receipt proves all of it.
    Proved(Box<Receipt>),
    /// It was taken without proof.
    Taken,
}

impl Arrived {
    /// The receipt, where there is one.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self {
            Self::Proved(receipt) => Some(receipt),
            Self::Taken => None,
        }
    }

    /// In words.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Proved(_) => "proved",
            Self::Taken => "accepted, no proof given",
        }
    }
}

/// An error in words of this table.
pub fn said(error: &SendError) -> String {
    match error {
        SendError::Refused { status, code, .. } => format!("{status} {}", code.as_deref().unwrap_or_default()),
        SendError::NotAReceipt { status } => format!("{status} with a body that is no receipt for what was sent"),
        SendError::Offline => "no answer came back, or a redirect that a page must not follow".to_owned(),
        error => format!("{error:?}"),
    }
}
