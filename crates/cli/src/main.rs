//! `bintang`: the command line for programme owners and webmasters.

mod check;
mod conform;
mod diff;
mod embed_check;
mod endpoint;
mod given;
mod import;
mod key;
mod new;
mod panel;
mod rubric_file;
mod schema;
mod score;
mod serve;
mod shown;
mod token;
mod verify;

use clap::{Parser, Subcommand};
use std::{
    io::{self, BufWriter, ErrorKind, StdoutLock, Write as _},
    process::ExitCode,
};

/// Bintang: scores village products, offline first.
#[derive(Debug, Parser)]
#[command(name = "bintang", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tells what is wrong with rubrics, and how to mend it.
    Check(check::Arguments),
    /// Plays the upload contract against a running endpoint, and says what held.
    Conform(conform::Arguments),
    /// Scores one sheet, or many.
    Score(score::Arguments),
    /// Tells what changed between two rubrics, and which products would change stars.
    Diff(diff::Arguments),
    /// Says what on a page stands in the way of the scorer, and which lines to add.
    EmbedCheck(embed_check::Arguments),
    /// Hands an endpoint over to phones, as a file or a link.
    Endpoint(endpoint::Arguments),
    /// Makes a rubric from a spreadsheet with one row an option.
    Import(import::Arguments),
    /// Says which key signs the receiver's receipts, and which keys belong to assessors.
    Key(key::Arguments),
    /// Prints a rubric to start from.
    New(new::Arguments),
    /// Brings the sheets of a panel to one verdict.
    Panel(panel::Arguments),
    /// Prints the JSON Schema of a document.
    Schema(schema::Arguments),
    /// Serves the app and a receiver for its assessments, until Ctrl-C.
    Serve(serve::Arguments),
    /// Says who may send to the receiver and read from it.
    Token(token::Arguments),
    /// Tells whether a bundle, or what a receiver stores, proves what it says.
    Verify(verify::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("BINTANG_LOG").unwrap_or_else(|_| "info,sqlx=warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(io::stderr).init();
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        // Whoever reads us has seen enough (`bintang score … | head`).
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bintang: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Conform(arguments) => conform::conform(arguments).await,
        Command::Check(arguments) => printing(|out| check::check(&arguments, out)),
        Command::Score(arguments) => printing(|out| score::score(&arguments, out)),
        Command::EmbedCheck(arguments) => embed_check::embed_check(arguments).await,
        Command::Endpoint(arguments) => endpoint::endpoint(arguments),
        Command::Diff(arguments) => printing(|out| diff::diff(&arguments, out)),
        Command::Import(arguments) => printing(|out| import::import(&arguments, out)),
        Command::Key(arguments) => key::key(arguments).await,
        Command::New(arguments) => printing(|out| new::new(&arguments, out)),
        Command::Panel(arguments) => printing(|out| panel::verdict(&arguments, out)),
        Command::Schema(arguments) => printing(|out| schema::print(&arguments, out)),
        Command::Serve(arguments) => serve::serve(arguments).await.map(|()| ExitCode::SUCCESS),
        Command::Token(arguments) => token::token(arguments).await,
        Command::Verify(arguments) => verify::verify(&arguments, &mut io::stdout()).await,
    }
}

/// Gives standard output to a command that ends; a full disk behind it is an error, not a silence.
fn printing(
    print: impl FnOnce(&mut BufWriter<StdoutLock<'_>>) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let code = print(&mut out)?;
    out.flush()?;
    Ok(code)
}
