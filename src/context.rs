//! What every page can reach: one value in Leptos' context.

use crate::{
    i18n::{BUILT_IN, I18n, Later},
    services::Services,
    state::{
        address::Address, condition::Condition, drafts::Drafts, lock::Lock, open_sheet::OpenSheet, outbox::Outbox,
        preferences::Settings,
    },
};
use leptos::prelude::{expect_context, provide_context};

/// The parts of the running app, as handles that are copied freely.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "the desk has functions")]
pub struct App {
    /// What the app needs from outside.
    pub services: Services,
    /// The person's settings.
    pub settings: Settings,
    /// The present place.
    pub address: Address,
    /// The condition of the phone.
    pub condition: Condition,
    /// The list of assessments.
    pub drafts: Drafts,
    /// What is on its way.
    pub outbox: Outbox,
    /// The sheet that is open.
    pub open: OpenSheet,
    /// Whether the store is locked.
    pub lock: Lock,
}

impl App {
    /// Puts it into the context of the running owner.
    pub fn provide(self) {
        provide_context(self);
    }

    /// From the context.
    #[must_use]
    #[inline(never)]
    pub fn get() -> Self {
        expect_context()
    }
}

impl Services {
    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().services
    }
}

impl I18n {
    /// The language and words of the page that is being written, from the context.
    #[must_use]
    #[inline(never)]
    pub fn get() -> Self {
        let App { settings, services, .. } = App::get();
        let first = settings.words.get_untracked().unwrap_or(BUILT_IN);
        let words = Later { first, own: settings.later_words.get_untracked() };
        Self::new(settings.language.get_untracked(), words, services)
    }
}
