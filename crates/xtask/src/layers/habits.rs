//! Habits of the house that a machine can see: short files, plain names, nothing inline, nothing left to do.

use super::Breach;
use super::source::Source;

/// Longer files hold more than one concept; tables say so on their first line.
const MOST_LINES: usize = 400;
const TABLE: &str = "// table";
/// Names that say nothing about the job.
const EMPTY_NAMES: [&str; 6] = ["Manager", "Service", "Helper", "Util", "Utils", "Data"];
/// Marks of unfinished work; spelled apart so that this file does not find itself.
const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Folders that exist on one machine only.
const PRIVATE: [&str; 3] = [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/")];

/// Checks one file.
pub fn check(file: &str, text: &str, source: &Source) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES && !text.starts_with(TABLE) {
        breaches.push(Breach::new(file, lines, format!("{lines} lines; {MOST_LINES} are the ceiling")));
    }
    if file.ends_with("/mod.rs") {
        breaches.push(Breach::new(file, 1, "a module is name.rs beside its folder, never mod.rs"));
    }
    for (line, text) in (1..).zip(text.lines()) {
        let mut words = text.split(|char: char| !char.is_alphanumeric());
        if words.any(|word| UNFINISHED.contains(&word)) {
            breaches.push(Breach::new(file, line, "unfinished work belongs into an issue"));
        }
        if PRIVATE.iter().any(|folder| text.contains(folder)) {
            breaches.push(Breach::new(file, line, "a folder of one machine"));
        }
    }
    for (line, code) in source.lines() {
        if let Some(name) = declared(code).filter(|name| EMPTY_NAMES.iter().any(|empty| name.ends_with(empty))) {
            breaches.push(Breach::new(file, line, format!("{name}: name the job, not that there is one")));
        }
        if file.starts_with("src/") && has_style_attribute(code) {
            breaches.push(Breach::new(file, line, "no style attribute: the content security policy forbids it"));
        }
        let clock = ["SystemTime::now", "Instant::now", "thread_rng"].iter().find(|call| code.contains(*call));
        if let Some(call) = clock.filter(|_| file.starts_with("crates/domain/src/")) {
            breaches.push(Breach::new(file, line, format!("{call}: the domain is given time and chance")));
        }
    }
    breaches
}

fn declared(code: &str) -> Option<&str> {
    let mut words = code.split(|char: char| !char.is_alphanumeric() && char != '_').filter(|word| !word.is_empty());
    words.find(|word| ["struct", "enum", "trait"].contains(word))?;
    words.next()
}

/// `style=` in a view; `style:name=` goes through the CSSOM and is allowed, as is `let style = …` after formatting.
fn has_style_attribute(code: &str) -> bool {
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("style=") {
        if before.is_empty() || before.ends_with([' ', '\t', '<']) {
            return !after.starts_with('=');
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(file: &str, text: &str) -> Vec<String> {
        check(file, text, &Source::read(text)).into_iter().map(|breach| breach.sentence).collect()
    }

    #[test]
    fn long_files_fail_unless_they_are_tables() {
        let long = "a();\n".repeat(401);
        assert_eq!(breaches("src/a.rs", &long), ["401 lines; 400 are the ceiling"]);
        assert!(breaches("src/a.rs", &format!("// table\n{long}")).is_empty());
    }

    #[test]
    fn style_attributes_are_found_and_properties_are_not() {
        assert_eq!(breaches("src/ui/a.rs", "view! { <p style=\"x\"/> }").len(), 1);
        assert!(breaches("src/ui/a.rs", "view! { <p style:width=w/> } let style = 1;\n// style=\n").is_empty());
        assert!(breaches("crates/cli/src/a.rs", "view! { <p style=\"x\"/> }").is_empty());
    }

    #[test]
    fn empty_names_and_unfinished_work_are_found() {
        assert_eq!(breaches("src/a.rs", "pub struct DraftManager;").len(), 1);
        assert!(breaches("src/a.rs", "pub struct Database; use x::FormData;").is_empty());
        assert_eq!(breaches("src/a.rs", concat!("// TO", "DO: later")).len(), 1);
    }

    #[test]
    fn the_domain_reads_no_clock() {
        assert_eq!(breaches("crates/domain/src/a.rs", "let now = Instant::now();").len(), 1);
        assert!(breaches("crates/cli/src/a.rs", "let now = Instant::now();").is_empty());
    }
}
