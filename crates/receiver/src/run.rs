//! Serving on a listener until told to stop.

use axum::Router;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{future::Future, pin::pin, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};
use tower::Service as _;

/// Who asks but never finishes its head is not waited for longer.
const HEAD_WAIT: Duration = Duration::from_secs(30);
/// Requests under way when the server stops get this long to end.
const LAST_WAIT: Duration = Duration::from_secs(5);
/// Pause after the system refused a connection, such as for want of file descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `shutdown` ends. Then no connection is taken any more, idle ones are closed at once, and requests under
/// way get five seconds; when this returns, every socket is closed.
pub async fn run(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let (stop, stopping) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(connections.spawn(serve(stream, router.clone(), stopping.clone()))),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(BREATH).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    drop(stop);
    let ended = timeout(LAST_WAIT, async { while connections.join_next().await.is_some() {} }).await;
    if ended.is_err() {
        tracing::warn!(open = connections.len(), "requests were cut off");
        connections.shutdown().await;
    }
}

async fn serve(stream: TcpStream, router: Router, mut stopping: watch::Receiver<()>) {
    // Answers are small and whole; waiting for more to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let service = tower::service_fn(move |request: hyper::Request<Incoming>| router.clone().call(request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WAIT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = pin!(connection);
    let outcome = tokio::select! {
        outcome = &mut connection => outcome,
        // The sender is dropped, never used: that is the sign.
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "a connection ended badly");
    }
}
