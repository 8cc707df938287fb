//! Tables in memory.

use crate::{
    map::Map,
    ports::{
        Pending, StoreError,
        tables::{Content, DecideAll, Get, Key, Record, Table, Tables, Which, Write},
    },
};
use std::cell::RefCell;

/// Tables that live as long as the page.
#[derive(Debug, Default)]
pub struct Memory(RefCell<Map<(Table, Key), Content>>);

impl Which {
    fn admits(&self, key: &Key) -> bool {
        match self {
            Self::All => true,
            Self::Of(first) => key.second.is_some() && key.first == *first,
            Self::One(one) => key == one,
            Self::Between(from, to) => (from..=to).contains(&key),
        }
    }
}

impl Memory {
    fn got(&self, Get(table, which): &Get) -> Vec<Record> {
        let all = self.0.borrow();
        let found = all.iter().filter(|((of, key), _)| of == table && which.admits(key));
        found.map(|((_, key), content)| Record { key: key.clone(), content: content.clone() }).collect()
    }

    fn written(&self, write: Write) {
        match write {
            Write::Put(table, key, content) => drop(self.0.borrow_mut().insert((table, key), content)),
            Write::Delete(table, which) => {
                for record in self.got(&Get(table, which)) {
                    self.0.borrow_mut().remove(&(table, record.key));
                }
            }
        }
    }
}

fn ready<T: 'static>(value: T) -> Pending<T> {
    Box::pin(std::future::ready(value))
}

impl Tables for Memory {
    fn read(&self, gets: Vec<Get>) -> Pending<Result<Vec<Vec<Record>>, StoreError>> {
        ready(Ok(gets.iter().map(|get| self.got(get)).collect()))
    }

    fn keys(&self, table: Table) -> Pending<Result<Vec<Key>, StoreError>> {
        let all = self.0.borrow();
        ready(Ok(all.keys().filter(|(of, _)| *of == table).map(|(_, key)| key.clone()).collect()))
    }

    fn write_after(
        &self,
        _tables: &'static [Table],
        first: Vec<Get>,
        decide: DecideAll,
    ) -> Pending<Result<(), StoreError>> {
        let first = first.iter().map(|get| self.got(get)).collect();
        ready(decide(first).map(|writes| writes.into_iter().for_each(|write| self.written(write))))
    }
}
