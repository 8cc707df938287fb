//! Tables of which one call fails.

use bintang_domain::ports::{
    Pending, StoreError,
    tables::{Agree, DecideAll, Get, Key, Record, Table, Tables, Write},
};
use std::{cell::Cell, rc::Rc};

/// Passes calls on, but the one of which it was told: that one changes nothing and fails.
#[expect(missing_debug_implementations, reason = "the tables are a trait object")]
pub struct Failing {
    tables: Rc<dyn Tables>,
    error: StoreError,
    /// Calls until the one that fails.
    left: Cell<Option<usize>>,
}

impl Failing {
    /// The call number `fails` fails because the disk is full, counted from 0.
    #[must_use]
    pub fn new(tables: Rc<dyn Tables>, fails: usize) -> Self {
        Self::with(tables, fails, StoreError::Full)
    }

    /// The call number `fails` fails with this error, counted from 0.
    #[must_use]
    pub fn with(tables: Rc<dyn Tables>, fails: usize, error: StoreError) -> Self {
        Self { tables, error, left: Cell::new(Some(fails)) }
    }

    /// Whether it has failed.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.left.get().is_none()
    }

    fn passes(&self) -> bool {
        let Some(left) = self.left.get() else { return true };
        self.left.set(left.checked_sub(1));
        left > 0
    }

    fn failure<T: 'static>(&self) -> Pending<Result<T, StoreError>> {
        Box::pin(std::future::ready(Err(self.error.clone())))
    }
}

impl Tables for Failing {
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>> {
        if self.passes() { self.tables.read(gets) } else { self.failure() }
    }

    fn keys(&self, table: Table) -> Pending<Result<Vec<Key>, StoreError>> {
        if self.passes() { self.tables.keys(table) } else { self.failure() }
    }

    fn write_after(
        &self,
        tables: &'static [Table],
        first: Vec<Get>,
        decide: DecideAll,
    ) -> Pending<Result<(), StoreError>> {
        if self.passes() { self.tables.write_after(tables, first, decide) } else { self.failure() }
    }

    fn write_if(
        &self,
        tables: &'static [Table],
        first: Get,
        agree: Agree,
        writes: Vec<Write>,
    ) -> Pending<Result<(), StoreError>> {
        if self.passes() { self.tables.write_if(tables, first, agree, writes) } else { self.failure() }
    }
}
