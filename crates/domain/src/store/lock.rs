//! The lock's record, and the tables that stand in for others while the store is unlocked.

use super::{Store, one, only, put};
use crate::{
    lock::{LOCK, Sealed, StoreLock},
    ports::{
        Pending, StoreError,
        tables::{
            Agree, Content, DecideAll, Get, Key, Record,
            Table::{self, Keys as KEYS},
            Tables, Which, Write,
        },
    },
    wire,
};
use std::{cell::RefCell, rc::Rc};

/// Tables around which others can be put, one pair at a time.
pub(super) struct Exchange {
    bottom: Rc<dyn Tables>,
    top: RefCell<Rc<dyn Tables>>,
}

impl Exchange {
    pub(super) fn new(bottom: Rc<dyn Tables>) -> Rc<Self> {
        Rc::new(Self { top: RefCell::new(bottom.clone()), bottom })
    }

    fn now(&self) -> Rc<dyn Tables> {
        self.top.borrow().clone()
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

    fn write_if(
        &self,
        tables: &'static [Table],
        first: Get,
        agree: Agree,
        writes: Vec<Write>,
    ) -> Pending<Result<(), StoreError>> {
        self.now().write_if(tables, first, agree, writes)
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

    /// Keeps the lock in the place of the one that is known, or takes it away. The record has the only copy of the key of
    /// all that is sealed: nothing ever writes over one that it does not know.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where another one is kept, else what the tables said.
    pub fn keep_lock(&self, known: Option<&StoreLock>, lock: Option<&StoreLock>) -> Pending<Result<(), StoreError>> {
        let known = known.map(wire::lock::write);
        let write = match lock {
            Some(lock) => put(KEYS, LOCK, wire::lock::write(lock)),
            None => Write::Delete(KEYS, Which::One(Key::one(LOCK))),
        };
        let decide = move |stored: Vec<Record>| {
            let stored = stored.into_iter().next().map(|record| record.content);
            let same = stored == known.map(Content::Text);
            if same { Ok(vec![write]) } else { Err(StoreError::Conflict { stored: None }) }
        };
        self.tables.write(&[KEYS], Some(one(KEYS, LOCK)), Box::new(decide))
    }

    /// The tables as the disk has them: what seals them is put around these, never around what seals already.
    #[must_use]
    pub fn bottom(&self) -> Rc<dyn Tables> {
        self.exchange.bottom.clone()
    }

    /// From now on these tables seal and open for every clone of this store; with `None` nothing does.
    pub fn seal_with(&self, sealed: Option<&Sealed>) {
        let top = sealed.map_or_else(|| self.bottom(), |sealed| Rc::new(sealed.clone()));
        self.exchange.top.replace(top);
    }
}
