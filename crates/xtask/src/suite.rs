//! `cargo xtask test`: every check and every test, one after another, and one line at the end that says it all.

mod plan;
mod reading;
mod runner;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::budget::{self, Verdict};
use crate::setup::{self, Purpose};
use crate::{layers, process};
pub use plan::torture;
use plan::{Job, Selection, Step};
use summary::{Count, Skipped};

/// Runs the steps that the words select; all of them without words.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let begun = Instant::now();
    let (mut total, mut skipped) = (Count::default(), Skipped::default());
    match setup::run(Purpose::Tests) {
        Ok(()) => {
            for result in steps(&Selection::parse(words)) {
                total += result.count;
                skipped += result.skipped;
            }
        }
        Err(error) => {
            println!("error: {error:#}");
            total += Count::one(false);
        }
    }
    println!("\nall of it in {}", process::words(begun.elapsed()));
    print!("{skipped}");
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What came of a step.
#[derive(Default)]
struct StepResult {
    count: Count,
    skipped: Skipped,
}

impl From<Count> for StepResult {
    fn from(count: Count) -> Self {
        Self { count, ..Self::default() }
    }
}

fn steps(selection: &Selection) -> Vec<StepResult> {
    let mut results = Vec::new();
    let mut built = true;
    for step in plan::steps(selection) {
        if step.needs_build && !built {
            println!("→ {}: left out, the build failed", step.what);
            continue;
        }
        println!("→ {}", step.what);
        let begun = Instant::now();
        let result = one(&step).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Count::one(false).into()
        });
        let count = result.count;
        let verdict = match count {
            Count { failed: 1.., .. } => "FAILED",
            Count { passed: 0, .. } if !result.skipped.is_empty() => "skipped",
            _ => "ok",
        };
        println!(
            "  {verdict}: {} passed, {} failed, in {}",
            count.passed,
            count.failed,
            process::words(begun.elapsed())
        );
        if step.name == "build" {
            built = count.failed == 0;
        }
        results.push(result);
    }
    results
}

fn one(step: &Step) -> Result<StepResult> {
    match &step.job {
        Job::Layers => Ok(Count::one(layers::run()?).into()),
        Job::Budget => Ok(weighed(&budget::run()?)),
        Job::Check(command) => Ok(Count::one(runner::run(command()?)?.success).into()),
        Job::Tests(command) => {
            let outcome = runner::run(command()?)?;
            let mut count = outcome.count;
            if !outcome.success && count.failed == 0 {
                // It did not compile, or the runner itself gave up.
                count += Count::one(false);
            }
            Ok(StepResult { count, skipped: outcome.skipped })
        }
    }
}

/// Where the limits do not apply, nothing has passed and nothing has failed.
fn weighed(verdict: &Verdict) -> StepResult {
    match verdict {
        Verdict::Within => Count::one(true).into(),
        Verdict::Over => Count::one(false).into(),
        Verdict::NotComparable(reason) => {
            StepResult { count: Count::default(), skipped: Skipped::one(format!("the budget: {reason}")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_that_does_not_apply_is_skipped_with_its_reason() {
        let result = weighed(&Verdict::NotComparable("no source"));
        assert_eq!(result.count, Count { passed: 0, failed: 0 });
        assert_eq!(result.skipped.to_string(), "1 skipped: the budget: no source\n");
        assert_eq!(weighed(&Verdict::Over).count, Count { passed: 0, failed: 1 });
        assert_eq!(weighed(&Verdict::Within).count, Count { passed: 1, failed: 0 });
    }
}
