//! Fuzzing: libFuzzer tries bytes on the readers, for as long as it is told to. The targets and what is kept of earlier
//! runs are in `tests/fuzz`; docs/fuzzing.md says what came of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// What can be fuzzed, and the folders that seeds are read from.
const TARGETS: [(&str, &[&str]); 3] = [
    ("rubric", &["public/rubrics", "docs/examples"]),
    ("documents", &["docs/examples", "tests/fixtures/ovop"]),
    // What is kept of it is all the seed it has.
    ("bundle", &[]),
];

/// How cargo-fuzz compiles for libFuzzer without a sanitizer: there is no unsafe code to watch. All of it is stable.
const FLAGS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];

/// Larger seeds are left out, and no larger input is tried: one run stays within milliseconds.
const LARGEST: u64 = 8192;

/// Larger inputs are not kept for the tests.
const LARGEST_KEPT: u64 = 4096;

/// More inputs of a target are not kept: the first reach most, the last one edge each.
const MOST_KEPT: usize = 100;

/// How long each target is fuzzed where nothing is said.
const MINUTES: u64 = 10;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    targets: Vec<usize>,
    minutes: u64,
    keep: bool,
}

impl Options {
    fn parse(words: &[String]) -> Result<Self> {
        let mut options = Self { targets: Vec::new(), minutes: MINUTES, keep: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--keep" => options.keep = true,
                "--minutes" => {
                    let minutes = words.next().and_then(|word| word.parse().ok());
                    options.minutes = minutes.context("--minutes wants a whole number")?;
                }
                other => match TARGETS.iter().position(|(name, _)| *name == other) {
                    Some(target) => options.targets.push(target),
                    None => bail!("there is no target {other:?}: they are rubric, documents and bundle"),
                },
            }
        }
        if options.targets.is_empty() {
            options.targets = (0..TARGETS.len()).collect();
        }
        Ok(options)
    }
}

/// Builds the targets and fuzzes them one after the other; with `--keep` the least inputs that reach all that was reached
/// replace those in `tests/fuzz/corpus`.
pub fn run(words: &[String]) -> Result<()> {
    let options = Options::parse(words)?;
    let target = workspace::target()?.join("fuzz");
    let programs = build(&target)?;
    for (name, seeds) in options.targets.iter().filter_map(|target| TARGETS.get(*target)) {
        let program = programs.join(name);
        let found = target.join("corpus").join(name);
        fs::create_dir_all(&found)?;
        fs::create_dir_all(kept(name))?;
        if options.minutes > 0 {
            let seeds = gathered(seeds, &target.join("seeds").join(name))?;
            let seconds = options.minutes * 60;
            let artifacts = target.join("artifacts").join(name);
            fs::create_dir_all(&artifacts)?;
            let mut command = Command::new(&program);
            command
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-max_len={LARGEST}"))
                .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"])
                .arg(format!("-artifact_prefix={}/", artifacts.display()))
                .args([&found, &kept(name), &seeds]);
            process::long(&format!("fuzz {name}; what fails is put into {}", artifacts.display()), &mut command)?;
        }
        if options.keep {
            keep(&program, name, &found, &target.join("kept").join(name))?;
        }
    }
    Ok(())
}

fn kept(name: &str) -> PathBuf {
    workspace::root().join("tests/fuzz/corpus").join(name)
}

fn build(target: &Path) -> Result<PathBuf> {
    // Named, so that the flags are not those of build scripts and macros too.
    let version = process::answer(Command::new("rustc").arg("-vV")).context("rustc does not answer")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let mut command = Command::new("cargo");
    command
        .args(["build", "--release", "--locked", "--target", host])
        .current_dir(workspace::root().join("tests/fuzz"))
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", FLAGS.join(" "))
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    if env::var_os("CARGO_BUILD_JOBS").is_none() {
        command.args(["--jobs", "2"]);
    }
    process::long("build the fuzz targets", &mut command)?;
    Ok(target.join(host).join("release"))
}

/// The small files of the folders, copied together.
fn gathered(folders: &[&str], into: &Path) -> Result<PathBuf> {
    fs::create_dir_all(into)?;
    for folder in folders {
        for entry in fs::read_dir(workspace::root().join(folder)).with_context(|| (*folder).to_owned())? {
            let entry = entry?;
            if entry.metadata()?.len() <= LARGEST {
                fs::copy(entry.path(), into.join(entry.file_name()))?;
            }
        }
    }
    Ok(into.to_path_buf())
}

/// By edges of the code, not by how often each was passed: that keeps dozens of files instead of thousands.
fn keep(program: &Path, name: &str, found: &Path, fresh: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(fresh);
    fs::create_dir_all(fresh)?;
    let mut command = Command::new(program);
    command.args(["-set_cover_merge=1", "-use_counters=0"]).arg(format!("-max_len={LARGEST_KEPT}")).args([
        fresh,
        &kept(name),
        found,
    ]);
    process::long(&format!("choose what is kept of {name}"), &mut command)?;
    let kept = kept(name);
    let _ = fs::remove_dir_all(&kept);
    fs::create_dir_all(&kept)?;
    // They are written in the order of what each adds.
    let mut chosen = Vec::new();
    for entry in fs::read_dir(fresh)? {
        let entry = entry?;
        chosen.push((entry.metadata()?.modified()?, entry.file_name()));
    }
    chosen.sort();
    chosen.truncate(MOST_KEPT);
    let mut bytes = 0;
    for (_, file) in &chosen {
        bytes += fs::copy(fresh.join(file), kept.join(file))?;
    }
    let files = chosen.len();
    println!("{name}: {files} inputs of {bytes} bytes are kept in {}", kept.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_is_fuzzed_and_how_long() {
        let parse = |words: &[&str]| Options::parse(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(parse(&[]).unwrap(), Options { targets: vec![0, 1, 2], minutes: MINUTES, keep: false });
        let documents = parse(&["documents", "--minutes", "0", "--keep"]).unwrap();
        assert_eq!(documents, Options { targets: vec![1], minutes: 0, keep: true });
        assert!(parse(&["sheets"]).is_err() && parse(&["--minutes"]).is_err());
    }

    #[test]
    fn every_target_is_there() {
        let folder = workspace::root().join("tests/fuzz/targets");
        assert!(TARGETS.iter().all(|(name, _)| folder.join(format!("{name}.rs")).is_file()));
    }
}
