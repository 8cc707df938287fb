//! The composition root: adapters → services → contexts → pages. The only file that names the platform.

use crate::{
    context::App,
    pages,
    routes::Route,
    services::{LaterPorts, Ports, Services},
    state::{
        address::Address, condition::Condition, drafts::Drafts, lock::Lock, open_sheet::OpenSheet, outbox::Outbox,
        preferences::Settings,
    },
};
use bintang_dom::{Node, effect};
use bintang_domain::{ports::StoreError, store::Store};
use bintang_platform::{
    camera::BrowserCamera, cipher::WebCipher, clock::BrowserClock, connectivity::BrowserConnectivity,
    embedding::PageAround, fetch::Fetch, files::Downloads, formats::IntlFormats, http::FetchedFiles, idb::Connection,
    install::BrowserInstall, large_files::BrowserFiles, location::BrowserLocation, lock, offers::WindowOffers, page,
    page::BrowserPage, paper::BrowserPaper, phone::BrowserPhone, pictures::BrowserPictures,
    preferences::LocalPreferences, sealer::AesSealers, shell::ServiceWorkerShell, signer::WebSigner,
    storage_care::BrowserStorage, tabs::BrowserTabs,
};
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::rc::Rc;

/// Starts the app: opens the store, or goes on without one, and shows the page.
pub fn start() {
    // As shipped a panic traps without a word; `start.js` sees every trap and offers to load the page anew.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| leptos::logging::error!("{info}")));
    // Leptos has no executor before it is mounted.
    page::spawn(async {
        let (store, opened) = match Connection::open().await {
            Ok(connection) => (Store::new(Rc::new(connection)), true),
            Err(StoreError::Full) => {
                page::loaded();
                // What is stored is there, and must not be hidden by an empty list.
                return bintang_dom::mount(move || app(Store::temporary(), false, false, pages::full));
            }
            // The page says so wherever it would say "saved".
            Err(_) => (Store::temporary(), false),
        };
        // What cannot be asked may be locked: nothing is shown, and nothing written, before that is known.
        let locked = store.is_locked().await.unwrap_or(true);
        page::loaded();
        bintang_dom::mount(move || app(store, opened, locked, pages::shown));
    });
}

fn ports(store: Store, opened: bool) -> Ports {
    Ports {
        store,
        web_files: Rc::new(FetchedFiles),
        clock: Rc::new(BrowserClock),
        page: Rc::new(BrowserPage),
        connectivity: Rc::new(BrowserConnectivity),
        shell: Rc::new(ServiceWorkerShell),
        preferences: Rc::new(LocalPreferences::new()),
        files: Rc::new(Downloads),
        formats: Rc::new(IntlFormats),
        storage: Rc::new(BrowserStorage { opened }),
        later: || Box::pin(async { later_ports().await.ok() }),
    }
}

/// What the first screen does not need, in the same part as the pages that use it (docs/adr/0007).
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn later_ports() -> Result<LaterPorts, SplitLoaderError> {
    Ok(LaterPorts {
        http: Rc::new(Fetch),
        send_lock: lock::send_lock(),
        pictures: Rc::new(BrowserPictures::default()),
        camera: Rc::new(BrowserCamera),
        location: Rc::new(BrowserLocation),
        tabs: Rc::new(BrowserTabs::join()),
        offers: Rc::new(WindowOffers),
        install: Rc::new(BrowserInstall),
        large_files: Rc::new(BrowserFiles),
        cipher: Rc::new(WebCipher),
        signer: Rc::new(WebSigner::default()),
        paper: Rc::new(BrowserPaper),
        phone: Rc::new(BrowserPhone),
        embedding: Rc::new(PageAround),
        sealers: Rc::new(AesSealers),
    })
}

/// The whole app, with what it shows.
fn app(store: Store, opened: bool, locked: bool, shown: fn() -> Node) -> Node {
    let services = Services::new(ports(store, opened));
    let settings = Settings::new(services);
    let address = Address::new(services);
    let drafts = Drafts::new(services);
    let app = App {
        services,
        settings,
        address,
        condition: Condition::new(services),
        drafts,
        outbox: Outbox::new(services),
        open: OpenSheet::new(services, drafts),
        lock: Lock::new(locked),
    };
    app.provide();
    if settings.words.get_untracked().is_none() {
        settings.fetch_words(settings.language.get_untracked());
    }
    page::on_link(move |query| address.go(Route::read(&query)));
    effect(move || {
        let theme = settings.theme.get();
        services.ports().page.theme(theme.as_str());
    });
    shown()
}
