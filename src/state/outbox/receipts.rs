//! Receipts that came as files, and whose key an endpoint's receipts are signed with (docs/adr/0018).

use super::{Call, Outbox};
use crate::services::LaterPorts;
use bintang_domain::{
    endpoint::{Endpoint, PhotoRule},
    es256::{KeyName, Said},
    outbox::{Entry, Event, State},
    ports::{FileError, StoreError},
    wire::receipt::{FORMAT, Handed, Receipt},
};

/// Largest file that may be a receipt, in bytes: one that names a thousand photos has some 140 kB.
const LARGEST: usize = 1024 * 1024;

/// Why a file changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// It could not be read.
    File(FileError),
    /// It is no receipt.
    NotAReceipt,
    /// What it is for is not on this phone.
    Unknown,
    /// It is for other content than what is on this phone.
    OtherContent,
    /// Its signature does not hold.
    Forged,
    /// What it is for is proved already.
    Proved,
    /// The store could not be read.
    Store(StoreError),
}

/// What a receipt from a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The product that it is for.
    pub product: String,
    /// Whether the endpoint's own key signed it.
    pub proves: bool,
}

impl Outbox {
    /// Looks at the file that was chosen in the field with this id, and takes it to its entry.
    ///
    /// # Errors
    /// [`NotTaken`]; nothing was changed then.
    pub async fn hand(self, field: &str) -> Result<Taken, NotTaken> {
        let choosing = self.services.ports().files.chosen(field, LARGEST);
        let bytes = choosing.await.map_err(NotTaken::File)?;
        let Handed { receipt, to_sign, signature } = Handed::read(&bytes).map_err(|_| NotTaken::NotAReceipt)?;
        let reading = self.services.ports().store.entry(receipt.id);
        let entry = reading.await.map_err(NotTaken::Store)?.ok_or(NotTaken::Unknown)?;
        if entry.digest != receipt.digest {
            return Err(NotTaken::OtherContent);
        }
        if matches!(entry.state, State::Proved { .. }) {
            return Err(NotTaken::Proved);
        }
        let key = match &signature {
            Said::Absent => None,
            Said::Unreadable => return Err(NotTaken::Forged),
            Said::By(_) => match self.signer_of(&signature, to_sign).await {
                Some(Err(())) => return Err(NotTaken::Forged),
                Some(Ok(key)) => Some(key),
                None => None,
            },
        };
        let reading = self.services.ports().store.endpoints();
        let endpoints = reading.await.map_err(NotTaken::Store)?;
        let known = entry.endpoint.as_ref().and_then(|address| endpoints.of(address)?.receipt_key);
        let proves = key.is_some() && key == known;
        self.call(Call::Handed(Box::new(receipt), proves));
        Ok(Taken { product: entry.product, proves })
    }

    /// Whose key it is, or that it does not hold; `None` where this browser cannot say, or there is none.
    async fn signer_of(self, said: &Said, message: String) -> Option<Result<KeyName, ()>> {
        let (signature, LaterPorts { signer, .. }) = (said.signature()?, self.services.later()?);
        let holds = signer.holds(*signature, message.into_bytes()).await?;
        Some(if holds { Ok(signature.key.name()) } else { Err(()) })
    }

    /// Takes a receipt from a file to its entry, in the round that holds the lock.
    pub(super) async fn take_handed(
        self,
        entry: Entry,
        receipt: &Receipt,
        proves: bool,
        endpoint: Option<&Endpoint>,
    ) -> Result<(), StoreError> {
        let rule = endpoint.map(|endpoint| endpoint.photos).filter(|rule| *rule == PhotoRule::Never);
        let event = Event::Handed { receipt: Box::new(receipt.clone()), proves, rule };
        // What proves nothing is not kept as if it did.
        self.step_with(entry, event, proves.then(|| receipt.clone())).await.map(drop)
    }

    /// Keeps whose key signed a receipt that came from the endpoint itself, where nothing is known of that yet.
    pub(super) async fn learn_key(self, endpoint: &Endpoint, receipt: &Receipt) {
        if endpoint.receipt_key.is_some() || receipt.format != FORMAT {
            return;
        }
        let Some(Ok(key)) = self.signer_of(&receipt.said(), receipt.to_sign()).await else { return };
        let address = endpoint.address.clone();
        let changing = self.services.ports().store.change_endpoints(Box::new(move |endpoints| {
            match endpoints.of(&address).filter(|known| known.receipt_key.is_none()) {
                Some(known) => endpoints.keep(Some(&address), Endpoint { receipt_key: Some(key), ..known.clone() }),
                None => Ok(()),
            }
        }));
        // It is learnt with the next receipt where the store refuses it now.
        let _ = changing.await;
    }
}
