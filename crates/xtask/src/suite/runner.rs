//! Runs one step's command: its output is shown while it runs, without the lines that say that all is well.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use anyhow::{Context, Result};

use super::reading::Reading;
use super::summary::{Count, Skipped};

/// What came of a command.
pub struct Outcome {
    pub success: bool,
    pub count: Count,
    pub skipped: Skipped,
}

/// Runs the command to its end.
pub fn run(mut command: Command) -> Result<Outcome> {
    command.env("CARGO_TERM_COLOR", "never").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let (sender, lines) = channel();
    let readers =
        [child.stdout.take().map(|out| read(out, sender.clone())), child.stderr.take().map(|err| read(err, sender))];
    let mut reading = Reading::default();
    for line in lines {
        if reading.shows(&line) {
            println!("  {line}");
        }
    }
    for reader in readers.into_iter().flatten() {
        reader.join().ok();
    }
    Ok(Outcome { success: child.wait()?.success(), count: reading.count, skipped: reading.skipped })
}

fn read(output: impl Read + Send + 'static, sender: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                return;
            }
        }
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn output_is_counted_and_failure_is_seen() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo 'test result: FAILED. 3 passed; 1 failed; 0 ignored' >&2; exit 1"]);
        let outcome = run(command).unwrap();
        assert!(!outcome.success);
        assert_eq!(outcome.count, Count { passed: 3, failed: 1 });
        assert!(outcome.skipped.is_empty());
    }
}
