//! The phone's own key, and whatever reckons with keys.

use super::Pending;
use crate::es256::{Es256, KeyName};

/// Signs for this phone, and checks what others signed (docs/adr/0018).
pub trait Signer {
    /// Signs with the phone's key, which is made where there is none. `None` where this browser cannot, or does not answer:
    /// nobody waits for it.
    fn sign(&self, message: Vec<u8>) -> Pending<Option<Es256>>;
    /// The name of the phone's key; `None` where there is none yet.
    fn name(&self) -> Pending<Option<KeyName>>;
    /// Whether the signature holds for this message; `None` where this browser cannot say.
    fn holds(&self, signature: Es256, message: Vec<u8>) -> Pending<Option<bool>>;
}
