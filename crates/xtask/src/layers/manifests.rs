//! What the manifests promise: the pure core stays pure, the browser's interfaces stay in one crate.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Breach;

/// Beginnings of the names of crates that bring the web, a clock, randomness or an async runtime.
const IMPURE: [&str; 18] = [
    "wasm-bindgen",
    "web-sys",
    "js-sys",
    "gloo",
    "leptos",
    "rexie",
    "idb",
    "reactive",
    "tokio",
    "async-std",
    "axum",
    "reqwest",
    "sqlx",
    "rand",
    "getrandom",
    "chrono",
    "time",
    "bintang-",
];
const BROWSER: [&str; 5] = ["web-sys", "js-sys", "rexie", "idb", "gloo"];

/// Checks the manifests that carry a rule.
pub fn check(root: &Path) -> Result<Vec<Breach>> {
    let mut breaches =
        forbidden(root, "crates/domain/Cargo.toml", &IMPURE, "the domain knows no web, clock, chance or runtime")?;
    for file in ["Cargo.toml", "crates/receiver/Cargo.toml", "crates/cli/Cargo.toml"] {
        breaches.extend(forbidden(root, file, &BROWSER, "only crates/platform speaks to the browser")?);
    }
    breaches.extend(forbidden(root, "crates/platform/Cargo.toml", &["leptos"], "the adapters know no views")?);
    Ok(breaches)
}

fn forbidden(root: &Path, file: &str, names: &[&str], why: &str) -> Result<Vec<Breach>> {
    let text = fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
    let manifest: Table = text.parse().with_context(|| file.to_owned())?;
    let found = dependencies(&manifest).into_iter().filter(|name| names.iter().any(|start| name.starts_with(start)));
    Ok(found.map(|name| Breach::new(file, line_of(&text, name), format!("{name}: {why}"))).collect())
}

/// Ordinary dependencies; tests may use more.
fn dependencies(manifest: &Table) -> Vec<&str> {
    let mut all = names(manifest.get("dependencies"));
    for target in manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values) {
        all.extend(names(target.get("dependencies")));
    }
    all
}

fn names(table: Option<&Value>) -> Vec<&str> {
    table.and_then(Value::as_table).into_iter().flat_map(Table::keys).map(String::as_str).collect()
}

fn line_of(text: &str, name: &str) -> usize {
    let section = text.lines().position(|line| line.ends_with("dependencies]") && !line.starts_with("[workspace"));
    let from = section.unwrap_or_default();
    text.lines().skip(from).position(|line| line.starts_with(name)).map_or(1, |at| from + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_targets_count_and_those_of_tests_do_not() {
        let text = "[dependencies]\nserde = \"1\"\n[dev-dependencies]\nweb-sys = \"1\"\n[target.wasm.dependencies]\nidb = \"1\"\n";
        let manifest = text.parse().unwrap();
        assert_eq!(dependencies(&manifest), ["serde", "idb"]);
        assert_eq!(line_of(text, "idb"), 6);
    }
}
