//! The lock's record, and the tables that stand in for others while the store is unlocked.

use super::{Store, one, only, put};
use crate::{
    lock::{Sealed, StoreLock},
    ports::{
        Pending, StoreError,
        tables::{
            DecideAll, Get, Key, Record,
            Table::{self, Keys as KEYS},
            Tables, Which, Write,
        },
    },
    wire,
};
use std::{cell::RefCell, rc::Rc};

/// Key of the lock in [`Table::Keys`].
const LOCK: &str = "lock";

/// Tables that others can take the place of.
pub(super) struct Exchange(RefCell<Rc<dyn Tables>>);

impl Exchange {
    pub(super) fn new(tables: Rc<dyn Tables>) -> Rc<Self> {
        Rc::new(Self(RefCell::new(tables)))
    }

    fn now(&self) -> Rc<dyn Tables> {
        self.0.borrow().clone()
    }
}

impl Tables for Exchange {
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>> {
        self.now().read(gets)
    }

    fn keys(&self, table: Table) -> Pending<Result<Vec<Key>, StoreError>> {
        self.now().keys(table)
    }

    fn write_after(
        &self,
        tables: &'static [Table],
        first: Vec<Get>,
        decide: DecideAll,
    ) -> Pending<Result<(), StoreError>> {
        self.now().write_after(tables, first, decide)
    }
}

impl Store {
    /// The lock, if there is one.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where there is one that cannot be read, else what the tables said.
    pub fn lock(&self) -> Pending<Result<Option<StoreLock>, StoreError>> {
        let reading = self.tables.read(vec![one(KEYS, LOCK)]);
        Box::pin(async move { only(reading.await?.into_iter().flatten().collect(), wire::lock::read) })
    }

    /// Whether there is a lock; one that cannot be read is one.
    ///
    /// # Errors
    /// What the tables said.
    pub fn is_locked(&self) -> Pending<Result<bool, StoreError>> {
        let reading = self.tables.read(vec![one(KEYS, LOCK)]);
        Box::pin(async move { Ok(reading.await?.iter().any(|records| !records.is_empty())) })
    }

    /// Keeps the lock, or takes it away.
    ///
    /// # Errors
    /// What the tables said.
    pub fn keep_lock(&self, lock: Option<&StoreLock>) -> Pending<Result<(), StoreError>> {
        let write = match lock {
            Some(lock) => put(KEYS, LOCK, wire::lock::write(lock)),
            None => Write::Delete(KEYS, Which::One(Key::one(LOCK))),
        };
        self.tables.write(&[KEYS], None, Box::new(|_| Ok(vec![write])))
    }

    /// The tables as they stand now: what seals them is put around these.
    #[must_use]
    pub fn present(&self) -> Rc<dyn Tables> {
        self.exchange.now()
    }

    /// From now on these tables seal and open for every clone of this store.
    pub fn seal_with(&self, sealed: &Sealed) {
        self.exchange.0.replace(Rc::new(sealed.clone()));
    }
}
