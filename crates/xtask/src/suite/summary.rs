//! Counting: what the test runners say at their end, and what was not looked at.

use std::fmt;
use std::ops::AddAssign;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

impl Count {
    /// A check counts as one test.
    pub fn one(success: bool) -> Self {
        Self { passed: u64::from(success), failed: u64::from(!success) }
    }

    /// Reads a line such as "test result: ok. 5 passed; 0 failed; …" or nextest's "Summary [ 0.1s] 5 tests run: 5 passed, …".
    pub fn read(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let rest = match line.strip_prefix("test result:") {
            Some(rest) => rest,
            None => line.strip_prefix("Summary [")?.split_once("run:")?.1,
        };
        let number = |word: &str| {
            let part =
                rest.split([';', ',', '.', ':']).map(str::trim).find(|part| part.split(' ').nth(1) == Some(word))?;
            part.split(' ').next()?.parse().ok()
        };
        Some(Self { passed: number("passed").unwrap_or(0), failed: number("failed").unwrap_or(0) })
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// What was not looked at, and why: each reason once, with its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(Vec<(String, u64)>);

impl Skipped {
    /// One thing that was left out for this reason.
    pub fn one(reason: impl Into<String>) -> Self {
        Self(vec![(reason.into(), 1)])
    }

    /// Whether everything was looked at.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl AddAssign for Skipped {
    fn add_assign(&mut self, other: Self) {
        for (reason, more) in other.0 {
            match self.0.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, number)) => *number += more,
                None => self.0.push((reason, more)),
            }
        }
    }
}

impl fmt::Display for Skipped {
    /// A line for each reason.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (reason, number) in &self.0 {
            writeln!(formatter, "{number} skipped: {reason}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_reasons_are_said_once() {
        let mut skipped = Skipped::default();
        assert!(skipped.is_empty());
        for reason in ["no samples", "no source", "no samples"] {
            skipped += Skipped::one(reason);
        }
        assert_eq!(skipped.to_string(), "2 skipped: no samples\n1 skipped: no source\n");
    }

    #[test]
    fn both_runners_are_understood() {
        let count = |passed, failed| Some(Count { passed, failed });
        assert_eq!(
            Count::read("test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out"),
            count(5, 0)
        );
        assert_eq!(Count::read("test result: FAILED. 5 passed; 2 failed; 0 ignored"), count(5, 2));
        assert_eq!(
            Count::read("     Summary [   1.2s] 7 tests run: 6 passed (1 slow), 1 failed, 3 skipped"),
            count(6, 1)
        );
        assert_eq!(Count::read("     Summary [   1.2s] 7 tests run: 7 passed, 3 skipped"), count(7, 0));
        assert_eq!(Count::read("running 5 tests"), None);
    }
}
