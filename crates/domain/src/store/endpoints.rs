//! Endpoints: one record, so that what is chosen and what there is never disagree. One that cannot be read stays where it
//! is, and the next one has a key behind it.

use super::{Store, put};
use crate::{
    endpoint::{EndpointRefused, Endpoints},
    lock::is_sealed,
    ports::{
        Pending, StoreError,
        tables::{Get, Key, Record, Table::Keys as KEYS, Which},
    },
    wire,
};
use std::{cell::RefCell, rc::Rc};

/// What the keys of the endpoints in [`KEYS`] begin with; a number of two digits follows.
const ENDPOINTS: &str = "endpoints.";

/// Changes the endpoints.
pub type ChangeEndpoints = Box<dyn FnOnce(&mut Endpoints) -> Result<(), EndpointRefused>>;

fn all() -> Get {
    let key = |end: &str| Key::one([ENDPOINTS, end].concat());
    Get(KEYS, Which::Between(key("00"), key("99")))
}

/// The last of them: its number, and what it says; `None` where it cannot be read.
fn last(records: Vec<Record>) -> Result<(usize, Option<Endpoints>), StoreError> {
    let Some(Record { key, content }) = records.into_iter().last() else { return Ok((0, Some(Endpoints::default()))) };
    // Whoever has no key of a locked store must not begin another list in the open.
    if is_sealed(&content) {
        return Err(StoreError::Corrupt);
    }
    let number = key.first.strip_prefix(ENDPOINTS).and_then(|number| number.parse().ok());
    Ok((number.ok_or(StoreError::Corrupt)?, content.text().and_then(|text| wire::endpoint::read(&text))))
}

impl Store {
    /// The endpoints; none where nobody has entered any.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where there are some that cannot be read, else what the tables said.
    pub fn endpoints(&self) -> Pending<Result<Endpoints, StoreError>> {
        let reading = self.tables.read(vec![all()]);
        Box::pin(async move {
            let (_, endpoints) = last(reading.await?.into_iter().flatten().collect())?;
            endpoints.ok_or(StoreError::Corrupt)
        })
    }

    /// Changes them as they stand now, and says how they stand then; what the change itself refuses changes nothing. Those
    /// that cannot be read stay as they are, and new ones are begun behind them.
    ///
    /// # Errors
    /// What the tables said.
    pub fn change_endpoints(
        &self,
        change: ChangeEndpoints,
    ) -> Pending<Result<Result<Endpoints, EndpointRefused>, StoreError>> {
        let outcome = Rc::new(RefCell::new(Ok(Endpoints::default())));
        let told = outcome.clone();
        let decide = move |records: Vec<Record>| {
            let (number, endpoints) = last(records)?;
            let (number, mut endpoints) = match endpoints {
                Some(endpoints) => (number, endpoints),
                // Two digits keep the numbers' order.
                None if number >= 99 => return Err(StoreError::Corrupt),
                None => (number + 1, Endpoints::default()),
            };
            if let Err(refused) = change(&mut endpoints) {
                *told.borrow_mut() = Err(refused);
                return Ok(Vec::new());
            }
            let write = put(KEYS, format!("{ENDPOINTS}{number:02}"), wire::endpoint::write(&endpoints));
            *told.borrow_mut() = Ok(endpoints);
            Ok(vec![write])
        };
        let writing = self.tables.write(KEYS.alone(), Some(all()), Box::new(decide));
        Box::pin(async move {
            writing.await?;
            let outcome = outcome.borrow().clone();
            Ok(outcome)
        })
    }
}
