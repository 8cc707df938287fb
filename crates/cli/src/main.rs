//! `bintang`: the command line for programme owners and webmasters.

mod schema;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Bintang: scores village products, offline first.
#[derive(Debug, Parser)]
#[command(name = "bintang", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the app and a receiver for its assessments, until Ctrl-C.
    Serve(serve::Arguments),
    /// Prints the JSON Schema of a document.
    Schema(schema::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("BINTANG_LOG").unwrap_or_else(|_| "info,sqlx=warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
    let outcome = match Arguments::parse().command {
        Command::Serve(arguments) => serve::serve(arguments).await,
        Command::Schema(arguments) => schema::print(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bintang: {error:#}");
            ExitCode::FAILURE
        }
    }
}
