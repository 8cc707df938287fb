//! How long an entry waits, and which is due next.

use super::{Entry, Retry, SendError, State};
use crate::time::Millis;

/// Shortest wait before another try: 5 s (upload contract, section 3).
pub const SHORTEST_WAIT: i64 = 5_000;
/// Longest wait before another try: 10 min (upload contract, section 3).
pub const LONGEST_WAIT: i64 = 600_000;

/// Longest wait that a receiver may ask for: a day. What asks for more is a mistake, and the work would seem forgotten.
pub const LONGEST_ASKED: i64 = 86_400_000;

/// Milliseconds before try number `tries + 1`: doubling from 5 s to 10 min; `jitter` (0..=u16::MAX) takes off up to half,
/// so that many phones do not knock at once.
#[must_use]
pub fn wait(tries: u32, jitter: u16) -> i64 {
    let full = SHORTEST_WAIT.saturating_mul(1_i64 << tries.min(10)).min(LONGEST_WAIT);
    full - full / 2 * i64::from(jitter) / i64::from(u16::MAX)
}

/// When the next of these is due by itself; those that wait for Wi-Fi are due with it alone.
#[must_use]
pub fn next_due(entries: &[Entry], wifi: bool) -> Option<Millis> {
    let due = |entry: &Entry| match &entry.state {
        State::Waiting { .. } if entry.waits_for_wifi() && !wifi => None,
        State::Waiting { until, .. } => Some(*until),
        State::Trying { since } => Some(*since),
        State::Proved { .. } | State::Accepted { .. } | State::Attention(_) => None,
    };
    entries.iter().filter_map(due).min()
}

/// A wait longer than any we set means that the clock was put back meanwhile: it is due.
pub(super) fn due(until: Millis, last: Option<&SendError>, now: Millis) -> bool {
    until <= now || until > now.plus(if asked_for(last) { LONGEST_ASKED } else { LONGEST_WAIT })
}

/// Whether the receiver asked for the wait.
pub(super) fn asked_for(last: Option<&SendError>) -> bool {
    last.is_some_and(|error| matches!(error.retry(), Retry::Later(Some(_))))
}
