//! Sealing or opening everything that is there, record by record; it may be stopped anywhere and begun again.

use super::sealed::{Sealed, is_sealed, seals};
use crate::ports::{
    StoreError,
    tables::{Get, Record, Table, Which, Write},
};
use std::{cell::Cell, rc::Rc};

/// Seals every record, or opens every one; again until there is none that can be turned, as somebody may have written in
/// between. Calls `tell` with how many of how many are done. What cannot be turned (a record of a kind that the app never
/// writes, one that was sealed with another key) stays as it is; how many of those there are comes back.
///
/// # Errors
/// What the tables said; what was turned before stays turned.
pub async fn sweep(sealed: &Sealed, seal: bool, mut tell: impl FnMut(usize, usize)) -> Result<usize, StoreError> {
    sealed.set_seals(seal);
    loop {
        let (turned, left) = pass(sealed, seal, &mut tell).await?;
        if turned == 0 {
            return Ok(left);
        }
    }
}

/// One pass: how many records it turned, and how many it could not.
async fn pass(sealed: &Sealed, seal: bool, tell: &mut impl FnMut(usize, usize)) -> Result<(usize, usize), StoreError> {
    let counts = Rc::new(Cell::new((0, 0)));
    let mut all = Vec::new();
    for table in Table::ALL {
        let keys = sealed.inner().keys(table).await?.into_iter();
        all.extend(keys.filter(|key| seals(table, key)).map(|key| (table, key)));
    }
    let of = all.len();
    for (done, (table, key)) in all.into_iter().enumerate() {
        tell(done, of);
        let (own, at, count) = (sealed.clone(), key.clone(), counts.clone());
        let decide = move |records: Vec<Record>| {
            // As it stands now: somebody may have written it since, or taken it away.
            let Some(record) = records.into_iter().next() else { return Ok(Vec::new()) };
            let turned = own.turned(table, &at, &record.content, seal);
            let (done, left) = count.get();
            match turned {
                Some(_) => count.set((done + 1, left)),
                None if is_sealed(&record.content) != seal => count.set((done, left + 1)),
                None => {}
            }
            Ok(turned.map(|content| Write::Put(table, at, content)).into_iter().collect())
        };
        let first = Get(table, Which::One(key));
        sealed.inner().write(table.alone(), Some(first), Box::new(decide)).await?;
    }
    tell(of, of);
    Ok(counts.get())
}
