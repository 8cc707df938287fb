//! Receipts that came as files, and whose key an endpoint's receipts are signed with (docs/adr/0018).

use super::{Call, Outbox};
use crate::services::LaterPorts;
use bintang_domain::{
    endpoint::{Endpoint, PhotoRule},
    es256::{KeyName, Said},
    outbox::{Entry, Event, State},
    ports::{FileError, StoreError},
    wire::receipt::{FORMAT, Receipt, stored},
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
    /// This browser cannot say whether its signature holds.
    Unchecked,
    /// Whoever signed it is not known to be the receiver, or nobody did.
    Stranger,
    /// What it is for is proved already.
    Proved,
    /// The store could not be asked, or refused.
    Store(StoreError),
}

/// What a receipt from a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The product that it is for.
    pub product: String,
    /// How many of its photos the receiver does not have.
    pub missing: usize,
}

impl Outbox {
    /// Looks at the file that was chosen in the field with this id, and takes it to its entry; [`Outbox::handed`] says what
    /// came of it.
    pub async fn hand(self, field: &str) {
        self.handed.set(None);
        match self.looked_at(field).await {
            Ok((receipt, key)) => self.call(Call::Handed(Box::new(receipt), key)),
            Err(why) => {
                self.handed.set(Some(Err(why)));
            }
        }
    }

    /// A receipt whose signature holds, for something that is on this phone and not proved yet.
    async fn looked_at(self, field: &str) -> Result<(Receipt, KeyName), NotTaken> {
        let choosing = self.services.ports().files.chosen(field, LARGEST);
        let bytes = choosing.await.map_err(NotTaken::File)?;
        let receipt = stored(&bytes).map_err(|_| NotTaken::NotAReceipt)?;
        let reading = self.services.ports().store.entry(receipt.id);
        let entry = reading.await.map_err(NotTaken::Store)?.ok_or(NotTaken::Unknown)?;
        if entry.digest != receipt.digest {
            return Err(NotTaken::OtherContent);
        }
        if matches!(entry.state, State::Proved { .. }) {
            return Err(NotTaken::Proved);
        }
        let key = match receipt.said() {
            Said::Absent => return Err(NotTaken::Stranger),
            Said::Unreadable => return Err(NotTaken::Forged),
            Said::By(_) => self.signer_of(&receipt).await.ok_or(NotTaken::Unchecked)?.ok_or(NotTaken::Forged)?,
        };
        Ok((receipt, key))
    }

    /// Whose key it is, or that the signature does not hold; `None` where this browser cannot say, or there is none.
    async fn signer_of(self, receipt: &Receipt) -> Option<Option<KeyName>> {
        let (said, LaterPorts { signer, .. }) = (receipt.said(), self.services.later()?);
        let signature = *said.signature()?;
        let holds = signer.holds(signature, receipt.to_sign().into_bytes()).await?;
        Some(holds.then(|| signature.key.name()))
    }

    /// Takes a receipt from a file to its entry, in the round that holds the lock: the endpoint's key as it is known now
    /// decides, and what is said of it is on disk.
    pub(super) async fn take_handed(
        self,
        entry: Entry,
        receipt: &Receipt,
        key: KeyName,
        endpoint: Option<&Endpoint>,
    ) -> Result<Taken, NotTaken> {
        let known = endpoint.and_then(|endpoint| endpoint.receipt_key);
        if known != Some(key) {
            return Err(NotTaken::Stranger);
        }
        let (product, missing) = (entry.product.clone(), entry.unproved(receipt).len());
        let rule = endpoint.map(|endpoint| endpoint.photos).filter(|rule| *rule == PhotoRule::Never);
        let event = Event::Handed(Box::new(receipt.clone()), rule);
        self.step_with(entry, event, Some(receipt.clone())).await.map_err(NotTaken::Store)?;
        Ok(Taken { product, missing })
    }

    /// Keeps whose key signed a receipt that came from the endpoint itself, where nothing is known of that yet.
    pub(super) async fn learn_key(self, endpoint: &Endpoint, receipt: &Receipt) {
        if endpoint.receipt_key.is_some() || receipt.format != FORMAT {
            return;
        }
        let Some(Some(key)) = self.signer_of(receipt).await else { return };
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
