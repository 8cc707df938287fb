//! The ports, handed to the app as one value.

use bintang_dom::StoredValue;
use bintang_domain::ports::{
    Clock, Pending, SendLock, WebFiles,
    cipher::Cipher,
    embedding::Embedding,
    evidence::{Camera, Location, Pictures},
    http::Http,
    install::Install,
    large_files::LargeFiles,
    offers::Offers,
    page::{Connectivity, Files, Formats, Page, Preferences, Shell, StorageCare},
    paper::Paper,
    phone::Phone,
    seal::Sealers,
    signer::Signer,
    tabs::Tabs,
};
use bintang_domain::store::Store;
use std::{cell::OnceCell, rc::Rc};

/// Everything the app needs from outside.
#[expect(missing_debug_implementations, reason = "ports are trait objects")]
pub struct Ports {
    /// Drafts, the outbox, rubrics as used.
    pub store: Store,
    /// Files beside the app and elsewhere.
    pub web_files: Rc<dyn WebFiles>,
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
    /// Brings the ports that come later.
    pub later: BringLater,
}

/// What the first screen does not need; comes with the part (docs/adr/0007).
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "ports are trait objects")]
pub struct LaterPorts {
    /// The network.
    pub http: Rc<dyn Http>,
    /// One tab sends at a time.
    pub send_lock: Rc<dyn SendLock>,
    /// Pictures chosen, scaled, shown.
    pub pictures: Rc<dyn Pictures>,
    /// The camera in the page.
    pub camera: Rc<dyn Camera>,
    /// The phone's position.
    pub location: Rc<dyn Location>,
    /// The other tabs.
    pub tabs: Rc<dyn Tabs>,
    /// Endpoints handed over by links.
    pub offers: Rc<dyn Offers>,
    /// The browser's offer to install the app.
    pub install: Rc<dyn Install>,
    /// Backups out and in.
    pub large_files: Rc<dyn LargeFiles>,
    /// Keys from passphrases.
    pub cipher: Rc<dyn Cipher>,
    /// The phone's own key.
    pub signer: Rc<dyn Signer>,
    /// What seals the records of a locked store.
    pub sealers: Rc<dyn Sealers>,
    /// Printing, and reports as files.
    pub paper: Rc<dyn Paper>,
    /// What the phone says of itself.
    pub phone: Rc<dyn Phone>,
    /// The page around the app, where there is one.
    pub embedding: Rc<dyn Embedding>,
}

/// Brings [`LaterPorts`]; `None` where they cannot be had now.
pub type BringLater = fn() -> Pending<Option<LaterPorts>>;

/// The ports in the context: a handle that is copied freely. The ports belong to the page's one thread.
#[derive(Debug, Clone, Copy)]
pub struct Services(StoredValue<Rc<Ports>>, StoredValue<Rc<OnceCell<LaterPorts>>>);

impl Services {
    /// Keeps the ports in the running owner, for as long as the app lives.
    #[must_use]
    pub fn new(ports: Ports) -> Self {
        Self(StoredValue::new(Rc::new(ports)), StoredValue::new(Rc::default()))
    }

    /// Brings what came later; whether it is there.
    pub async fn bring_later(self) -> bool {
        let there = self.1.get_value();
        if there.get().is_none()
            && let Some(ports) = (self.ports().later)().await
        {
            // Of two that were brought at once the first one stays.
            let _ = there.set(ports);
        }
        there.get().is_some()
    }

    /// What came later; for code of the part, which is there only after it.
    #[must_use]
    pub fn later(self) -> Option<LaterPorts> {
        self.1.with_value(|there| there.get().cloned())
    }

    /// The ports.
    #[must_use]
    #[inline(never)]
    pub fn ports(self) -> Rc<Ports> {
        self.0.get_value()
    }
}
