//! `bintang conform`: plays the upload contract against a running endpoint and says what held (upload contract, section 5).

mod carried;
mod client;
mod folder;
mod let_in;
mod receiver;
mod sample;
mod taker;

use crate::given::{access, address, way};
use anyhow::{Result, ensure};
use bintang_domain::{
    endpoint::{Endpoint, Profile, ProfileKind},
    web_address::WebAddress,
};
use clap::Args;
use client::Client;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// What is tried, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How the endpoint is spoken to: bintang, multipart, json, simple, put or put-thrifty
    #[arg(value_parser = way)]
    profile: ProfileKind,
    /// Where it is, such as https://ovop.example.id/assessments
    #[arg(value_name = "ADDRESS", value_parser = address)]
    address: WebAddress,
    /// Reads a bearer token from standard input
    #[arg(long)]
    token: bool,
    /// Sends this name with the password of standard input in the place of a token
    #[arg(long, value_name = "NAME", conflicts_with = "token")]
    user: Option<String>,
    /// Bytes that it takes at once, if there is a limit
    #[arg(long, value_name = "BYTES")]
    limit: Option<u64>,
    /// Text that stands in the answer of a simple endpoint that took it
    #[arg(long, value_name = "TEXT", default_value = "")]
    mark: String,
    /// The site of the app, whose pages must be let in (CORS)
    #[arg(long, value_name = "ORIGIN", default_value = "https://app.example.id")]
    origin: String,
}

/// A check: what it saw, or why it did not hold.
type Check = fn(&Client) -> Result<String>;

/// Plays it; the code says whether everything held.
pub async fn conform(arguments: Arguments) -> Result<ExitCode> {
    ensure!(!arguments.origin.contains(char::is_whitespace), "an origin has no spaces");
    let access = access(arguments.token, arguments.user)?;
    eprintln!("Everything sent is about the product “{}”; nothing is taken away afterwards.", sample::PRODUCT);
    let (profile, limit) = (arguments.profile.profile(&arguments.mark), arguments.limit);
    let checks = match &profile {
        Profile::Bintang => receiver::ALL.as_slice(),
        Profile::Multipart | Profile::Json | Profile::Simple { .. } => &taker::ALL,
        Profile::Put { .. } => &folder::ALL,
    };
    let endpoint = Endpoint { access, profile, limit, ..Endpoint::at(arguments.address) };
    if let Some(unfit) = endpoint.unfit() {
        anyhow::bail!("what is said of the endpoint does not go together: {unfit:?}");
    }
    let client = Client::new(endpoint, arguments.origin);
    // The client waits for its answers.
    let failed = tokio::task::spawn_blocking(move || play(&client, checks, &mut io::stdout().lock())).await??;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tries all of it, one line each; how many failed.
fn play(client: &Client, checks: &[(&str, Check)], out: &mut impl Write) -> Result<usize> {
    let mut failed = 0;
    for (name, check) in checks {
        let (word, text) = match check(client) {
            Ok(seen) => ("ok", seen),
            Err(why) => {
                failed += 1;
                ("FAILED", format!("{why:#}"))
            }
        };
        writeln!(out, "{word:<7} {name:<34} {text}")?;
    }
    let of = checks.len();
    writeln!(out, "{} of {of} held", of - failed)?;
    Ok(failed)
}
