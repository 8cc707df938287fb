//! The ports, handed to the app as one value.

use bintang_dom::StoredValue;
use bintang_domain::ports::{
    Clock, SendLock, Sender, WebFiles,
    page::{Connectivity, Files, Formats, Page, Preferences, Shell, StorageCare},
};
use bintang_domain::store::Store;
use std::rc::Rc;

/// Everything the app needs from outside.
#[expect(missing_debug_implementations, reason = "ports are trait objects")]
pub struct Ports {
    /// Drafts, the outbox, rubrics as used.
    pub store: Store,
    /// Files beside the app and elsewhere.
    pub web_files: Rc<dyn WebFiles>,
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
pub struct Services(StoredValue<Rc<Ports>>);

impl Services {
    /// Keeps the ports in the running owner, for as long as the app lives.
    #[must_use]
    pub fn new(ports: Ports) -> Self {
        Self(StoredValue::new(Rc::new(ports)))
    }

    /// The ports.
    #[must_use]
    #[inline(never)]
    pub fn ports(self) -> Rc<Ports> {
        self.0.get_value()
    }
}
