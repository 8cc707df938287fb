//! The one running connection: opened once, opened again when the browser closed it.

use super::{error::store_error, leaving::Running, schema};
use bintang_domain::ports::StoreError;
use idb::Factory;
use std::{cell::RefCell, rc::Rc};
use web_sys::IdbDatabase;

/// A shared connection to the database. Clones are the same connection.
#[derive(Clone, Debug)]
pub struct Connection(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    open: RefCell<Option<IdbDatabase>>,
    running: Running,
}

impl Connection {
    /// Prepares the schema and opens.
    ///
    /// # Errors
    /// [`StoreError::Denied`] where the browser gives no IndexedDB, else what it said.
    pub async fn open() -> Result<Self, StoreError> {
        Self::open_named(schema::DATABASE).await
    }

    /// As [`Connection::open`] with another name, for tests.
    ///
    /// # Errors
    /// As [`Connection::open`].
    pub async fn open_named(name: &str) -> Result<Self, StoreError> {
        schema::prepare(name).await?;
        let connection =
            Self(Rc::new(Inner { name: name.to_owned(), open: RefCell::new(None), running: Running::new() }));
        connection.reopen().await?;
        Ok(connection)
    }

    /// The open database, if it is open now.
    pub(super) fn current(&self) -> Option<IdbDatabase> {
        self.0.open.borrow().clone()
    }

    /// The transactions that run on it.
    pub(super) fn running(&self) -> &Running {
        &self.0.running
    }

    /// Opens it again after the browser closed it.
    pub(super) async fn reopen(&self) -> Result<(), StoreError> {
        let opening = async {
            let factory = Factory::new()?;
            factory.open(&self.0.name, Some(schema::VERSION))?.await
        };
        let mut database = opening.await.map_err(|error| store_error(&error.into()))?;
        // A newer version in another tab must not be blocked, and what the browser closed is opened again when needed.
        let inner = Rc::downgrade(&self.0);
        database.on_version_change(move |_| {
            if let Some(open) = inner.upgrade().and_then(|inner| inner.open.borrow_mut().take()) {
                open.close();
            }
        });
        let inner = Rc::downgrade(&self.0);
        database.on_close(move |_| {
            if let Some(inner) = inner.upgrade() {
                inner.open.borrow_mut().take();
            }
        });
        // idb's callbacks live in its Database value; they are meant to live as long as the connection.
        database.forget_callbacks();
        // Of two that were opened at once the second one stays.
        if let Some(before) = self.0.open.replace(Some(database.into())) {
            before.close();
        }
        Ok(())
    }

    /// Closes it; the next call opens it again.
    pub fn close(&self) {
        if let Some(open) = self.0.open.borrow_mut().take() {
            open.close();
        }
    }
}
