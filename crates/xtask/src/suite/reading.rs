//! A run's lines: which of them a person should see, and what they say about tests.

use super::summary::{Count, Skipped};

/// What a test writes to the terminal, past any capture, when it did not look at its data; a reason follows.
const SKIPPED: &str = "skipped: ";

/// What was read so far.
#[derive(Debug, Default)]
pub struct Reading {
    /// Tests, as their runners say at the end.
    pub count: Count,
    /// What tests say that they did not look at.
    pub skipped: Skipped,
    /// nextest says at its end how many there were; what each test's process says then counts nothing.
    nextest: bool,
    /// nextest is telling what a test wrote that passed.
    within_passed: bool,
}

impl Reading {
    /// Takes the next line; true if a person should see it.
    pub fn shows(&mut self, line: &str) -> bool {
        let trimmed = line.trim_start();
        if let Some(reason) = trimmed.strip_prefix(SKIPPED) {
            self.skipped += Skipped::one(reason);
            return false;
        }
        self.nextest |= trimmed.starts_with("Nextest run");
        if let Some(status) = status(trimmed).filter(|_| self.nextest) {
            self.within_passed = status.ends_with("PASS") || status == "LEAK";
        }
        let count = Count::read(line).filter(|_| !self.nextest || trimmed.starts_with("Summary"));
        self.count += count.unwrap_or_default();
        !self.within_passed && !is_noise(line)
    }
}

/// nextest's word for what became of a test, such as in `PASS [   0.010s] (1/4) package::file name`.
fn status(trimmed: &str) -> Option<&str> {
    let (word, rest) = trimmed.split_once(" [")?;
    let seconds = rest.split_once("s]")?.0.trim_start_matches(['>', ' ']);
    seconds.parse::<f64>().is_ok().then_some(word)
}

/// Progress of cargo and of the runners; a green run stays short, a red one shows everything else.
fn is_noise(line: &str) -> bool {
    const BEGINNINGS: [&str; 22] = [
        "Compiling ",
        "Checking ",
        "Downloading ",
        "Downloaded ",
        "Updating ",
        "Locking ",
        "Adding ",
        "Fresh ",
        "Running ",
        "Finished ",
        "Blocking ",
        "Doc-tests ",
        "Executable ",
        "running ",
        "no tests to run",
        "Starting ",
        "PASS [",
        "Nextest run",
        "Loading ",
        "Headless ",
        "Try find `webdriver.json`",
        "Ok",
    ];
    const SIGNS: [&str; 4] = ["────", "Set timeout to", "Running headless tests", "Starting new webdriver session"];
    let trimmed = line.trim_start();
    trimmed.is_empty()
        || BEGINNINGS.iter().any(|start| trimmed.starts_with(start))
        || SIGNS.iter().any(|sign| trimmed.contains(sign))
        || (trimmed.starts_with("test ") && (trimmed.ends_with("... ok") || trimmed.ends_with("... ignored")))
        || Count::read(line).is_some_and(|count| count.failed == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(reading: &mut Reading, output: &'a str) -> Vec<&'a str> {
        output.lines().filter(|line| reading.shows(line)).collect()
    }

    #[test]
    fn failures_are_shown_and_progress_is_not() {
        let mut reading = Reading::default();
        let quiet = "\n   Compiling serde v1.0.0\ntest a::b ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored";
        assert_eq!(shown(&mut reading, quiet), [""; 0]);
        for loud in
            ["error[E0308]: mismatched types", "test a::b ... FAILED", "test result: FAILED. 1 passed; 1 failed;"]
        {
            assert_eq!(shown(&mut reading, loud), [loud]);
        }
        assert_eq!(reading.count, Count { passed: 2, failed: 1 });
    }

    const NEXTEST: &str = "\
────────────
 Nextest run ID 23ca2660 with nextest profile: default
    Starting 3 tests across 2 binaries
        PASS [   0.010s] (1/3) bintang-domain::expected sheets
  stdout ───

    running 1 test
    test sheets ... ok
    a word of a test that passed

    test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.00s

  stderr ───
    skipped: sheets: no rubrics (put them at ../shared)

        FAIL [   0.020s] (2/3) bintang-domain::shipped clean
  stdout ───

    running 1 test
    test clean ... FAILED
    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.00s

  stderr ───
    thread 'clean' panicked at crates/domain/tests/shipped.rs:12:5
        SLOW [> 60.000s] (---) bintang-domain::laws slow
        PASS [  61.000s] (3/3) bintang-domain::laws slow
────────────
     Summary [  61.077s] 3 tests run: 2 passed, 1 failed, 0 skipped
        FAIL [   0.020s] (2/3) bintang-domain::shipped clean
error: test run failed";

    #[test]
    fn of_nextest_s_run_only_failures_are_shown_and_each_test_counts_once() {
        let mut reading = Reading::default();
        let shown = shown(&mut reading, NEXTEST);
        assert_eq!(reading.count, Count { passed: 2, failed: 1 });
        assert_eq!(reading.skipped.to_string(), "1 skipped: sheets: no rubrics (put them at ../shared)\n");
        assert!(!shown.iter().any(|line| line.contains("passed test") || line.contains("word of a test")), "{shown:?}");
        assert!(shown.iter().any(|line| line.contains("panicked at")), "{shown:?}");
        assert_eq!(shown.iter().filter(|line| line.contains("FAIL [")).count(), 2);
    }

    #[test]
    fn skips_are_seen_without_nextest_too() {
        let mut reading = Reading::default();
        let output = "test sheets ... ok\nskipped: sheets: no rubrics\ntest result: ok. 1 passed; 0 failed; 0 ignored";
        assert_eq!(shown(&mut reading, output), [""; 0]);
        assert_eq!(reading.count, Count { passed: 1, failed: 0 });
        assert_eq!(reading.skipped.to_string(), "1 skipped: sheets: no rubrics\n");
    }
}
