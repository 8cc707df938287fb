//! Waiting for a condition, with a deadline.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Long enough for a slow machine, short enough to see a failure.
const DEADLINE: Duration = Duration::from_secs(20);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// Looks until there is something. An error counts as nothing yet, and is told if it is the last one.
///
/// # Errors
/// The deadline passed.
pub async fn until<T>(what: impl std::fmt::Display, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    loop {
        let found = look().await;
        if let Ok(Some(found)) = found {
            return Ok(found);
        }
        if begun.elapsed() > DEADLINE {
            let last = found.err().map(|error| format!(" ({error:#})")).unwrap_or_default();
            bail!("in vain for {} s: {what}{last}", DEADLINE.as_secs());
        }
        sleep(PAUSE).await;
    }
}
