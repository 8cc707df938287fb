//! The lock of the store (docs/adr/0011): how the key is kept, tables that seal, and sweeps that seal or open what is
//! there.

mod sealed;
mod sweep;

use crate::ports::{
    StoreError,
    cipher::{Cipher, CipherError},
};
pub use sealed::Sealed;
pub(crate) use sealed::is_sealed;
pub use sweep::sweep;

/// Key of the lock's own record in the table of keys: the only record that is never sealed.
pub(crate) const LOCK: &str = "lock";
/// Bytes of the store key.
const KEY: usize = 32;
/// Bytes of a salt (at least 16, NIST SP 800-132, section 5.1).
const SALT: usize = 16;
/// Bytes of a nonce (NIST SP 800-38D, section 5.2.1.1).
const NONCE: usize = 12;
/// What the store key is sealed together with.
const ASSOCIATED: &[u8] = b"bintang-lock/1";

/// Which way the records are going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// All are sealed.
    Whole,
    /// They are being sealed.
    Sealing,
    /// They are being opened: the lock goes away.
    Opening,
}

/// What is kept of a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreLock {
    /// Rounds of PBKDF2.
    pub rounds: u32,
    /// Its salt.
    pub salt: Vec<u8>,
    /// The store key, sealed: nonce, then AES-GCM's output.
    pub sealed: Vec<u8>,
    /// Which way the records are going.
    pub sweep: Sweep,
}

/// Why it could not be locked or unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockError {
    /// The passphrase is another.
    Passphrase,
    /// There is no cryptography here, or it failed.
    Cipher(CipherError),
    /// What the tables said.
    Store(StoreError),
    /// Other tabs have the app open, and could write what nobody seals.
    OtherTabs,
}

impl From<CipherError> for LockError {
    fn from(error: CipherError) -> Self {
        Self::Cipher(error)
    }
}

impl From<StoreError> for LockError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A store key: 32 bytes that are never written anywhere unsealed.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "a key has nothing to show")]
pub struct StoreKey(pub [u8; KEY]);

impl StoreKey {
    /// A new one.
    ///
    /// # Errors
    /// [`CipherError::Denied`] where chance gives too little.
    pub fn new(cipher: &dyn Cipher) -> Result<Self, CipherError> {
        cipher.random(KEY).try_into().map(Self).map_err(|_| CipherError::Denied)
    }
}

impl StoreLock {
    /// Locks a store key with a passphrase.
    ///
    /// # Errors
    /// What the cipher said.
    pub async fn new(
        cipher: &dyn Cipher,
        key: &StoreKey,
        passphrase: &str,
        rounds: u32,
        sweep: Sweep,
    ) -> Result<Self, CipherError> {
        let (salt, mut sealed) = (cipher.random(SALT), cipher.random(NONCE));
        let nonce = sealed.as_slice().try_into().map_err(|_| CipherError::Denied)?;
        let made = cipher.derive(passphrase, &salt, rounds).await?;
        sealed.append(&mut made.seal(nonce, ASSOCIATED, key.0.to_vec()).await?);
        Ok(Self { rounds, salt, sealed, sweep })
    }

    /// The store key.
    ///
    /// # Errors
    /// [`LockError::Passphrase`], or what the cipher said.
    pub async fn open(&self, cipher: &dyn Cipher, passphrase: &str) -> Result<StoreKey, LockError> {
        let made = cipher.derive(passphrase, &self.salt, self.rounds).await?;
        let (nonce, sealed) = self.sealed.split_first_chunk::<NONCE>().ok_or(LockError::Store(StoreError::Corrupt))?;
        let key = made.open(*nonce, ASSOCIATED, sealed.to_vec()).await.map_err(|error| match error {
            CipherError::Unopened => LockError::Passphrase,
            error => LockError::Cipher(error),
        })?;
        key.try_into().map(StoreKey).map_err(|_| LockError::Store(StoreError::Corrupt))
    }
}
