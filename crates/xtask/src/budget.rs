//! What the first load weighs, held against `budget.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::post_build::brotli_size;
use crate::web::Compiler;
use crate::workspace;

/// The rubric that the first screen offers first.
const DEFAULT_RUBRIC: &str = "rubrics/food.json";

/// The kind of what comes after the first screen: it has a limit of its own.
const PART: &str = "part";

/// The kind of what other pages load before anybody has looked at the scorer in them.
const EMBED: &str = "embed";

struct Line {
    kind: &'static str,
    name: String,
    raw: u64,
    brotli: u64,
}

/// What came of weighing.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every limit is kept.
    Within,
    /// A limit is passed.
    Over,
    /// The limits are for an app that this machine cannot build; this is why.
    NotComparable(&'static str),
}

/// Prints the table and what is over.
pub fn run() -> Result<Verdict> {
    let lines = weighed(&workspace::dist())?;
    let text = fs::read_to_string(workspace::root().join("budget.toml")).context("budget.toml")?;
    let limits: toml::Table = text.parse().context("budget.toml")?;
    println!("{:<44} {:>10} {:>10}", "first load", "raw", "brotli");
    let print = |name: &str, raw, brotli| println!("{name:<44} {raw:>10} {brotli:>10}");
    for line in lines.iter().filter(|line| line.is_first()) {
        print(&line.name, line.raw, line.brotli);
    }
    print("together", lines.iter().filter(|line| line.is_first()).map(|line| line.raw).sum(), total(&lines));
    for line in lines.iter().filter(|line| !line.is_first()) {
        print(&format!("later: {}", line.name), line.raw, line.brotli);
    }
    let over = over_budget(&lines, &limits)?;
    let verdict = judge(&over, Compiler::find().and_then(Compiler::heavier));
    if verdict == Verdict::Over {
        for sentence in &over {
            println!("over budget: {sentence}");
        }
    }
    Ok(verdict)
}

/// A heavier app proves nothing either way: it may be over the limits for want of a tool, or be within them with room
/// that is not there.
fn judge(over: &[String], heavier: Option<&'static str>) -> Verdict {
    match heavier {
        Some(reason) => Verdict::NotComparable(reason),
        None if over.is_empty() => Verdict::Within,
        None => Verdict::Over,
    }
}

fn total(lines: &[Line]) -> u64 {
    lines.iter().filter(|line| line.is_first()).map(|line| line.brotli).sum()
}

impl Line {
    /// Whether it comes before the first screen.
    fn is_first(&self) -> bool {
        ![PART, EMBED].contains(&self.kind)
    }
}

fn weighed(dist: &Path) -> Result<Vec<Line>> {
    let mut names = vec![("html", "index.html".to_owned())];
    for entry in fs::read_dir(dist).with_context(|| format!("{}: run `cargo xtask build` first", dist.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        match name.rsplit_once('.') {
            Some((stem, "css")) if stem.starts_with("later-") => names.push((PART, name)),
            // Other pages load these, and frames.
            Some((stem, "css")) if stem.starts_with("embed") => {}
            Some((_, "css")) => names.push(("css", name)),
            // A part comes after the first screen.
            Some((stem, "wasm")) if stem.starts_with("part-") => names.push((PART, name)),
            Some((_, "wasm")) => names.push(("wasm", name)),
            Some(("embed", "js")) => names.push((EMBED, name)),
            // None of these is loaded before the first screen.
            Some((stem, "js")) if !["sw", "photo"].contains(&stem) && !stem.starts_with("embed") => {
                names.push(("js", name))
            }
            _ => {}
        }
    }
    names.push(("rubric", DEFAULT_RUBRIC.to_owned()));
    names.sort();
    names
        .into_iter()
        .map(|(kind, name)| {
            let content = fs::read(dist.join(&name)).with_context(|| name.clone())?;
            Ok(Line { kind, raw: u64::try_from(content.len())?, brotli: brotli_size(&content)?, name })
        })
        .collect()
}

fn over_budget(lines: &[Line], limits: &toml::Table) -> Result<Vec<String>> {
    let mut weights = BTreeMap::from([("total", total(lines))]);
    for line in lines {
        *weights.entry(line.kind).or_default() += line.brotli;
    }
    let mut over = Vec::new();
    for (kind, weight) in weights {
        let limit =
            if kind == "total" { limits.get("total") } else { limits.get("kinds").and_then(|all| all.get(kind)) };
        let Some(limit) = limit.and_then(toml::Value::as_integer) else {
            bail!("budget.toml has no line for {kind}");
        };
        if weight > u64::try_from(limit)? {
            over.push(format!("{kind} is {weight} bytes, {limit} are allowed"));
        }
    }
    Ok(over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_the_sum_have_a_limit() {
        let line = |kind, brotli| Line { kind, name: String::new(), raw: 0, brotli };
        let lines = [line("js", 60), line("js", 50), line("css", 10), line(PART, 30)];
        let limits: toml::Table = "total = 115\n[kinds]\njs = 200\ncss = 9\npart = 20".parse().unwrap();
        let over = over_budget(&lines, &limits).unwrap();
        let words = ["css is 10 bytes, 9 are allowed", "part is 30 bytes, 20 are allowed"];
        assert_eq!(over, [words[0], words[1], "total is 120 bytes, 115 are allowed"]);
        assert!(over_budget(&[line("html", 1)], &limits).is_err());
    }

    #[test]
    fn an_app_that_could_not_be_built_light_is_not_judged() {
        let over = ["wasm is 2 bytes, 1 are allowed".to_owned()];
        assert_eq!(judge(&[], None), Verdict::Within);
        assert_eq!(judge(&over, None), Verdict::Over);
        assert_eq!(judge(&over, Some("no source")), Verdict::NotComparable("no source"));
        assert_eq!(judge(&[], Some("no source")), Verdict::NotComparable("no source"));
    }
}
