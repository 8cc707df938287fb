//! sw.js with the list of everything the app needs without a network.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::names;

/// Bytes that a browser counts for the app before its first file is kept: 64 kB for the list of cached files, 48 kB for each
/// of two databases (measured in Firefox 140).
const COUNTED_BEFORE: usize = 150_000;

/// The folder of the files that are kept when they are asked for, a regency each; the list of regencies is kept with the app.
const REGIONS: &str = "regions/";

/// Fills in the template of the service worker.
pub fn write(template: &Path, stage: &Path) -> Result<()> {
    let template = fs::read_to_string(template).with_context(|| template.display().to_string())?;
    let mut files = Vec::new();
    let mut regions = String::new();
    for path in names::files_below(stage)?.into_iter().filter(|path| path.starts_with(REGIONS) && is_text(path)) {
        regions.push_str(&names::integrity(&fs::read(stage.join(&path))?));
    }
    for path in names::files_below(stage)?.into_iter().filter(|path| wanted(path)) {
        ensure!(path.bytes().all(plain), "{path}: a file name must need no escaping in a URL");
        let content = fs::read(stage.join(&path))?;
        files.push((content.len(), url(&path).to_owned(), names::integrity(&content)));
    }
    let list = in_order(files)?;
    fs::write(stage.join("sw.js"), filled(&template, &list, &names::hash(regions.as_bytes()))?).context("sw.js")
}

/// Not the worker itself, not what only a host page or a server asks for.
fn wanted(path: &str) -> bool {
    path != "sw.js"
        && !path.starts_with("embed")
        && !path.ends_with(".br")
        && !path.ends_with(".gz")
        && (!path.starts_with(REGIONS) || path == "regions/index.txt")
}

fn is_text(path: &str) -> bool {
    path.ends_with(".txt")
}

fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-/".contains(&byte)
}

/// Many hosts redirect index.html to its folder, and a redirected answer is no use offline.
fn url(path: &str) -> &str {
    if path == "index.html" { "./" } else { path }
}

/// The smallest first, and none larger than what is counted by then: public/sw.js says why.
fn in_order(mut files: Vec<(usize, String, String)>) -> Result<Vec<(String, String)>> {
    files.sort();
    let mut counted = COUNTED_BEFORE;
    for (size, path, _) in &files {
        ensure!(*size <= counted, "{path} has {size} bytes, all smaller files and the databases {counted}: divide it");
        counted += size;
    }
    Ok(files.into_iter().map(|(_, path, integrity)| (path, integrity)).collect())
}

fn filled(template: &str, list: &[(String, String)], regions: &str) -> Result<String> {
    let list = serde_json::to_string(list)?.replace("],[", "],\n[");
    // The worker's own code counts too: another one must not share its cache with the one that runs.
    let version = names::hash(format!("{template}{list}{regions}").as_bytes());
    ensure!(template.contains("__VERSION__") && template.contains("__PRECACHE__"), "public/sw.js lacks its marks");
    let template = template.replace("__REGIONS__", regions);
    Ok(template.replace("__VERSION__", &version).replace("__PRECACHE__", &list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_follows_list_and_code() {
        let one = [("a.js".to_owned(), "sha256-x".to_owned())];
        let two = [("a.js".to_owned(), "sha256-y".to_owned())];
        let template = "v=\"__VERSION__\";l=__PRECACHE__;";
        let filled = |template: &str, list: &[(String, String)]| filled(template, list, "r");
        let first = filled(template, &one).unwrap();
        assert!(first.ends_with("l=[[\"a.js\",\"sha256-x\"]];"), "{first}");
        assert_ne!(first.get(..22), filled(template, &two).unwrap().get(..22));
        assert_ne!(first.get(..22), filled(&format!("{template} "), &one).unwrap().get(..22));
        assert!(filled("nothing", &one).is_err());
    }

    #[test]
    fn the_smallest_is_kept_first_and_none_outweighs_what_is_kept() {
        let file = |size: usize, path: &str| (size, path.to_owned(), "sha256-x".to_owned());
        let paths = |files| in_order(files).map(|list| list.into_iter().map(|(path, _)| path).collect::<Vec<_>>());
        let files = vec![file(300_000, "c"), file(70_000, "b"), file(150_000, "a")];
        assert_eq!(paths(files).unwrap(), ["b", "a", "c"]);
        assert!(paths(vec![file(150_001, "a")]).is_err());
        assert!(paths(vec![file(50_000, "a"), file(200_001, "b")]).is_err());
    }

    #[test]
    fn the_page_is_listed_by_its_folder_and_twins_are_not_listed() {
        assert_eq!(url("index.html"), "./");
        assert!(
            wanted("rubrics/food.json")
                && !wanted("embedded-0123456789abcdef.css")
                && !wanted("index.html.br")
                && !wanted("sw.js")
        );
        assert!(wanted("regions/index.txt") && !wanted("regions/32.06.txt") && !wanted("regions/LICENSE.txt"));
    }
}
