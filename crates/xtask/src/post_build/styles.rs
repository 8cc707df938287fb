//! One file of a style sheet and what it imports: browsers would fetch imports one after another.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::properties;

/// The bundled, lightly minified sheets of one page, their own properties under the same short names in all of them.
pub fn bundle<const N: usize>(files: [&Path; N]) -> Result<[String; N]> {
    bundle_with(files, str::to_owned)
}

/// As [`bundle`], with the rules made others.
pub fn bundle_with<const N: usize>(files: [&Path; N], made: impl Fn(&str) -> String) -> Result<[String; N]> {
    let mut sheets = [const { String::new() }; N];
    for (sheet, file) in sheets.iter_mut().zip(files) {
        *sheet = made(&minified(&inlined(file, 0)?));
    }
    Ok(properties::shortened(sheets))
}

fn inlined(file: &Path, depth: usize) -> Result<String> {
    if depth > 5 {
        bail!("{} imports itself", file.display());
    }
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let folder = file.parent().unwrap_or(file);
    let mut out = String::new();
    for line in text.lines() {
        match Import::parse(line) {
            Some(import) => out.push_str(&import.wrap(&inlined(&folder.join(import.file), depth + 1)?)),
            None if line.trim_start().starts_with("@import") => bail!("{}: cannot read {line}", file.display()),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    Ok(out)
}

/// `@import "file.css" layer(name) media;`, on one line.
struct Import<'a> {
    file: &'a str,
    layer: Option<&'a str>,
    media: &'a str,
}

impl<'a> Import<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let rest = line.trim().strip_prefix("@import")?.trim_start();
        let rest = rest.strip_prefix("url(").unwrap_or(rest).strip_prefix('"')?;
        let (file, rest) = rest.split_once('"')?;
        let rest = rest.trim_start_matches(')').split_once(';')?.0.trim();
        let (layer, media) = match rest.strip_prefix("layer(") {
            Some(rest) => rest.split_once(')').map(|(layer, media)| (Some(layer), media.trim()))?,
            None => (None, rest),
        };
        Some(Self { file, layer, media })
    }

    fn wrap(&self, content: &str) -> String {
        let layered = match self.layer {
            Some(layer) => format!("@layer {layer} {{\n{content}}}"),
            None => content.to_owned(),
        };
        if self.media.is_empty() { layered } else { format!("@media {} {{\n{layered}}}", self.media) }
    }
}

/// Drops comments and white space where it means nothing in any rule; text in quotes stays as it is.
fn minified(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' | '\'' => {
                out.push(char);
                while let Some(inner) = chars.next() {
                    out.push(inner);
                    if inner == '\\' {
                        out.extend(chars.next());
                    } else if inner == char {
                        break;
                    }
                }
            }
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                while let Some(inner) = chars.next() {
                    if inner == '*' && chars.next_if_eq(&'/').is_some() {
                        break;
                    }
                }
                // A comment parts words as a space does.
                space(&mut out);
            }
            _ if char.is_ascii_whitespace() => space(&mut out),
            '{' | '}' | ';' | ',' => {
                // "--empty: ;" needs its space.
                if out.ends_with(' ') && !out.ends_with(": ") {
                    out.pop();
                }
                if char == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out.trim().to_owned() + "\n"
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_become_layers_and_media_blocks() {
        let import = Import::parse("@import \"print.css\" layer(print) print;").unwrap();
        assert_eq!((import.file, import.layer, import.media), ("print.css", Some("print"), "print"));
        assert_eq!(import.wrap("a{}\n"), "@media print {\n@layer print {\na{}\n}}");
        let plain = Import::parse("@import url(\"a.css\");").unwrap();
        assert_eq!((plain.file, plain.layer, plain.media), ("a.css", None, ""));
        assert!(Import::parse("a { }").is_none());
    }

    #[test]
    fn minifying_changes_no_meaning() {
        let css =
            "/* why */\na :hover ,\nb > c {\n  margin: 0 calc(1px + 2px) ;\n  content: \"a ; /* b */\";\n  --x: ;\n}\n";
        assert_eq!(minified(css), "a :hover,b > c{margin: 0 calc(1px + 2px);content: \"a ; /* b */\";--x: }\n");
    }
}
