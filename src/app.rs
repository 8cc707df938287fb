//! The composition root: adapters → services → contexts → pages. Beside `embed`, the only file that names the platform.

use crate::{
    i18n::{I18n, Language},
    pages,
    routes::Route,
    services::{Ports, Services},
    state::{
        address::Address, condition::Condition, drafts::Drafts, outbox::Outbox, preferences::Settings,
        session::OpenSheet,
    },
};
use bintang_dom::Node;
use bintang_domain::{
    ports::{DraftStore, OutboxStore, RubricStore},
    temporary::TemporaryStore,
};
use bintang_platform::{
    clock::BrowserClock,
    connectivity::BrowserConnectivity,
    files::Downloads,
    formats::IntlFormats,
    http::{FetchSender, RubricFiles},
    idb::Connection,
    lock, page,
    page::BrowserPage,
    preferences::LocalPreferences,
    shell::ServiceWorkerShell,
    storage_care::BrowserStorage,
};
use leptos::prelude::*;
use std::rc::Rc;

type Stores = (Rc<dyn DraftStore>, Rc<dyn OutboxStore>, Rc<dyn RubricStore>);

/// Starts the app: opens the store, or goes on without one, and shows the page.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        leptos::logging::error!("{info}");
        let words = Language::Indonesian.words();
        page::show_crash(words.crash_text, words.reload);
    }));
    // Leptos has no executor before it is mounted.
    page::spawn(async {
        let (stores, opened) = match Connection::open().await {
            Ok(connection) => (stores(connection), true),
            Err(error) => {
                leptos::logging::warn!("no lasting store: {error}");
                (stores(TemporaryStore::default()), false)
            }
        };
        page::loaded();
        bintang_dom::mount(move || app(stores, opened));
    });
}

fn stores(store: impl DraftStore + OutboxStore + RubricStore + Clone + 'static) -> Stores {
    (Rc::new(store.clone()), Rc::new(store.clone()), Rc::new(store))
}

fn ports((drafts, outbox, rubrics): Stores, opened: bool) -> Ports {
    Ports {
        drafts,
        outbox,
        rubrics,
        rubric_source: Rc::new(RubricFiles),
        sender: Rc::new(FetchSender),
        send_lock: lock::send_lock(),
        clock: Rc::new(BrowserClock),
        page: Rc::new(BrowserPage),
        connectivity: Rc::new(BrowserConnectivity),
        shell: Rc::new(ServiceWorkerShell),
        preferences: Rc::new(LocalPreferences::new()),
        files: Rc::new(Downloads),
        formats: Rc::new(IntlFormats),
        storage: Rc::new(BrowserStorage { opened }),
    }
}

/// The whole app.
fn app(stores: Stores, opened: bool) -> Node {
    let services = Services::provide(ports(stores, opened));
    let settings = Settings::provide(services);
    let address = Address::provide(services);
    Condition::provide(services);
    Drafts::provide(services);
    Outbox::provide(services);
    OpenSheet::provide(services);
    let i18n = I18n::get();
    page::on_link(move |query| address.go(Route::read(&query)));
    Effect::new(move || {
        let theme = settings.theme.get();
        services.with(|ports| ports.page.theme(theme.as_str()));
    });
    Effect::new(move || services.with(|ports| ports.page.describe(i18n.tag(), "Bintang")));
    pages::shown()
}
