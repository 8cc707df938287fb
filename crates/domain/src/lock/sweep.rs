//! Sealing or opening everything that is there, record by record; it may be stopped anywhere and begun again.

use super::sealed::{Sealed, seals};
use crate::ports::{
    StoreError,
    tables::{Get, Record, Table, Which, Write},
};

/// Seals every record, or opens every one. Calls `tell` with how many of how many are done. What cannot be turned (a
/// record of a kind that the app never writes, one that was sealed with another key) stays as it is.
///
/// # Errors
/// What the tables said; what was turned before stays turned.
pub async fn sweep(sealed: &Sealed, seal: bool, mut tell: impl FnMut(usize, usize)) -> Result<(), StoreError> {
    sealed.set_seals(seal);
    let mut all = Vec::new();
    for table in Table::ALL.into_iter().filter(|table| seals(*table)) {
        all.extend(sealed.inner().keys(table).await?.into_iter().map(|key| (table, key)));
    }
    let of = all.len();
    for (done, (table, key)) in all.into_iter().enumerate() {
        tell(done, of);
        let (own, at) = (sealed.clone(), key.clone());
        let decide = move |records: Vec<Record>| {
            // As it stands now: somebody may have written it since, or taken it away.
            let record = records.into_iter().next();
            let turned = record.and_then(|record| own.turned(table, &at, &record.content, seal));
            Ok(turned.map(|content| Write::Put(table, at, content)).into_iter().collect())
        };
        let first = Get(table, Which::One(key));
        sealed.inner().write(table.alone(), Some(first), Box::new(decide)).await?;
    }
    tell(of, of);
    Ok(())
}
