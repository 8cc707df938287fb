//! `bintang token`: who may send to the receiver and read from it (docs/adr/0014).

use crate::serve::database::{Receivers, now_ms};
use anyhow::{Result, bail, ensure};
use bintang_receiver::{
    store::Store,
    tokens::{Grant, Label, Scope, Token},
};
use clap::{Args, Subcommand};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// What is done, and in which database.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    receivers: Receivers,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes a token and prints it, this once: only its SHA-256 is kept.
    Add {
        /// The team whose it is
        #[arg(long, value_name = "NAME", value_parser = Label::parse)]
        team: Label,
        /// What you call it, such as "tablet 3"
        #[arg(long, value_name = "NAME", value_parser = Label::parse)]
        name: Label,
        /// What it allows: upload, read (the team's own), read-all; several with a comma
        #[arg(long, value_name = "SCOPES", value_delimiter = ',', default_value = "upload", value_parser = scope)]
        scopes: Vec<Scope>,
    },
    /// Lists them all, also those that were taken back.
    List,
    /// Takes one back from this moment on.
    Revoke {
        /// The eight digits that the list shows
        token: String,
    },
}

fn scope(word: &str) -> Result<Scope, String> {
    Scope::parse(word).ok_or_else(|| "a scope is upload, read or read-all".to_owned())
}

/// Does it.
pub async fn token(arguments: Arguments) -> Result<ExitCode> {
    let store = arguments.receivers.open(matches!(arguments.what, What::Add { .. })).await?;
    let done = match arguments.what {
        What::Add { team, name, scopes } => add(&store, team, name, scopes).await,
        What::List => list(&store).await,
        What::Revoke { token } => revoke(&store, &token).await,
    };
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn add(store: &Store, team: Label, name: Label, mut scopes: Vec<Scope>) -> Result<()> {
    scopes.sort_unstable();
    scopes.dedup();
    let token = Token::make()?;
    let grant = Grant { sum: token.sum(), team, name, scopes, made_at_ms: now_ms()?, revoked_at_ms: None };
    store.add_token(&grant).await?;
    eprintln!("Token {} of {}. It is shown this once; keep it like a key.", grant.short(), grant.team);
    writeln!(io::stdout(), "{}", token.reveal())?;
    Ok(())
}

async fn list(store: &Store) -> Result<()> {
    let mut out = io::stdout().lock();
    for grant in store.tokens().await? {
        let scopes: Vec<&str> = grant.scopes.iter().map(|scope| scope.word()).collect();
        let state = if grant.revoked_at_ms.is_some() { "taken back" } else { "valid" };
        let fields = [&grant.short(), state, &scopes.join(","), grant.team.as_str(), grant.name.as_str()];
        writeln!(out, "{}", fields.join("\t"))?;
    }
    Ok(())
}

async fn revoke(store: &Store, short: &str) -> Result<()> {
    ensure!(short.len() >= 8, "say eight digits: `bintang token list` shows them");
    let grants = store.tokens().await?;
    let named: Vec<&Grant> = grants.iter().filter(|grant| grant.sum.to_string().starts_with(short)).collect();
    match named.as_slice() {
        [] => bail!("no token begins with {short}"),
        [grant] if store.revoke_token(grant.sum, now_ms()?).await? => {
            eprintln!("Token {} of {} is taken back.", grant.short(), grant.team);
            Ok(())
        }
        [grant] => bail!("token {} was taken back before", grant.short()),
        _ => bail!("several tokens begin with {short}: say more digits"),
    }
}
