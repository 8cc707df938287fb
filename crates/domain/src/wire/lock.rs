//! What is kept of a lock, as a record.

use super::{
    bundle::Encryption,
    canonical,
    form::{Faults, Form, Members, Object, put, words},
    json,
};
use crate::{
    base64,
    lock::{StoreLock, Sweep},
};
use serde_json::Value;

const FORMAT: &str = "bintang-lock/1";

words! { Sweep { Whole "whole", Sealing "sealing", Opening "opening" } }

impl Form for StoreLock {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        if of.member::<String>("format", faults) != FORMAT {
            faults.note("the format is not bintang-lock/1");
        }
        let Encryption { rounds, salt } = of.member("encryption", faults);
        let key: String = of.member("key", faults);
        let sealed = base64::read_url(&key).unwrap_or_else(|| {
            faults.note("the key is not base64url");
            Vec::new()
        });
        Self { rounds, salt, sealed, sweep: of.member("sweep", faults) }
    }

    fn write(&self) -> Value {
        let mut of = Members::new();
        put(&mut of, "format", &FORMAT.to_owned());
        put(&mut of, "encryption", &Encryption { rounds: self.rounds, salt: self.salt.clone() });
        put(&mut of, "key", &base64::write_url(&self.sealed));
        put(&mut of, "sweep", &self.sweep);
        Value::Object(of)
    }
}

/// The record as text.
#[must_use]
pub fn write(lock: &StoreLock) -> String {
    canonical::write(&lock.write())
}

/// Reads a record; `None` when it is damaged.
#[must_use]
pub fn read(text: &str) -> Option<StoreLock> {
    StoreLock::read(&json::read(text.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_reads_back() {
        for sweep in [Sweep::Whole, Sweep::Sealing, Sweep::Opening] {
            let lock = StoreLock { rounds: 600_000, salt: vec![1; 16], sealed: vec![2; 60], sweep };
            assert_eq!(read(&write(&lock)), Some(lock));
        }
        let text = write(&StoreLock { rounds: 1, salt: Vec::new(), sealed: Vec::new(), sweep: Sweep::Whole });
        for damaged in [text.replace("lock/1", "lock/2"), text.replace("whole", "x"), text.replace("AES", "DES")] {
            assert_eq!(read(&damaged), None, "{damaged}");
        }
    }
}
