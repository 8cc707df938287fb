//! `cargo xtask …`: the one tool people must know. It sets the machine up, builds, checks and serves.

mod app_build;
mod bench_rubrics;
mod bench_wasm;
mod budget;
mod fuzz;
mod layers;
mod post_build;
mod process;
mod regions;
mod screens;
mod serve;
mod setup;
mod suite;
mod torture;
mod web;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask setup                     install what is missing for builds and tests
cargo xtask serve                     build a release, then run the app (port 8080) and the receiver (port 8081)
cargo xtask test [STEP|WORD …]        every check and test; a step's name or a word of a test's name narrows it
cargo xtask build [--profile web|web-dev] [--public-url ./]
                                      the web app into dist/
cargo xtask budget                    what the first load weighs, held against budget.toml
cargo xtask fuzz [TARGET …] [--minutes N] [--keep]
                                      any bytes as a rubric, any bytes as another document; no part of test
cargo xtask torture [--full] [CASE…]  kills, reloads and broken stores in three engines; --full writes docs/torture.md
cargo xtask regions                   the official regions into public/regions, from npm's idn-area-data
cargo xtask screens [FOLDER]          the pictures in docs/screens anew; with a folder all other sizes and English, into it
cargo xtask layers                    who may know whom inside src/
cargo xtask bench-rubrics FOLDER      the rubrics of the comparison bench, in our format, into FOLDER
cargo xtask bench-wasm                how long the engine takes in headless Chromium, compiled as shipped";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<ExitCode> {
    let (command, rest) = words.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    match command {
        "setup" => setup::run(setup::Purpose::Tests)?,
        "build" => {
            setup::run(setup::Purpose::Build)?;
            app_build::run(&app_build::Options::parse(rest)?)?;
        }
        "serve" => return serve::run(rest),
        "test" => return suite::run(rest),
        "torture" => return torture::run(rest),
        "budget" => return weigh(),
        "layers" => return Ok(if layers::run()? { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        "screens" => screens::run(rest)?,
        "regions" => regions::run()?,
        "fuzz" => fuzz::run(rest)?,
        "bench-wasm" => bench_wasm::run()?,
        "bench-rubrics" => bench_rubrics::run(rest)?,
        // Trunk calls this one, see Trunk.toml.
        "post-build" => post_build::run()?,
        "help" | "-h" | "--help" => println!("{HELP}"),
        other => bail!("unknown command {other:?}\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn weigh() -> Result<ExitCode> {
    let verdict = budget::run()?;
    if let budget::Verdict::NotComparable(reason) = verdict {
        println!("not held against budget.toml: {reason}");
    }
    Ok(if verdict == budget::Verdict::Over { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
