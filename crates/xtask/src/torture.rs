//! `cargo xtask torture`: kills, reloads and broken stores in every engine, and a table of what was lost.

use std::collections::BTreeMap;
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

Bad things are done to the app again and again, in three engines. After each, every answer that the screen had called saved must be there, exactly; a loss is one that is not. `cargo xtask torture --full` makes this table, with the same chance each time (`BINTANG_SEED` for another one); `cargo xtask test` runs every case at small counts. WebKit is WebKitGTK, in Safari's place. The cases are in `tests/e2e/tests/torture`, one file each. \"Uploads over a bad network\" counts what the network did to 200 assessments with 600 photos (a quarter of that in Firefox and WebKit): cuts, delays, doubled, late and altered requests, altered answers, login pages, a receiver that is killed; what befalls a request without a body is counted too. Photos have 20 to 600 kB. \"Disk full\" fills a small file system (tmpfs) that the browser's profile lies on, where one can be mounted, under a sheet with photos, every second time with another sheet open in another tab; \"store full\" refuses the writes within the page, at once or at the transaction's end. With words of cases after `--full` the rows of those alone are made anew. Without what docs/adr/0013 does, every second full disk costs Chromium 148 its whole store.

";

/// Runs the cases at small counts, or with `--full` at full ones and writes the table down; with words only the cases
/// whose names have one of them, whose rows then take the place of the old ones.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let (flags, cases): (Vec<String>, Vec<String>) = words.iter().cloned().partition(|word| word.starts_with("--"));
    let full = match flags.as_slice() {
        [] => false,
        [flag] if flag == "--full" => true,
        _ => bail!("torture takes --full, and words of cases"),
    };
    setup::run(Purpose::Tests)?;
    app_build::run(&app_build::Options::default())?;
    let results = workspace::target()?.join("torture.jsonl");
    if results.exists() {
        fs::remove_file(&results)?;
    }
    let mut command = suite::torture(&cases)?;
    command.env("BINTANG_RESULTS", &results).env("BINTANG_TORTURE", if full { "full" } else { "small" });
    let success = command.status().context("the tests cannot be started")?.success();
    let rows = rows(&fs::read_to_string(&results).context("no case said what became of it")?)?;
    println!("\n{}", table(&rows)?);
    if full && success {
        let file = workspace::root().join(TABLE);
        let mut all = Rows::new();
        if !cases.is_empty() {
            all = known(&fs::read_to_string(&file).context("the first table is of all cases")?);
        }
        all.extend(rows);
        fs::write(file, format!("{HEAD}{}", table(&all)?))?;
        println!("→ {TABLE}");
    }
    Ok(if success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Case and engine; how often it was done and what was lost.
type Rows = BTreeMap<(String, String), [String; 2]>;

/// What lines of JSON say.
fn rows(lines: &str) -> Result<Rows> {
    let mut rows = Rows::new();
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
        rows.insert((case, engine), rest);
    }
    Ok(rows)
}

/// What a table says.
fn known(table: &str) -> Rows {
    let cells = |line: &str| {
        let cells: Vec<String> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").map(str::to_owned).collect();
        let [case, engine, count, losses] = <[String; 4]>::try_from(cells).ok()?;
        Some(((case, engine), [count, losses]))
    };
    // The table's own head.
    table.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).filter_map(cells).collect()
}

/// The table, in the order of cases and engines.
fn table(rows: &Rows) -> Result<String> {
    let mut table = "| case | engine | count | losses |\n| --- | --- | --- | --- |\n".to_owned();
    for ((case, engine), [count, losses]) in rows {
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
        let all = rows(lines).unwrap();
        let table = table(&all).unwrap();
        assert_eq!(known(&format!("{HEAD}{table}")), all);
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| full | firefox | – | cannot: no quota |",
                "| killed | chromium | 20 | 0 |",
                "| killed | webkit | 20 | 1 |"
            ]
        );
        assert!(super::rows(r#"{"engine":"webkit","case":"killed"}"#).is_err());
        assert!(super::rows("no JSON").is_err());
    }
}
