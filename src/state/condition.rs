//! The condition of the phone: network, store, offline shell.

use crate::services::Services;
use bintang_domain::ports::page::{Keeping, ShellState};
use leptos::{prelude::*, task::spawn_local};

/// What the banners speak of.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// Whether the browser believes to be connected.
    pub online: RwSignal<bool>,
    /// How safe the store is; `None` while it is asked.
    pub keeping: RwSignal<Option<Keeping>>,
    /// How far the offline shell is.
    pub shell: RwSignal<ShellState>,
}

impl Condition {
    /// Looks, and goes on looking.
    pub fn provide(services: Services) -> Self {
        let connectivity = services.with(|ports| ports.connectivity.clone());
        let condition = Self {
            online: RwSignal::new(connectivity.online()),
            keeping: RwSignal::new(None),
            shell: RwSignal::new(ShellState::Starting),
        };
        connectivity.on_change(Box::new(move |online| {
            condition.online.try_set(online);
        }));
        services.with(|ports| {
            ports.shell.start(Box::new(move |state| {
                condition.shell.try_set(state);
            }));
        });
        let keeping = services.with(|ports| ports.storage.keeping());
        spawn_local(async move {
            let keeping = keeping.await;
            condition.keeping.try_set(Some(keeping));
        });
        provide_context(condition);
        condition
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether what is entered lives only as long as the page.
    #[must_use]
    pub fn temporary(self) -> bool {
        self.keeping.get() == Some(Keeping::Temporary)
    }
}
