//! Rubrics of the comparison bench in our own format, so that the same sheet is measured in every app.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::workspace;

/// Writes `rubric-N.json` into a folder, never into the repository.
pub fn run(words: &[String]) -> Result<()> {
    let target = words.first().context("bench-rubrics wants the folder to write into, such as dist/rubrics")?;
    let source = workspace::root().join("../shared/bench/peers/rubrics");
    ensure!(source.is_dir(), "{} is not here; only a checkout beside the comparison bench has it", source.display());
    let target = workspace::root().join(target);
    fs::create_dir_all(&target)?;
    for size in [26, 260, 1000] {
        let name = format!("rubric-{size}.json");
        let text = fs::read_to_string(source.join(&name)).with_context(|| name.clone())?;
        let rubric = converted(&serde_json::from_str(&text)?).with_context(|| name.clone())?;
        write(&target.join(&name), &rubric)?;
    }
    println!("rubric-26.json, rubric-260.json and rubric-1000.json are in {}", target.display());
    Ok(())
}

fn write(file: &Path, rubric: &Value) -> Result<()> {
    fs::write(file, serde_json::to_string(rubric)?).with_context(|| file.display().to_string())
}

fn converted(bench: &Value) -> Result<Value> {
    let max = number(bench, "max")?;
    let parts = list(bench, "parts")?.iter().map(part).collect::<Result<Vec<_>>>()?;
    Ok(json!({
        "format": "bintang-rubric/1",
        "id": text(bench, "id")?.replace('_', "-"),
        "version": "1",
        "title": text(bench, "title")?,
        "language": "en",
        "status": "template",
        "source": ["Comparison bench"],
        "max": max,
        "parts": parts,
        "bands": bands(bench, max)?,
        "award": {"min_stars": 1},
        "requirements": [],
        "knockouts": [],
        "coaching": [],
        "panel": {"combine": "mean", "spread_limit": 10, "min_sheets": 1, "gates": "every"},
    }))
}

/// The bench gives the percentage from which each star is reached, lowest first; we give points, highest first.
fn bands(bench: &Value, max: u64) -> Result<Vec<Value>> {
    let mut bands = Vec::new();
    for (percent, stars) in list(bench, "starFrom")?.iter().zip(1..) {
        let hundredths = percent.as_u64().context("starFrom")? * max;
        bands.push(json!({"stars": stars, "from": points(hundredths)}));
    }
    bands.reverse();
    Ok(bands)
}

/// Whole numbers as such; two digits after the point otherwise, which the format allows.
fn points(hundredths: u64) -> Value {
    if hundredths.is_multiple_of(100) { json!(hundredths / 100) } else { json!(hundredths as f64 / 100.0) }
}

fn part(part: &Value) -> Result<Value> {
    let mut nodes = Vec::new();
    let mut sum = 0;
    for criterion in list(part, "criteria")? {
        let (node, max) = self::criterion(criterion)?;
        nodes.push(node);
        sum += max;
    }
    Ok(json!({"id": text(part, "id")?, "label": text(part, "title")?, "max": sum, "nodes": nodes}))
}

fn criterion(criterion: &Value) -> Result<(Value, u64)> {
    let mut options = Vec::new();
    let mut max = 0;
    for (option, letter) in list(criterion, "options")?.iter().zip('a'..) {
        let points = number(option, "points")?;
        max = max.max(points);
        options.push(json!({"id": letter.to_string(), "label": text(option, "label")?, "points": points}));
    }
    let photo = if criterion.get("photo").and_then(Value::as_bool) == Some(true) { "optional" } else { "none" };
    let node = json!({
        "id": text(criterion, "id")?,
        "label": text(criterion, "text")?,
        "max": max,
        "options": options,
        "evidence": {"photo": photo},
    });
    Ok((node, max))
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value.get(key).and_then(Value::as_str).with_context(|| format!("no text {key:?}"))
}

fn number(value: &Value, key: &str) -> Result<u64> {
    value.get(key).and_then(Value::as_u64).with_context(|| format!("no number {key:?}"))
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value.get(key).and_then(Value::as_array).with_context(|| format!("no list {key:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bench_rubric_becomes_ours() {
        let bench = json!({"id": "rubric_1", "title": "T", "max": 5, "starFrom": [0, 30], "parts": [
            {"id": "p", "title": "P", "criteria": [{"id": "c", "text": "C", "photo": true,
             "options": [{"label": "No", "points": 0}, {"label": "Yes", "points": 5}]}]}]});
        let ours = converted(&bench).unwrap();
        assert_eq!(ours["id"], "rubric-1");
        assert_eq!(ours["bands"], json!([{"stars": 2, "from": 1.5}, {"stars": 1, "from": 0}]));
        assert_eq!(ours["parts"][0]["max"], 5);
        assert_eq!(ours["parts"][0]["nodes"][0]["options"][1], json!({"id": "b", "label": "Yes", "points": 5}));
        assert_eq!(ours["parts"][0]["nodes"][0]["evidence"]["photo"], "optional");
    }
}
