//! Counting: what the test runners say at their end.

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

#[cfg(test)]
mod tests {
    use super::*;

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
