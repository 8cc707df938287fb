//! The one running connection: opened once, opened again when the browser closed it.

use super::{
    error::{UNKNOWN, store_error},
    leaving::Running,
    schema,
    torn::Log,
    transaction::Transaction,
};
use crate::{
    host,
    window::{listen, window},
};
use bintang_domain::ports::{Pending, StoreError};
use futures::channel::oneshot;
use idb::Factory;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

/// A shared connection to the database. Clones are the same connection.
#[derive(Clone, Debug)]
pub struct Connection(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    open: RefCell<Option<IdbDatabase>>,
    running: Running,
    log: Log,
    /// Who waits until it is open again.
    waiting: RefCell<Vec<oneshot::Sender<Result<(), StoreError>>>>,
    /// The app has ended: nothing is opened any more.
    ended: Cell<bool>,
}

impl Connection {
    /// Opens, and prepares the schema where there is none of this version.
    ///
    /// # Errors
    /// [`StoreError::Denied`] where the browser gives no IndexedDB or the page wants nothing stored, [`StoreError::Full`] where what is stored must not be
    /// touched before there is room, else what it said.
    pub async fn open() -> Result<Self, StoreError> {
        Self::open_named(&host::store().ok_or(StoreError::Denied)?).await
    }

    /// As [`Connection::open`] with another name, for tests.
    ///
    /// # Errors
    /// As [`Connection::open`].
    pub async fn open_named(name: &str) -> Result<Self, StoreError> {
        let connection = Self(Rc::new(Inner {
            name: name.to_owned(),
            open: RefCell::new(None),
            running: Running::new(),
            log: Log::new(name),
            waiting: RefCell::default(),
            ended: Cell::new(false),
        }));
        connection.reopen().await?;
        if let Some(window) = window() {
            let ended = connection.clone();
            // The app ends and the page stays (`public/embedded.js`): whatever still asks must not open it again.
            listen(&window, "bintang-end", move |_| {
                ended.0.ended.set(true);
                ended.close();
            });
        }
        Ok(connection)
    }

    /// The open database, if it is open now and may be written to.
    pub(super) fn current(&self) -> Option<IdbDatabase> {
        if self.0.log.is_torn() { None } else { self.opened() }
    }

    /// The open database, also while its log is mended.
    pub(super) fn opened(&self) -> Option<IdbDatabase> {
        self.0.open.borrow().clone()
    }

    /// The transactions that run on it.
    pub(super) fn running(&self) -> &Running {
        &self.0.running
    }

    /// A write was cut off by the end of the disk: nothing is opened again before the log can be mended.
    pub(super) fn tear(&self) {
        self.0.log.tear();
        self.close();
    }

    /// Whether it may be opened.
    async fn fits(&self) -> Result<(), StoreError> {
        if self.0.log.is_torn() && !self.0.log.has_room().await { Err(StoreError::Full) } else { Ok(()) }
    }

    /// Opens it again after the browser closed it: once for all who wait for it.
    pub(super) fn reopen(&self) -> Pending<Result<(), StoreError>> {
        let (tell, told) = oneshot::channel();
        let mut waiting = self.0.waiting.borrow_mut();
        waiting.push(tell);
        if waiting.len() == 1 {
            let connection = self.clone();
            spawn_local(async move {
                let outcome = connection.open_whole().await;
                for tell in connection.0.waiting.take() {
                    // Whoever asked may have given up.
                    let _ = tell.send(outcome.clone());
                }
            });
        }
        Box::pin(async { told.await.unwrap_or(Err(StoreError::Closed)) })
    }

    async fn open_whole(&self) -> Result<(), StoreError> {
        if self.current().is_some() {
            return Ok(());
        }
        if self.0.ended.get() {
            return Err(StoreError::Closed);
        }
        self.0.log.look().await;
        self.fits().await?;
        if let Err(error) = self.connect().await {
            // Opening writes, and may have been cut off too; Chromium's names for that differ.
            if error == StoreError::Full || error == StoreError::Other(UNKNOWN.to_owned()) {
                self.tear();
                self.fits().await?;
            }
            return Err(error);
        }
        if self.0.log.is_torn() {
            if let Err(error) = Transaction::fill_log(self).await {
                self.close();
                return Err(error);
            }
            self.0.log.whole().await;
        }
        Ok(())
    }

    async fn connect(&self) -> Result<(), StoreError> {
        schema::prepare(&self.0.name).await?;
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
