//! index.html and the files it names.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{embed, markup, names, split, styles, wasm};

/// For hosts that cannot send headers; the receiver's header says exactly the same.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; \
    object-src 'none'; base-uri 'self'; form-action 'none'";

/// Writes the page with policy, integrity and hashed names.
pub fn write(root: &Path, stage: &Path, url: &str) -> Result<()> {
    let file = stage.join("index.html");
    let mut html = markup::tidied(&fs::read_to_string(&file).context("index.html")?);
    let mark = markup::replace_tag(&mut html, "<meta name=\"bintang-start\"", "")?;
    // Trunk's own pair is the app in one piece.
    fs::remove_file(named(stage, &mark, "data-js")?)?;
    fs::remove_file(named(stage, &mark, "data-wasm")?)?;
    let split = split::split()?;
    let mut parts = Vec::new();
    for (name, file) in &split.parts {
        let module = wasm::finished_part(&split, file)?;
        parts.push((name.as_str(), names::write_hashed(stage, &format!("part-{name}.wasm"), &module)?));
    }
    let [style, later] = styles::bundle([&root.join("style/main.css"), &root.join("style/later.css")])?;
    let later = names::write_hashed(stage, "later.css", later.as_bytes())?;
    let loaders = template(root, "parts.js")?.replace("__STYLE__", &format!("./{later}"));
    let glue = split::joined(&fs::read_to_string(&split.glue)?, &loaders, &parts)?;
    let (glue, module) = wasm::finished(&split, &glue)?;
    let js = names::write_hashed(stage, "bintang-app.js", glue.as_bytes())?;
    let wasm = names::write_hashed(stage, "bintang-app.wasm", &module)?;

    let app = embed::App { js: &js, wasm: &wasm, parts: parts.iter().map(|(_, file)| file.as_str()).collect() };
    let embedded = embed::embedded(root, stage, &app)?;
    embed::element(root, stage, &app, &embedded)?;
    let start = template(root, "start.js")?
        .replace("__JS__", &format!("./{js}"))
        .replace("__WASM__", &format!("./{wasm}"))
        .replace("__EMBEDDED__", &format!("./{embedded}"));
    let start = names::write_hashed(stage, "start.js", start.as_bytes())?;
    let theme = names::write_hashed(stage, "theme.js", template(root, "theme.js")?.as_bytes())?;
    let style = names::write_hashed(stage, "style.css", style.as_bytes())?;
    let integrity = |name: &str| -> Result<String> { Ok(names::integrity(&fs::read(stage.join(name))?)) };

    // A policy counts from where it stands, so it comes before anything is loaded.
    let charset = "<meta charset=\"utf-8\">";
    let policy = format!("{charset}\n<meta http-equiv=\"content-security-policy\" content=\"{POLICY}\">");
    markup::replace_tag(&mut html, charset, &policy)?;
    let script = format!("<script src=\"{url}{theme}\" integrity=\"{}\">", integrity(&theme)?);
    markup::replace_tag(&mut html, "<script src=\"theme.js\"", &script)?;
    // All of the start is asked for at once. No integrity on the wasm: it would have to arrive whole before it is compiled.
    let links = format!(
        "<link rel=\"stylesheet\" href=\"{url}{style}\" integrity=\"{}\">\n\
         <link rel=\"preload\" href=\"{url}{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <link rel=\"modulepreload\" href=\"{url}{js}\" integrity=\"{}\">\n\
         <script type=\"module\" src=\"{url}{start}\" integrity=\"{}\"></script>",
        integrity(&style)?,
        integrity(&js)?,
        integrity(&start)?
    );
    markup::replace_tag(&mut html, "<link rel=\"stylesheet\" href=\"style/main.css\"", &links)?;
    let html = prefixed(&markup::tidied(&html), url);
    markup::refuse_inline(&html)?;
    fs::write(file, html).context("index.html")
}

/// The file that Trunk's mark names. Its name carries the hash of what came into this step; a name that lasts for ever
/// needs that of what comes out.
fn named(stage: &Path, mark: &str, attribute: &str) -> Result<PathBuf> {
    let file = markup::attribute(mark, attribute).context("Trunk.toml's pattern_script names the app's files")?;
    Ok(stage.join(file.trim_start_matches("./")))
}

pub(super) fn template(root: &Path, name: &str) -> Result<String> {
    let text = fs::read_to_string(root.join("public").join(name)).with_context(|| format!("public/{name}"))?;
    Ok(without_comment_lines(&text))
}

/// Comments are for readers of the source.
fn without_comment_lines(text: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for line in text.lines().map(str::trim) {
        inside |= line.starts_with("/**");
        if !inside && !line.starts_with("//") && !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    out
}

/// The few files with fixed names, under the public URL too.
fn prefixed(html: &str, url: &str) -> String {
    let mut html = html.to_owned();
    for name in ["icons/", "manifest.webmanifest"] {
        for attribute in ["href", "src"] {
            html = html.replace(&format!("{attribute}=\"{name}"), &format!("{attribute}=\"{url}{name}"));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_names_get_the_public_url() {
        let html = prefixed("<link href=\"icons/icon.svg\"><img src=\"icons/icon.svg\">", "/app/");
        assert_eq!(html, "<link href=\"/app/icons/icon.svg\"><img src=\"/app/icons/icon.svg\">");
    }

    #[test]
    fn the_policy_is_this_and_nothing_more() {
        let text = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; object-src 'none'; base-uri 'self'; form-action 'none'";
        assert_eq!(POLICY, text);
    }

    #[test]
    fn comment_lines_go() {
        assert_eq!(without_comment_lines("/**\n * how\n */\n\nb();\n/** one */\n"), "b();\n");
        assert_eq!(without_comment_lines("// why\na();\n  // more\n  b(\"http://x\");\n"), "a();\nb(\"http://x\");\n");
    }
}
