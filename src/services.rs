//! The ports, handed to the app as one value.

use bintang_domain::ports::{
    Clock, DraftStore, OutboxStore, RubricSource, RubricStore, SendLock, Sender,
    page::{Connectivity, Files, Formats, Page, Preferences, Shell, StorageCare},
};
use leptos::prelude::*;
use std::rc::Rc;

/// Everything the app needs from outside.
#[expect(missing_debug_implementations, reason = "ports are trait objects")]
pub struct Ports {
    /// Drafts.
    pub drafts: Rc<dyn DraftStore>,
    /// Finished assessments on their way.
    pub outbox: Rc<dyn OutboxStore>,
    /// Rubrics as used.
    pub rubrics: Rc<dyn RubricStore>,
    /// Rubrics that come with the app.
    pub rubric_source: Rc<dyn RubricSource>,
    /// Sends documents.
    pub sender: Rc<dyn Sender>,
    /// One tab sends at a time.
    pub send_lock: Rc<dyn SendLock>,
    /// Time and chance.
    pub clock: Rc<dyn Clock>,
    /// The page's address and view.
    pub page: Rc<dyn Page>,
    /// The network's state.
    pub connectivity: Rc<dyn Connectivity>,
    /// The offline shell.
    pub shell: Rc<dyn Shell>,
    /// Small settings.
    pub preferences: Rc<dyn Preferences>,
    /// Files for the person.
    pub files: Rc<dyn Files>,
    /// Numbers and dates.
    pub formats: Rc<dyn Formats>,
    /// How safe the store is.
    pub storage: Rc<dyn StorageCare>,
}

/// The ports in the context: a handle that is copied freely. The ports belong to the page's one thread.
#[derive(Debug, Clone, Copy)]
pub struct Services(StoredValue<Ports, LocalStorage>);

impl Services {
    /// Puts the ports into the context of the running owner, for as long as the app lives.
    pub fn provide(ports: Ports) -> Self {
        let services = Self(StoredValue::new_local(ports));
        provide_context(services);
        services
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Uses the ports.
    pub fn with<T>(self, use_ports: impl FnOnce(&Ports) -> T) -> T {
        self.0.with_value(use_ports)
    }
}
