//! A receiver that really listens.

use super::{
    client::{self, Answer},
    envelope::repository,
};
use axum::Router;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_domain::digest::Digest;
use bintang_programs::{Postgres, postgres};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    rubrics::Rubrics,
    run,
    store::{Store, database::Database},
};
use hyper::Method;
use sqlx::{AnyConnection, Connection as _};
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// Servers of databases, until the threads of their tests end.
static DATABASES: Mutex<Vec<Postgres>> = Mutex::new(Vec::new());

/// The store of the receiver in this folder: an SQLite file; in the tests that are called so a PostgreSQL server of the
/// folder's own.
pub async fn store(folder: &Path) -> Store {
    let program = std::env::current_exe().unwrap();
    let on_postgres = program.file_name().unwrap().to_str().unwrap().starts_with("on_postgres");
    if !on_postgres {
        return Store::open_file(&folder.join("receiver.sqlite")).await.unwrap();
    }
    let known = folder.join("postgres-address");
    let address = match fs::read_to_string(&known) {
        Ok(address) => address,
        Err(_) => {
            let server = postgres(folder).await.unwrap();
            let server = server.unwrap_or_else(|| panic!("postgresql is not installed (cargo xtask setup)"));
            let address = server.address();
            fs::write(&known, &address).unwrap();
            DATABASES.lock().unwrap().push(server);
            address
        }
    };
    Store::open(&Database::parse(&address)).await.unwrap()
}

/// A connection of its own to the same database.
pub async fn connection(folder: &Path) -> AnyConnection {
    let address = fs::read_to_string(folder.join("postgres-address"));
    let address = address.unwrap_or_else(|_| format!("sqlite://{}", folder.join("receiver.sqlite").display()));
    AnyConnection::connect(&address).await.unwrap()
}

/// A router behind a socket until it is dropped or stopped.
pub struct Server {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Server {
    pub async fn start(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(run(listener, router, async { drop(stopped.await) }));
        Self { address, stop, running }
    }

    /// A receiver with the shipped rubrics, its database in `folder`.
    pub async fn receiver(folder: &Path) -> Self {
        let (rubrics, unusable) = Rubrics::read(&repository().join("public/rubrics")).unwrap();
        assert!(unusable.is_empty(), "{unusable:?}");
        Self::receiver_with(folder, rubrics).await
    }

    pub async fn receiver_with(folder: &Path, rubrics: Rubrics) -> Self {
        Self::receiver_of(folder, rubrics, Limits::default()).await
    }

    /// One that bears less.
    pub async fn receiver_within(folder: &Path, limits: Limits) -> Self {
        let (rubrics, _) = Rubrics::read(&repository().join("public/rubrics")).unwrap();
        Self::receiver_of(folder, rubrics, limits).await
    }

    async fn receiver_of(folder: &Path, rubrics: Rubrics, limits: Limits) -> Self {
        let store = store(folder).await;
        let evidence = Evidence::open(&Place::Folder(folder.join("evidence"))).unwrap();
        let name = "Uji".to_owned();
        Self::start(api::router(Receiver { store, evidence, rubrics: Arc::new(rubrics), name, limits })).await
    }

    pub async fn stop(self) {
        drop(self.stop);
        self.running.await.unwrap();
    }

    /// Posts a document as the app does, without the key.
    pub async fn post(&self, document: &str) -> Answer {
        let digest = format!("sha-256=:{}:", STANDARD.encode(Digest::of(document.as_bytes()).bytes()));
        self.post_with(&[("content-type", "application/json"), ("content-digest", &digest)], document).await
    }

    /// The same at another address.
    pub async fn post_to(&self, path: &str, document: &str) -> Answer {
        let head = [("content-type", "application/json")];
        client::send(self.address, Method::POST, path, &head, document.as_bytes()).await
    }

    pub async fn post_with(&self, head: &[(&str, &str)], document: &str) -> Answer {
        client::send(self.address, Method::POST, "/assessments", head, document.as_bytes()).await
    }

    pub async fn put(&self, path: &str, head: &[(&str, &str)], body: &[u8]) -> Answer {
        client::send(self.address, Method::PUT, path, head, body).await
    }

    pub async fn head(&self, path: &str) -> Answer {
        client::send(self.address, Method::HEAD, path, &[], b"").await
    }

    pub async fn get(&self, path: &str) -> Answer {
        client::get(self.address, path).await
    }
}
