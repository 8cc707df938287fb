//! What pages of other sites load (docs/adr/0022): the element, and the files that it brings once somebody looks.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{names, page, scoped, styles};

/// The files of the app that run there too.
pub struct App<'names> {
    /// The glue.
    pub js: &'names str,
    /// The module.
    pub wasm: &'names str,
    /// The parts.
    pub parts: Vec<&'names str>,
}

/// Writes what runs inside a page; its name is for `start.js` too, which loads it in a frame.
pub fn embedded(root: &Path, stage: &Path, app: &App<'_>) -> Result<String> {
    let [style] = styles::bundle_with([&root.join("style/embed.css")], scoped::scoped)?;
    let css = names::write_hashed(stage, "embedded.css", style.as_bytes())?;
    let mut sums = serde_json::Map::new();
    for name in [css.as_str(), app.wasm].into_iter().chain(app.parts.iter().copied()) {
        sums.insert(name.to_owned(), integrity(stage, name)?.into());
    }
    let js = page::template(root, "embedded.js")?
        .replace("__JS__", &format!("./{}", app.js))
        .replace("__CSS__", &css)
        .replace("__WASM__", app.wasm)
        .replace("__SUMS__", &serde_json::Value::Object(sums).to_string());
    names::write_hashed(stage, "embedded.js", js.as_bytes())
}

/// Writes the element, under the name that stays and under one that carries its hash, and what a page needs to know to
/// load the latter.
pub fn element(root: &Path, stage: &Path, app: &App<'_>, embedded: &str) -> Result<()> {
    let template = page::template(root, "embed.js")?;
    ensure!(template.contains("__FILES__"), "public/embed.js lacks its mark");
    let files = serde_json::json!([[app.js, integrity(stage, app.js)?], [embedded, integrity(stage, embedded)?]]);
    let js = template.replace("__FILES__", &files.to_string());
    fs::write(stage.join("embed.js"), &js).context("embed.js")?;
    let name = names::write_hashed(stage, "embed.js", js.as_bytes())?;
    let known = serde_json::json!({"src": name, "integrity": names::integrity(js.as_bytes())});
    fs::write(stage.join("embed.json"), format!("{known}\n")).context("embed.json")
}

fn integrity(stage: &Path, name: &str) -> Result<String> {
    Ok(names::integrity(&fs::read(stage.join(name)).with_context(|| name.to_owned())?))
}
