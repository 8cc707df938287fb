//! The official regions of Indonesia into `public/regions`: provinces and regencies in one file, and one small file for
//! each regency. They come from npm's `idn-area-data` (docs/dependencies.md) and are committed, so that a build needs no
//! npm; this is run again when the ministry has given new codes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{process, workspace};

/// The package and the version whose codes are in `public/regions`.
const PACKAGE: &str = "idn-area-data@4.0.1";

/// Fetches the package and writes the files.
pub fn run() -> Result<()> {
    let work = workspace::root().join("target/regions");
    fs::create_dir_all(&work)?;
    process::long("npm brings the regions", Command::new("npm").args(["pack", PACKAGE]).current_dir(&work))?;
    let archive = work.join(format!("{}.tgz", PACKAGE.replace('@', "-")));
    process::long("they are unpacked", Command::new("tar").arg("xzf").arg(&archive).current_dir(&work))?;
    let data = work.join("package/data");
    let names = ["provinces", "regencies", "districts", "villages"];
    let mut all = BTreeMap::new();
    for name in names {
        all.extend(named(&data.join(format!("{name}.csv")))?);
    }
    let target = workspace::root().join("public/regions");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(&target)?;
    let files = files(&all)?;
    for (name, text) in &files {
        fs::write(target.join(name), text)?;
    }
    fs::copy(data.join("LICENSE.md"), target.join("LICENSE.txt"))?;
    println!("{} regions in {} files", all.len(), files.len());
    Ok(())
}

/// Codes and names of one level.
fn named(file: &Path) -> Result<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).with_context(|| file.display().to_string())?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name).context(name.to_owned());
    let (code, name) = (column("code")?, column("name")?);
    let mut found = BTreeMap::new();
    for row in reader.records() {
        let row = row?;
        let at = |column| row.get(column).unwrap_or_default().trim().to_owned();
        let (code, name) = (at(code), at(name));
        ensure!(!name.is_empty() && !name.contains('\n'), "{code} has no name of one line");
        found.insert(code, name);
    }
    Ok(found)
}

/// The files by name: a line is the last part of a code and a name, those of the lower level behind a space.
fn files(all: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (code, name) in all {
        let parts: Vec<&str> = code.split('.').collect();
        let last = parts.last().copied().unwrap_or_default();
        let (file, lower) = match parts.as_slice() {
            [_] => ("index.txt".to_owned(), false),
            [_, _] => ("index.txt".to_owned(), true),
            [province, regency, rest @ ..] if rest.len() <= 2 => (format!("{province}.{regency}.txt"), rest.len() == 2),
            _ => anyhow::bail!("{code} is no code of a region"),
        };
        if let Some((above, _)) = code.rsplit_once('.') {
            ensure!(all.contains_key(above), "{code} lies in no region");
        }
        let text = files.entry(file).or_default();
        text.push_str(if lower { " " } else { "" });
        text.push_str(&format!("{last} {name}\n"));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_regency_has_a_file_of_its_own() {
        let region = |(code, name): (&str, &str)| (code.to_owned(), name.to_owned());
        let all = [("32", "Jawa Barat"), ("32.06", "Kabupaten Tasikmalaya"), ("32.06.16", "Cigalontang")];
        let all: BTreeMap<_, _> = all.into_iter().chain([("32.06.16.2001", "Sukamaju")]).map(region).collect();
        let files = files(&all).unwrap();
        assert_eq!(files["index.txt"], "32 Jawa Barat\n 06 Kabupaten Tasikmalaya\n");
        assert_eq!(files["32.06.txt"], "16 Cigalontang\n 2001 Sukamaju\n");
        let orphan = [region(("32.06", "Kabupaten Tasikmalaya"))].into();
        assert!(super::files(&orphan).is_err());
    }
}
