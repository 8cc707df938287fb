//! Endpoints: one record, so that what is chosen and what there is never disagree.

use super::{Store, one, put};
use crate::{
    endpoint::{EndpointRefused, Endpoints},
    ports::{
        Pending, StoreError,
        tables::{Content, Record, Table::Keys as KEYS, Write},
    },
    wire,
};
use std::{cell::RefCell, rc::Rc};

/// Key of the endpoints in [`KEYS`].
const ENDPOINTS: &str = "endpoints";
/// Key of a record of them that could not be read and was put aside for one that can.
const ASIDE: &str = "endpoints.damaged";

/// Changes the endpoints.
pub type ChangeEndpoints = Box<dyn FnOnce(&mut Endpoints) -> Result<(), EndpointRefused>>;

fn read(records: Vec<Record>) -> Result<Endpoints, Content> {
    let Some(Record { content, .. }) = records.into_iter().next() else { return Ok(Endpoints::default()) };
    content.clone().text().and_then(|text| wire::endpoint::read(&text)).ok_or(content)
}

impl Store {
    /// The endpoints; none where nobody has entered any.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where there are some that cannot be read, else what the tables said.
    pub fn endpoints(&self) -> Pending<Result<Endpoints, StoreError>> {
        let reading = self.tables.read(vec![one(KEYS, ENDPOINTS)]);
        Box::pin(async move { read(reading.await?.into_iter().flatten().collect()).map_err(|_| StoreError::Corrupt) })
    }

    /// Changes them as they stand now, and says how they stand then; what the change itself refuses changes nothing. Those
    /// that cannot be read are put aside, and new ones begun.
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
            let (mut endpoints, damaged) = match read(records) {
                Ok(endpoints) => (endpoints, None),
                // What this app never writes cannot be written by it.
                Err(Content::Strange) => return Err(StoreError::Corrupt),
                Err(content) => (Endpoints::default(), Some(content)),
            };
            if let Err(refused) = change(&mut endpoints) {
                *told.borrow_mut() = Err(refused);
                return Ok(Vec::new());
            }
            let mut writes = vec![put(KEYS, ENDPOINTS, wire::endpoint::write(&endpoints))];
            writes.extend(damaged.map(|content| Write::Put(KEYS, super::Key::one(ASIDE), content)));
            *told.borrow_mut() = Ok(endpoints);
            Ok(writes)
        };
        let writing = self.tables.write(KEYS.alone(), Some(one(KEYS, ENDPOINTS)), Box::new(decide));
        Box::pin(async move {
            writing.await?;
            let outcome = outcome.borrow().clone();
            Ok(outcome)
        })
    }
}
