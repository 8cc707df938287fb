//! Runs one step's command: its output is shown while it runs, without the lines that say that all is well.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use anyhow::{Context, Result};

use super::summary::Count;

/// What came of a command.
pub struct Outcome {
    pub success: bool,
    pub count: Count,
}

/// Runs the command to its end.
pub fn run(mut command: Command) -> Result<Outcome> {
    command.env("CARGO_TERM_COLOR", "never").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let (sender, lines) = channel();
    let readers =
        [child.stdout.take().map(|out| read(out, sender.clone())), child.stderr.take().map(|err| read(err, sender))];
    let mut count = Count::default();
    for line in lines {
        if let Some(more) = Count::read(&line) {
            count += more;
        }
        if !is_noise(&line) {
            println!("  {line}");
        }
    }
    for reader in readers.into_iter().flatten() {
        reader.join().ok();
    }
    Ok(Outcome { success: child.wait()?.success(), count })
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

    #[test]
    fn failures_are_shown_and_progress_is_not() {
        for quiet in
            ["", "   Compiling serde v1.0.0", "test a::b ... ok", "test result: ok. 1 passed; 0 failed; 0 ignored"]
        {
            assert!(is_noise(quiet), "{quiet}");
        }
        for loud in
            ["error[E0308]: mismatched types", "test a::b ... FAILED", "test result: FAILED. 1 passed; 1 failed;"]
        {
            assert!(!is_noise(loud), "{loud}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn output_is_counted_and_failure_is_seen() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo 'test result: FAILED. 3 passed; 1 failed; 0 ignored' >&2; exit 1"]);
        let outcome = run(command).unwrap();
        assert!(!outcome.success);
        assert_eq!(outcome.count, Count { passed: 3, failed: 1 });
    }
}
