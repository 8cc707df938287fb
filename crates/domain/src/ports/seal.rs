//! What seals the records of a locked store: at once, because a transaction of the store waits for nobody.

use crate::lock::StoreKey;
use std::rc::Rc;

/// AES-256-GCM with a store key (NIST SP 800-38D). What is sealed is followed by its tag of 16 bytes.
pub trait Sealer {
    /// Seals; a nonce is used once with a key. `None` where it cannot be done.
    fn seal(&self, nonce: [u8; 12], associated: &[u8], plain: Vec<u8>) -> Option<Vec<u8>>;
    /// Opens what was sealed with the same nonce and associated data; `None` where it was not, or was changed.
    fn open(&self, nonce: [u8; 12], associated: &[u8], sealed: Vec<u8>) -> Option<Vec<u8>>;
}

/// Makes sealers.
pub trait Sealers {
    /// The sealer of this key.
    fn of(&self, key: &StoreKey) -> Rc<dyn Sealer>;
}
