//! What the app keeps, and how: drafts, the outbox, rubrics, as records in [`Tables`].
//!
//! One call is one transaction: it either happened whole when it returns, or not at all. Records are JSON texts
//! ([`crate::wire::record`]), rubrics are bytes.

mod drafts;
mod endpoints;
mod lock;
mod memory;
mod outbox;
mod photos;
mod rubrics;
mod signatures;
mod whole;

use crate::{
    ports::{
        StoreError,
        tables::{Content, Get, Key, Record, Table, Tables, Which, Write},
    },
    wire::record,
};
pub use drafts::Listed;
pub use endpoints::ChangeEndpoints;
use lock::Exchange;
pub use memory::Memory;
pub use outbox::Entries;
pub use photos::Photos;
pub(crate) use rubrics::{INSTALLED, mark};
pub use signatures::Signatures;
use std::rc::Rc;
pub(crate) use whole::Groups;

/// The app's store. Clones are the same store.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the tables are a trait object")]
pub struct Store {
    tables: Rc<dyn Tables>,
    /// The same, as what others can take the place of.
    exchange: Rc<Exchange>,
}

impl Store {
    /// A store on these tables.
    #[must_use]
    pub fn new(tables: Rc<dyn Tables>) -> Self {
        let exchange = Exchange::new(tables);
        Self { tables: exchange.clone(), exchange }
    }

    /// A store that lives as long as the page: what the app runs on where the browser gives none. Nothing in it is
    /// ever called saved.
    #[must_use]
    pub fn temporary() -> Self {
        Self::new(Rc::new(Memory::default()))
    }
}

fn one(table: Table, key: impl ToString) -> Get {
    Get(table, Which::One(Key::one(key)))
}

fn put(table: Table, key: impl ToString, text: String) -> Write {
    Write::Put(table, Key::one(key), Content::Text(text))
}

/// What the only record says; `None` where there is none.
fn only<T>(records: Vec<Record>, read: fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
    let Some(record) = records.into_iter().next() else { return Ok(None) };
    record.content.text().and_then(|text| read(&text)).map(Some).ok_or(StoreError::Corrupt)
}
