//! The languages that the app offers: one for each file in `public/words` (docs/languages.md).

use std::{env, error::Error, fs, path::Path};

/// Its first texts come with the app, and it stands first.
const OWN: &str = "id";
const FOLDER: &str = "public/words";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={FOLDER}");
    let mut languages = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let path = entry?.path();
        let Some(tag) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let text = fs::read_to_string(&path)?;
        let name = text.lines().next().and_then(|line| line.strip_prefix("language: "));
        let name = name.ok_or_else(|| format!("{}: the first line says `language: ` and its name", path.display()))?;
        languages.push((tag.to_owned(), name.to_owned()));
    }
    languages.sort_by_key(|(tag, _)| (tag != OWN, tag.clone()));
    let list = format!("[(&str, &str); {}] = {languages:?};", languages.len());
    let file = Path::new(&env::var("OUT_DIR")?).join("languages.rs");
    fs::write(
        file,
        format!(
            "/// Tags (BCP 47) and names of the languages, the app's own first.\npub(super) const LANGUAGES: {list}\n"
        ),
    )?;
    Ok(())
}
