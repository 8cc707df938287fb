//! The visit of an open sheet as Tinjau shows it: where it is, and who signed. A signature is on disk before the screen
//! shows it, then in the log, as a photo is (docs/adr/0008).

use crate::{services::Services, state::session::Session};
use bintang_dom::{RwSignal, effect};
use bintang_domain::{
    log::Change,
    ports::{StoreError, evidence::LocationError},
    signature::{Role, Signature, Stroke},
};
use leptos::task::spawn_local;

/// How far finding the place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locating {
    /// Nobody asked.
    Idle,
    /// Being asked.
    Asked,
    /// It was not found.
    Failed(LocationError),
}

/// The visit; lives as long as the page.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    /// Who signed, as it is on disk; `None` until it is read.
    pub signatures: RwSignal<Option<Vec<Signature>>>,
    /// Why the store did not do the last thing asked of it.
    pub failure: RwSignal<Option<StoreError>>,
    /// How far finding the place is.
    pub locating: RwSignal<Locating>,
    /// A signature is on its way to the disk.
    pub signing: RwSignal<bool>,
    session: Session,
    services: Services,
}

impl Visit {
    /// Reads the signatures of this sheet.
    #[must_use]
    pub fn of(services: Services, session: Session) -> Self {
        let visit = Self {
            signatures: RwSignal::new(None),
            failure: RwSignal::new(None),
            locating: RwSignal::new(Locating::Idle),
            signing: RwSignal::new(false),
            session,
            services,
        };
        // Whoever gets the turn sees what the tab before has done.
        effect(move || {
            session.turn.track();
            visit.read();
        });
        visit
    }

    /// Reads them; again where another tab may have changed them.
    pub fn read(self) {
        let reading = self.services.ports().store.signatures(self.session.assessment());
        spawn_local(async move {
            match reading.await {
                Ok(signatures) => {
                    if !signatures.damaged.is_empty() {
                        self.failure.set(Some(StoreError::Corrupt));
                    }
                    self.signatures.set(Some(signatures.whole));
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// The signature of this role; renews the view.
    #[must_use]
    pub fn signature(self, role: Role) -> Option<Signature> {
        self.signatures.with(|all| all.iter().flatten().find(|signature| signature.role == role).cloned())
    }

    /// Signs the sheet as it stands; `open` becomes false once that is on disk.
    pub fn sign(self, role: Role, name: &str, strokes: Vec<Stroke>, open: RwSignal<bool>) {
        let (at, sheet) = (self.session.now(), self.session.sum());
        self.put(role, Some(Signature { role, name: name.trim().to_owned(), at, sheet, strokes }), Some(open));
    }

    /// Takes a signature away.
    pub fn unsign(self, role: Role) {
        self.put(role, None, None);
    }

    fn put(self, role: Role, signature: Option<Signature>, open: Option<RwSignal<bool>>) {
        if !self.session.writes() || self.signing.get_untracked() {
            // Another tab writes, or the last one is still on its way.
            return self.failure.set(Some(StoreError::Conflict { stored: None }));
        }
        self.signing.set(true);
        if !self.session.autosave.is_begun() {
            // A sheet that a link began is stored first.
            self.session.save_again();
        }
        let before = self
            .signatures
            .with_untracked(|all| all.iter().flatten().find(|signature| signature.role == role).cloned());
        let writing = self.services.ports().store.sign(self.session.assessment(), role, signature.as_ref());
        spawn_local(async move {
            let outcome = writing.await;
            if outcome.is_ok() {
                let now = self.session.now();
                self.session.log(Change::of_signature(now, before.as_ref(), signature.as_ref()));
                self.signatures.update(|all| {
                    let all = all.get_or_insert_default();
                    all.retain(|other| other.role != role);
                    all.extend(signature);
                });
                if let Some(open) = open {
                    open.set(false);
                }
            }
            self.failure.set(outcome.err());
            self.signing.set(false);
        });
    }

    /// Asks where the phone is, and takes it down.
    pub fn locate(self) {
        let Some(ports) = self.services.later() else { return };
        self.locating.set(Locating::Asked);
        spawn_local(async move {
            match ports.location.here().await {
                Ok(place) => {
                    self.session.locate(Some(place));
                    self.locating.set(Locating::Idle);
                }
                Err(error) => self.locating.set(Locating::Failed(error)),
            }
        });
    }

    /// Takes the place away again.
    pub fn forget_place(self) {
        self.session.locate(None);
    }
}
