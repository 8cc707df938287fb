//! `bintang serve`: the app and a receiver on this machine.

mod address;
pub mod database;

use anyhow::{Context as _, Result, bail, ensure};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    metrics::Metrics,
    rubrics::Rubrics,
    run, site,
    store::{Store, database::Database},
};
use clap::Args;
use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, sync::Arc};
use tokio::{sync::watch, task::JoinSet};

/// Where everything is.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of the built app
    #[arg(long, value_name = "FOLDER")]
    app: PathBuf,
    /// Where the app listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    app_addr: SocketAddr,
    /// The path under which the app is served
    #[arg(long, value_name = "PATH", default_value = "/")]
    app_path: String,
    /// Where the receiver listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081")]
    receiver_addr: SocketAddr,
    /// Where what it did is counted for Prometheus, at /metrics [default: nowhere]
    #[arg(long, value_name = "ADDRESS")]
    metrics_addr: Option<SocketAddr>,
    /// The receiver's SQLite file, or postgres://… [default: BINTANG_DATABASE, which hides a password from the list of
    /// processes; else bintang/receiver.sqlite in your data folder]
    #[arg(long, value_name = "FILE|ADDRESS")]
    database: Option<String>,
    /// The folder of the receiver's files of evidence, or s3://BUCKET/PREFIX, with AWS_REGION, AWS_ENDPOINT,
    /// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment [default: evidence beside the SQLite file]
    #[arg(long, value_name = "FOLDER|ADDRESS")]
    evidence: Option<String>,
    /// Rubrics with which the receiver reckons scores again [default: rubrics in the app's folder]
    #[arg(long, value_name = "FOLDER")]
    rubrics: Option<PathBuf>,
    /// Requests that it answers at once; who comes beyond them is asked to come back
    #[arg(long, value_name = "NUMBER", default_value_t = 256)]
    at_once: usize,
    /// Requests a second of one token in the long run, and twenty times that at a stretch; all without one count as one
    #[arg(long, value_name = "NUMBER", default_value = "100")]
    a_second: NonZeroU32,
    /// What the receiver calls itself in its receipts
    #[arg(long, default_value = "Bintang receiver")]
    name: String,
}

/// Serves until Ctrl-C or a termination signal.
pub async fn serve(arguments: Arguments) -> Result<()> {
    let page = arguments.app.join("index.html");
    ensure!(page.is_file(), "there is no app in {}: {} is missing", arguments.app.display(), page.display());
    let rubrics = rubrics(&arguments)?;
    let database = database::given(arguments.database.as_deref())?;
    database::prepare_folder(&database)?;
    let store = Store::open(&database).await.with_context(|| database.to_string())?;
    let place = evidence_place(arguments.evidence.as_deref(), &database)?;
    let evidence = Evidence::open(&place).with_context(|| place.to_string())?;
    // Better now than at the first photo.
    evidence.alive().await.with_context(|| place.to_string())?;
    let app = address::listen(arguments.app_addr).await.context("the app")?;
    let receivers = address::listen(arguments.receiver_addr).await.context("the receiver")?;

    let at = |listeners: &[tokio::net::TcpListener]| address::shown(listeners).context("a listener without an address");
    let base = arguments.app_path.trim_matches('/');
    let slash = if base.is_empty() { "" } else { "/" };
    println!("The app:       {}/{base}{slash}", at(&app)?);
    println!("The receiver:  {}/assessments", at(&receivers)?);
    println!("               (enter this address in the app under Pengaturan)");
    println!("It stores in:  {}", database);
    println!("Photos go to:  {place}");
    println!("It reckons with {} rubrics and calls itself “{}”.", rubrics.len(), arguments.name);
    println!("Its receipts are signed by key {}.", store.receipt_key().public().name().short());
    if store.has_tokens().await? {
        println!("It takes nothing without a token.");
    } else {
        println!("Anybody who reaches it may send: `bintang token add` makes the first token.");
    }
    println!("Ctrl-C stops both.");

    let metrics = Metrics::default();
    let watched = match arguments.metrics_addr {
        Some(address) => address::listen(address).await.context("the counts")?,
        None => Vec::new(),
    };
    if !watched.is_empty() {
        println!("It is counted: {}/metrics", at(&watched)?);
    }
    let receiver = Receiver {
        store: store.clone(),
        evidence,
        rubrics: Arc::new(rubrics),
        name: arguments.name,
        limits: Limits::of(arguments.at_once, arguments.a_second),
    };
    let receiver_router = api::counted(receiver, metrics.clone());
    let app_router = site::router(&arguments.app, &arguments.app_path);
    let (stop, stopping) = watch::channel(());
    let mut running = JoinSet::new();
    for listener in app {
        running.spawn(run(listener, app_router.clone(), stopped(stopping.clone())));
    }
    for listener in watched {
        running.spawn(run(listener, metrics.router(), stopped(stopping.clone())));
    }
    for listener in receivers {
        running.spawn(run(listener, receiver_router.clone(), stopped(stopping.clone())));
    }
    interrupted().await?;
    println!("Stopping.");
    drop(stop);
    while running.join_next().await.is_some() {}
    store.close().await;
    Ok(())
}

/// Where photos are.
pub fn evidence_place(said: Option<&str>, database: &Database) -> Result<Place> {
    match (said, database) {
        (Some(place), _) => Ok(Place::parse(place)),
        (None, Database::File(file)) => Ok(Place::Folder(file.with_file_name("evidence"))),
        (None, Database::Postgres(_)) => bail!("say with --evidence where photos go"),
    }
}

fn rubrics(arguments: &Arguments) -> Result<Rubrics> {
    let folder = arguments.rubrics.clone().unwrap_or_else(|| arguments.app.join("rubrics"));
    let (rubrics, unusable) = Rubrics::read(&folder).with_context(|| folder.display().to_string())?;
    for file in unusable {
        eprintln!("{} is not used: {}", file.file, file.reason);
    }
    Ok(rubrics)
}

async fn stopped(mut stopping: watch::Receiver<()>) {
    // The sender is dropped, never used: that is the sign.
    drop(stopping.changed().await);
}

#[cfg(unix)]
async fn interrupted() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome?,
        _ = terminated.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn interrupted() -> Result<()> {
    Ok(tokio::signal::ctrl_c().await?)
}
