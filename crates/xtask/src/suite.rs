//! `cargo xtask test`: every check and every test, one after another, and one line at the end that says it all.

mod plan;
mod runner;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::setup::{self, Purpose};
use crate::{budget, layers, process};
use plan::{Job, Selection, Step};
use summary::Count;

/// Runs the steps that the words select; all of them without words.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let begun = Instant::now();
    let mut total = Count::default();
    match setup::run(Purpose::Tests) {
        Ok(()) => {
            for count in steps(&Selection::parse(words)) {
                total += count;
            }
        }
        Err(error) => {
            println!("error: {error:#}");
            total += Count::one(false);
        }
    }
    println!("\nall of it in {}", process::words(begun.elapsed()));
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn steps(selection: &Selection) -> Vec<Count> {
    let mut counts = Vec::new();
    let mut built = true;
    for step in plan::steps(selection) {
        if step.needs_build && !built {
            println!("→ {}: left out, the build failed", step.what);
            continue;
        }
        println!("→ {}", step.what);
        let begun = Instant::now();
        let count = one(&step).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Count::one(false)
        });
        let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
        println!(
            "  {verdict}: {} passed, {} failed, in {}",
            count.passed,
            count.failed,
            process::words(begun.elapsed())
        );
        if step.name == "build" {
            built = count.failed == 0;
        }
        counts.push(count);
    }
    counts
}

fn one(step: &Step) -> Result<Count> {
    match &step.job {
        Job::Layers => Ok(Count::one(layers::run()?)),
        Job::Budget => Ok(Count::one(budget::run()?)),
        Job::Check(command) => Ok(Count::one(runner::run(command()?)?.success)),
        Job::Tests(command) => {
            let outcome = runner::run(command()?)?;
            let mut count = outcome.count;
            if !outcome.success && count.failed == 0 {
                // It did not compile, or the runner itself gave up.
                count += Count::one(false);
            }
            Ok(count)
        }
    }
}
