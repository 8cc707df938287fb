//! The linked module, cut in the part that the app starts with and the parts that it loads later (docs/adr/0007).
//!
//! Trunk knows no split modules, and has run wasm-bindgen when its hook is called; the cut comes before that. So what
//! cargo linked is taken once more.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

/// Names the variable that says where the linked module is.
pub const LINKED: &str = "BINTANG_LINKED";

/// The file that the cut writes its loaders into, and that the glue imports; ours stand in their place.
const LOADERS: &str = "./__wasm_split.js";

/// What wasm-split calls the file of a part.
const PART: &str = "split_";

/// The cut app, before it is made lighter.
pub struct Split {
    /// Where its files are; a folder that may be written to.
    pub folder: PathBuf,
    /// wasm-bindgen's glue.
    pub glue: PathBuf,
    /// The module that the app starts with.
    pub module: PathBuf,
    /// The parts by name, in a fixed order.
    pub parts: Vec<(String, PathBuf)>,
}

/// Cuts the linked module and has wasm-bindgen write the glue.
pub fn split() -> Result<Split> {
    let linked = PathBuf::from(env::var_os(LINKED).context("run by `cargo xtask build`, which names the module")?);
    let folder = linked.with_file_name("split");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    run(Command::new("wasm-split-cli").arg(&linked).arg(&folder))?;
    let parts = parts(&folder)?;
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "app", "--out-dir"]);
    run(bindgen.arg(&folder).arg(folder.join("main.wasm")))?;
    Ok(Split { glue: folder.join("app.js"), module: folder.join("app_bg.wasm"), parts, folder })
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().display().to_string();
    ensure!(command.status().with_context(|| program.clone())?.success(), "{program} failed");
    Ok(())
}

fn parts(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(".wasm").filter(|stem| *stem != "main") else { continue };
        let name =
            stem.strip_prefix(PART).with_context(|| format!("{name}: code that two parts share has no loader"))?;
        parts.push((name.to_owned(), path.clone()));
    }
    parts.sort();
    Ok(parts)
}

/// What the glue ends with.
const EXPORTS: &str = "export { initSync, __wbg_init as default };";

/// Functions of the glue that start an instance in every way that there is; `public/parts.js` has the two that are used.
const STARTS: [&str; 4] = [
    "function initSync(",
    "async function __wbg_init(",
    "async function __wbg_init_once(",
    "async function __wbg_load(",
];

/// The glue as a function of the page that the app runs in (docs/adr/0022), so that one page can have several instances;
/// with the loaders of the parts, written from their template, in place of the import.
pub fn joined(glue: &str, template: &str, parts: &[(&str, String)]) -> Result<String> {
    let line = glue.lines().find(|line| line.starts_with("import ") && line.contains(LOADERS));
    let line = line.context("wasm-bindgen's glue imports no loaders: the app has no part to load later")?;
    let name = line.split_ascii_whitespace().nth(3).context("an import has a name")?;
    let files = parts.iter().map(|(name, file)| format!("__wasm_split_load_{name}: part(\"./{file}\"),\n"));
    ensure!(template.contains("__PARTS__"), "public/parts.js lacks its mark");
    let loaders = template.replace("__NAME__", name).replace("__PARTS__", files.collect::<String>().trim_end());
    ensure!(glue.contains(EXPORTS), "wasm-bindgen's glue exports something else");
    let glue = glue.replace(line, "").replace(EXPORTS, "").replace("\nexport class ", "\nclass ");
    let glue = without(&glue, &STARTS);
    Ok(["export default (bintangHost) => {\n", glue.trim(), "\n", &loaders, "};\n"].concat())
}

/// Drops functions. In the glue a function ends with the first brace that stands at the beginning of a line.
fn without(js: &str, functions: &[&str]) -> String {
    let mut out = String::with_capacity(js.len());
    let mut inside = false;
    for line in js.lines() {
        inside |= functions.iter().any(|start| line.starts_with(start));
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
        inside &= line != "}";
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loaders_take_the_place_of_the_import() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nlet wasm;\nexport class A {}\nuse({\"./__wasm_split.js\": import1});\nfunction initSync(module) {\n    if (module) {\n    }\n}\nexport { initSync, __wbg_init as default };\n";
        let template = "const __NAME__ = {\n__PARTS__\n};\nreturn start;\n";
        let js = joined(glue, template, &[("more", "part-more-1.wasm".to_owned())]).unwrap();
        assert_eq!(
            js,
            "export default (bintangHost) => {\nlet wasm;\nclass A {}\nuse({\"./__wasm_split.js\": import1});\n\
             const import1 = {\n__wasm_split_load_more: part(\"./part-more-1.wasm\"),\n};\nreturn start;\n};\n"
        );
        assert!(joined("let wasm;\n", template, &[]).is_err());
        assert!(joined(glue, "", &[]).is_err());
    }
}
