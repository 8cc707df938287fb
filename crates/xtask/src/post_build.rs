//! Trunk's last step: turns its output into what is served – hashed names, strict policy, offline list, compressed twins.

mod compress;
mod embed;
mod glue;
mod markup;
mod names;
mod page;
mod precache;
mod properties;
mod scoped;
mod sections;
mod split;
mod styles;
mod tables;
mod wasm;

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::workspace;
pub use compress::brotli_size;
pub use split::LINKED;

/// Works in the folder that Trunk names; the order matters: names, page, offline list, compression.
pub fn run() -> Result<()> {
    let stage = PathBuf::from(env::var_os("TRUNK_STAGING_DIR").context("post-build is called by Trunk")?);
    let url = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "./".to_owned());
    let root = workspace::root();
    copy_public(&root.join("public"), &stage)?;
    page::write(&root, &stage, &url)?;
    precache::write(&root.join("public/sw.js"), &stage)?;
    compress::all(&stage, env::var_os("TRUNK_DIST_DIR").map(PathBuf::from).as_deref())
}

/// Files of `public/` that are templates: they are written by the steps that fill them in.
const TEMPLATES: [&str; 6] = ["sw.js", "start.js", "theme.js", "parts.js", "embed.js", "embedded.js"];

fn copy_public(from: &Path, to: &Path) -> Result<()> {
    for path in names::files_below(from)? {
        if TEMPLATES.contains(&path.as_str()) {
            continue;
        }
        let target = to.join(&path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        if path.ends_with(".json") {
            fs::write(target, dense(&fs::read_to_string(from.join(&path))?)).with_context(|| path.clone())?;
        } else {
            fs::copy(from.join(&path), target).with_context(|| path.clone())?;
        }
    }
    Ok(())
}

/// JSON without the white space between its words; what stands in quotes stays as it is.
fn dense(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        if quoted || !c.is_ascii_whitespace() {
            out.push(c);
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_nothing_is_taken_out_of_json() {
        let json = "{\n \"a b\": [ 1, \"\\\\\" ],\n \"c\": \"x \\\" , y\" }\n";
        assert_eq!(dense(json), r#"{"a b":[1,"\\"],"c":"x \" , y"}"#);
        for name in ["food", "pottery"] {
            let file = fs::read_to_string(workspace::root().join(format!("public/rubrics/{name}.json"))).unwrap();
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(&dense(&file)), value(&file));
        }
    }
}
