//! A server on a port that stays the same: stopped, its sockets are closed; started, it is at the same address again.

use anyhow::{Context as _, Result};
use axum::Router;
use bintang_receiver::run;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// A server, running or stopped.
pub struct Server {
    port: u16,
    router: Router,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Server {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// There is none.
    pub async fn start_new(router: Router) -> Result<Self> {
        let mut server = Self { port: 0, router, running: None };
        server.start().await?;
        Ok(server)
    }

    /// Starts it, if it is stopped.
    ///
    /// # Errors
    /// Its port was taken meanwhile.
    pub async fn start(&mut self) -> Result<()> {
        if self.running.is_some() {
            return Ok(());
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = TcpListener::bind(address).await.with_context(|| address.to_string())?;
        self.port = listener.local_addr()?.port();
        let (stop, stopped) = oneshot::channel();
        let router = self.router.clone();
        let running = tokio::spawn(async move {
            run(listener, router, async { drop(stopped.await) }).await;
        });
        self.running = Some((stop, running));
        Ok(())
    }

    /// Stops it and waits until every socket is closed.
    ///
    /// # Errors
    /// It panicked.
    pub async fn stop(&mut self) -> Result<()> {
        let Some((stop, running)) = self.running.take() else { return Ok(()) };
        drop(stop);
        running.await.context("the server panicked")
    }

    /// Serves something else from the next start on.
    pub fn replace(&mut self, router: Router) {
        self.router = router;
    }

    /// The same under the other name of this machine, which is another site.
    #[must_use]
    pub fn other_origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Its origin.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
