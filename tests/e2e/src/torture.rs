//! Torture: something bad happens again and again, and what the screen had called saved must be there each time, exactly.
//!
//! How often, and by which chance, is told from outside: `BINTANG_TORTURE=full` for many times, `BINTANG_SEED` for another
//! chance than the usual one. The seed is printed.

mod album;
mod dice;
mod load;
mod network;
mod sheet;

use crate::{Dist, Engine, Options, case};
pub use album::{Album, CRITERION};
use anyhow::{Result, ensure};
pub use dice::Dice;
pub use load::{Load, PHOTOS};
pub use network::Network;
use serde_json::json;
pub use sheet::Sheet;
use std::{collections::BTreeSet, path::PathBuf};

/// The usual chance.
const SEED: u64 = 20_261_017;

/// Runs before the app: connections that close, a store that is full, a clock that is wrong.
const FAULTS: &str = include_str!("torture/faults.js");

/// What says that a case has lost something.
fn lost(engine: Engine, case: &str) -> PathBuf {
    std::env::temp_dir().join(format!("bintang-lost-{engine}-{}", case.replace(' ', "-")))
}

/// One case of the torture in one engine.
#[derive(Debug)]
pub struct Torture {
    engine: Engine,
    case: &'static str,
    full: bool,
    /// What happens by chance.
    pub dice: Dice,
    count: usize,
    losses: usize,
}

impl Torture {
    /// Begins a case.
    #[must_use]
    pub fn begin(engine: Engine, case: &'static str) -> Self {
        let seed = std::env::var("BINTANG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
        let full = std::env::var("BINTANG_TORTURE").is_ok_and(|size| size == "full");
        let lost = lost(engine, case);
        // A second try is for a browser that did not start. A loss is a loss.
        let again = std::env::var("NEXTEST_ATTEMPT").is_ok_and(|attempt| attempt != "1");
        assert!(!(again && lost.exists()), "{case} in {engine} has lost something in an earlier try");
        let _ = std::fs::remove_file(lost);
        println!("{case} in {engine}: BINTANG_SEED={seed}, {}", if full { "full" } else { "small" });
        Self { engine, case, full, dice: Dice::new(seed), count: 0, losses: 0 }
    }

    /// How often, as the size of this run is.
    #[must_use]
    pub fn size(&self, small: usize, full: usize) -> usize {
        if self.full { full } else { small }
    }

    /// What a scenario begins with whose app has the faults in it; they rest until they are called for.
    ///
    /// # Errors
    /// The app is not built.
    pub fn with_faults(&self) -> Result<Options> {
        let dist = Dist::built()?.with_script(FAULTS)?;
        Ok(Options { dist: Some(dist), engine: self.engine, ..Options::default() })
    }

    /// The bad thing has happened so many times more.
    pub fn count(&mut self, more: usize) {
        self.count += more;
    }

    /// Holds what is there against what may be there: what was shown as saved, or what was tapped after that.
    pub fn compare(&mut self, there: &BTreeSet<String>, allowed: &[BTreeSet<String>]) {
        if allowed.contains(there) {
            return;
        }
        let saved = allowed.first().cloned().unwrap_or_default();
        let lost: Vec<&String> = saved.difference(there).collect();
        println!("after {}: {lost:?} is lost of {saved:?}; there is {there:?}", self.count);
        let many = lost.len().max(1);
        self.lose(many, "what was shown as saved");
    }

    /// So much was lost of something.
    pub fn lose(&mut self, many: usize, what: &str) {
        if many > 0 {
            println!("after {}: {what} is lost", self.count);
            self.losses += many;
            // At once: whatever else fails after it, no second try makes it undone.
            let _ = std::fs::write(lost(self.engine, self.case), self.losses.to_string());
        }
    }

    /// Ends the case, and writes down what came of it.
    ///
    /// # Errors
    /// Something was lost, or nothing was done.
    pub fn end(self) -> Result<()> {
        let Self { engine, case, count, losses, .. } = self;
        case::note(&json!({"engine": engine.to_string(), "case": case, "count": count, "losses": losses}))?;
        ensure!(count > 0, "{case} in {engine} did nothing");
        ensure!(losses == 0, "{case} in {engine}: {losses} losses in {count}");
        Ok(())
    }
}
