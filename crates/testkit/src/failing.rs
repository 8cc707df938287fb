//! Tables of which one call fails.

use bintang_domain::{
    ports::{
        Pending, StoreError,
        tables::{Decide, Get, Record, Table, Tables, Which},
    },
    store::Memory,
};
use std::{cell::Cell, future::ready};

/// Tables in memory whose call number `fails` (from 0) fails and changes nothing.
#[derive(Debug)]
pub struct Failing {
    tables: Memory,
    calls: Cell<usize>,
    fails: usize,
    error: StoreError,
}

impl Failing {
    /// The call of this number fails with this error.
    #[must_use]
    pub fn at(fails: usize, error: StoreError) -> Self {
        Self { tables: Memory::default(), calls: Cell::new(0), fails, error }
    }

    /// Whether the call that fails was made.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.calls.get() > self.fails
    }

    fn fails<T: 'static>(&self) -> Option<Pending<Result<T, StoreError>>> {
        let call = self.calls.replace(self.calls.get() + 1);
        (call == self.fails).then(|| Box::pin(ready(Err(self.error.clone()))) as _)
    }

    /// Every record of every table, not counted as a call.
    pub async fn everything(&self) -> Vec<Vec<Record>> {
        let gets = Table::ALL.map(|table| Get(table, Which::All)).to_vec();
        self.tables.read(gets).await.expect("memory is read")
    }
}

impl Tables for Failing {
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>> {
        self.fails().unwrap_or_else(|| self.tables.read(gets))
    }

    fn write(&self, tables: &'static [Table], first: Option<Get>, decide: Decide) -> Pending<Result<(), StoreError>> {
        self.fails().unwrap_or_else(|| self.tables.write(tables, first, decide))
    }
}
