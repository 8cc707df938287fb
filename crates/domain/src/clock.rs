//! Whether the phone's clock can be believed.

use crate::time::Millis;

/// A clock may be this far off, in milliseconds, before it is doubted: networks set clocks by seconds, not minutes.
pub const TOLERANCE: i64 = 120_000;

/// Why the times of an assessment are doubted. The first reason stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The clock stands before the last change.
    SetBack,
    /// It went on by another span than a clock that cannot be set.
    Jumped,
    /// The position's own time is another one.
    OffPosition,
}

/// Two clocks side by side since the page came into view: a phone that sleeps stops one of them, but hides the page
/// first. So a clock that is set forward while the page is out of view is not told from a phone that slept; the
/// position's time and the server's, on Kesiapan, tell it. One that is set back stands before the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    wall: Millis,
    monotonic: i64,
}

impl Watch {
    /// Begins now.
    #[must_use]
    pub const fn begin(wall: Millis, monotonic: i64) -> Self {
        Self { wall, monotonic }
    }

    /// What to think of the clock now, if the sheet was last changed then.
    #[must_use]
    pub fn doubt(self, wall: Millis, monotonic: i64, changed: Millis) -> Option<Doubt> {
        let expected = self.wall.plus(monotonic.saturating_sub(self.monotonic));
        if apart(wall, changed) < -TOLERANCE {
            Some(Doubt::SetBack)
        } else {
            (apart(wall, expected).abs() > TOLERANCE).then_some(Doubt::Jumped)
        }
    }
}

/// What to think of the clock when a position carries another time.
#[must_use]
pub fn doubt_of_position(wall: Millis, measured: Millis, age: i64) -> Option<Doubt> {
    (apart(wall, measured.plus(age)).abs() > TOLERANCE).then_some(Doubt::OffPosition)
}

fn apart(later: Millis, earlier: Millis) -> i64 {
    later.0.saturating_sub(earlier.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn clocks_that_go_together_are_believed() {
        let watch = Watch::begin(Millis(1_000_000), 500);
        assert_eq!(watch.doubt(Millis(1_000_000 + HOUR), 500 + HOUR, Millis(999_000)), None);
        assert_eq!(watch.doubt(Millis(1_000_000 + HOUR - TOLERANCE), 500 + HOUR, Millis(1_000_000)), None);
    }

    #[test]
    fn a_clock_set_by_a_day_is_doubted_whichever_way() {
        let watch = Watch::begin(Millis(100 * HOUR), 0);
        assert_eq!(watch.doubt(Millis(76 * HOUR), 1_000, Millis(100 * HOUR)), Some(Doubt::SetBack));
        assert_eq!(watch.doubt(Millis(124 * HOUR), 1_000, Millis(100 * HOUR)), Some(Doubt::Jumped));
        assert_eq!(watch.doubt(Millis(99 * HOUR), 1_000, Millis(90 * HOUR)), Some(Doubt::Jumped));
        // Also when the page was begun after it was set back.
        let watch = Watch::begin(Millis(76 * HOUR), 0);
        assert_eq!(watch.doubt(Millis(76 * HOUR), 0, Millis(100 * HOUR)), Some(Doubt::SetBack));
        assert_eq!(watch.doubt(Millis(i64::MIN), 0, Millis(i64::MAX)), Some(Doubt::SetBack));
    }

    #[test]
    fn a_position_knows_the_time() {
        assert_eq!(doubt_of_position(Millis(HOUR), Millis(HOUR - 5_000), 5_000), None);
        assert_eq!(doubt_of_position(Millis(HOUR), Millis(3 * HOUR), 0), Some(Doubt::OffPosition));
    }
}
