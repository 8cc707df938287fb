//! All that tables hold, and records put there past the store: what only damage makes.

use bintang_domain::ports::tables::{Content, Get, Key, Record, Table, Tables, Which, Write};
use futures::FutureExt as _;
use std::rc::Rc;

/// Every record of every table but the device's keys.
///
/// # Panics
/// Where the tables are not in memory, or fail.
#[must_use]
pub fn all(tables: &Rc<dyn Tables>) -> Vec<(Table, Record)> {
    let kept: Vec<Table> = Table::ALL.into_iter().filter(|table| *table != Table::Keys).collect();
    let gets = kept.iter().map(|table| Get(*table, Which::All)).collect();
    let lists = tables.read(gets).now_or_never().expect("memory answers at once").unwrap();
    let named =
        kept.into_iter().zip(lists).flat_map(|(table, list)| list.into_iter().map(move |record| (table, record)));
    named.collect()
}

/// What of it belongs to the assessment of this key: what stands under it, and what mentions it in the outbox.
#[must_use]
pub fn of(tables: &Rc<dyn Tables>, key: &str) -> Vec<(Table, Record)> {
    let mentions = |content: &Content| matches!(content, Content::Text(text) if text.contains(key));
    let own = |(table, record): &(Table, Record)| {
        record.key.first == key || (*table == Table::Outbox && mentions(&record.content))
    };
    all(tables).into_iter().filter(own).collect()
}

/// Puts a record.
///
/// # Panics
/// Where the tables are not in memory, or fail.
pub fn put(tables: &Rc<dyn Tables>, table: Table, key: Key, content: Content) {
    let write = Write::Put(table, key, content);
    let decide = Box::new(|_: Vec<Record>| Ok(vec![write]));
    tables.write(&Table::ALL, None, decide).now_or_never().expect("memory answers at once").unwrap();
}

/// A key of two texts.
#[must_use]
pub fn two(first: &str, second: &str) -> Key {
    Key { first: first.to_owned(), second: Some(second.to_owned()) }
}
