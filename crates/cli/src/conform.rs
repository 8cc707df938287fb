//! `bintang conform`: plays the upload contract against a running endpoint and says what held (upload contract, section 5).

mod checks;
mod client;
mod sample;

use crate::given::{address, token};
use anyhow::{Result, ensure};
use bintang_domain::{endpoint::Access, web_address::WebAddress};
use clap::{Args, ValueEnum};
use client::Client;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// What is tried, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How the endpoint is spoken to
    #[arg(value_enum)]
    profile: Profile,
    /// Where it is, such as https://ovop.example.id/assessments
    #[arg(value_name = "ADDRESS", value_parser = address)]
    address: WebAddress,
    /// Reads a bearer token from standard input
    #[arg(long)]
    token: bool,
    /// The site of the app, whose pages must be let in (CORS)
    #[arg(long, value_name = "ORIGIN", default_value = "https://app.example.id")]
    origin: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Profile {
    /// The receiver's own.
    Bintang,
}

/// Plays it; the code says whether everything held.
pub async fn conform(arguments: Arguments) -> Result<ExitCode> {
    let Profile::Bintang = arguments.profile;
    ensure!(!arguments.origin.contains(char::is_whitespace), "an origin has no spaces");
    let access = if arguments.token { Access::Bearer(token()?) } else { Access::Open };
    eprintln!("Everything sent is about the product “{}”; nothing is taken away afterwards.", sample::PRODUCT);
    let client = Client::new(arguments.address, access, arguments.origin);
    // The client waits for its answers.
    let failed = tokio::task::spawn_blocking(move || play(&client, &mut io::stdout().lock())).await??;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tries all of it, one line each; how many failed.
fn play(client: &Client, out: &mut impl Write) -> Result<usize> {
    let mut failed = 0;
    for (name, check) in checks::ALL {
        let (word, text) = match check(client) {
            Ok(seen) => ("ok", seen),
            Err(why) => {
                failed += 1;
                ("FAILED", format!("{why:#}"))
            }
        };
        writeln!(out, "{word:<7} {name:<34} {text}")?;
    }
    let of = checks::ALL.len();
    writeln!(out, "{} of {of} held", of - failed)?;
    Ok(failed)
}
