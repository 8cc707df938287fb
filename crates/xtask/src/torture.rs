//! `cargo xtask torture`: kills, reloads and broken stores in every engine, and a table of what was lost.

use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::{self, Purpose};
use crate::{app_build, suite, workspace};

/// What the table is in.
const TABLE: &str = "docs/torture.md";

const HEAD: &str = "\
# Torture

Bad things are done to the app again and again, in three engines. After each, every answer that the screen had called saved must be there, exactly; a loss is one that is not. `cargo xtask torture --full` makes this table, with the same chance each time (`BINTANG_SEED` for another one); `cargo xtask test` runs every case at small counts. WebKit is WebKitGTK, in Safari's place. The cases are in `tests/e2e/tests/torture`, one file each. \"Store full\" refuses the writes within the page, at once or at the transaction's end; a disk that the browser itself finds full is a scenario of the test command (`full_disk`, Chromium's quota override: no other engine has one), since a small file system for the profile needs rights that a test must not need.

";

/// Runs the cases at small counts, or with `--full` at full ones and writes the table down.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let full = match words {
        [] => false,
        [word] if word == "--full" => true,
        _ => bail!("torture takes --full or nothing"),
    };
    setup::run(Purpose::Tests)?;
    app_build::run(&app_build::Options::default())?;
    let results = workspace::target()?.join("torture.jsonl");
    if results.exists() {
        fs::remove_file(&results)?;
    }
    let mut command = suite::torture()?;
    command.env("BINTANG_RESULTS", &results).env("BINTANG_TORTURE", if full { "full" } else { "small" });
    let success = command.status().context("the tests cannot be started")?.success();
    let table = table(&fs::read_to_string(&results).context("no case said what became of it")?)?;
    println!("\n{table}");
    if full && success {
        fs::write(workspace::root().join(TABLE), format!("{HEAD}{table}"))?;
        println!("→ {TABLE}");
    }
    Ok(if success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The table of lines of JSON, in the order of cases and engines.
fn table(lines: &str) -> Result<String> {
    let mut rows = Vec::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let text = |key: &str| line.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = |key: &str| line.get(key).and_then(Value::as_u64).map(|number| number.to_string());
        let (engine, case) = (text("engine").context("engine")?, text("case").context("case")?);
        let rest = match (number("count"), number("losses"), text("cannot")) {
            (Some(count), Some(losses), _) => [count, losses],
            (_, _, Some(reason)) => ["–".to_owned(), format!("cannot: {reason}")],
            _ => bail!("neither a count nor a reason: {line}"),
        };
        rows.push((case, engine, rest));
    }
    rows.sort();
    let mut table = "| case | engine | count | losses |\n| --- | --- | --- | --- |\n".to_owned();
    for (case, engine, [count, losses]) in rows {
        writeln!(table, "| {case} | {engine} | {count} | {losses} |")?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_becomes_a_row() {
        let lines = r#"{"engine":"webkit","case":"killed","count":20,"losses":1}
{"engine":"chromium","case":"killed","count":20,"losses":0}
{"engine":"firefox","case":"full","cannot":"no quota"}"#;
        let table = table(lines).unwrap();
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| full | firefox | – | cannot: no quota |",
                "| killed | chromium | 20 | 0 |",
                "| killed | webkit | 20 | 1 |"
            ]
        );
        assert!(super::table(r#"{"engine":"webkit","case":"killed"}"#).is_err());
        assert!(super::table("no JSON").is_err());
    }
}
