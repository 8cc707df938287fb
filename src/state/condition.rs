//! The condition of the phone: network, store, offline shell.

use crate::{context::App, services::Services};
use bintang_dom::RwSignal;
use bintang_domain::ports::page::{Keeping, ShellState};
use leptos::task::spawn_local;

/// What the banners speak of.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// Whether the browser believes to be connected.
    pub online: RwSignal<bool>,
    /// How safe the store is; `None` while it is asked.
    pub keeping: RwSignal<Option<Keeping>>,
    /// How far the offline shell is.
    pub shell: RwSignal<ShellState>,
    /// A new version was asked for while a sheet is open somewhere.
    pub sheet_in_use: RwSignal<bool>,
    services: Services,
}

impl Condition {
    /// Looks, and goes on looking.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let connectivity = services.ports().connectivity.clone();
        let condition = Self {
            online: RwSignal::new(connectivity.online()),
            keeping: RwSignal::new(None),
            shell: RwSignal::new(ShellState::Starting),
            sheet_in_use: RwSignal::new(false),
            services,
        };
        connectivity.on_change(Box::new(move |online| condition.online.set(online)));
        services.ports().shell.start(Box::new(move |state| condition.shell.set(state)));
        let keeping = services.ports().storage.keeping();
        spawn_local(async move {
            let keeping = keeping.await;
            condition.keeping.set(Some(keeping));
        });
        condition
    }

    /// Asks the browser to keep what is stored, where it has not promised to. It may ask the person, so this is called
    /// when there is something to keep, or when the person wants it.
    pub fn keep(self) {
        if self.keeping.get_untracked() != Some(Keeping::BestEffort) {
            return;
        }
        let keeping = self.services.ports().storage.keep();
        spawn_local(async move {
            if keeping.await {
                self.keeping.set(Some(Keeping::Lasting));
            }
        });
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().condition
    }

    /// Whether what is entered lives only as long as the page.
    #[must_use]
    pub fn temporary(self) -> bool {
        self.keeping.get() == Some(Keeping::Temporary)
    }
}
