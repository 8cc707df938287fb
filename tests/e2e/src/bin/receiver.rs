//! A receiver as a process of its own, that can be killed: `receiver FOLDER PORT`.

use anyhow::{Context as _, Result};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    rubrics::Rubrics,
    run,
    store::Store,
};
use std::{env, future::pending, net::Ipv4Addr, path::PathBuf};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = env::args().skip(1);
    let folder = PathBuf::from(words.next().context("a folder")?);
    let port: u16 = words.next().context("a port")?.parse()?;
    let store = Store::open_file(&folder.join("receiver.sqlite")).await?;
    let evidence = Evidence::open(&Place::Folder(folder.join("evidence")))?;
    let (rubrics, name, limits) = (Rubrics::default().into(), "Uji".to_owned(), Limits::default());
    let router = api::router(Receiver { store, evidence, rubrics, name, limits });
    run(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?, router, pending()).await;
    Ok(())
}
