//! Short names for the style sheet's own custom properties: they are said some six hundred times, and only there.

use std::collections::HashMap;

/// Properties that begin so are spoken of from outside the sheet and keep their names.
const PUBLIC: &str = "--bintang-";

/// The sheets of one page with every custom property that they declare under a short name, the most used ones first.
pub fn shortened<const N: usize>(sheets: [String; N]) -> [String; N] {
    let mut uses: Vec<(&str, usize)> = Vec::new();
    for (_, name) in sheets.iter().flat_map(|css| names(css)) {
        match uses.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => uses.push((name, 1)),
        }
    }
    uses.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let short: HashMap<&str, String> =
        uses.iter().enumerate().map(|(place, (name, _))| (*name, format!("--{}", letters(place)))).collect();
    sheets.each_ref().map(|css| renamed(css, &short))
}

fn renamed(css: &str, short: &HashMap<&str, String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut from = 0;
    for (at, name) in names(css) {
        out.push_str(css.get(from..at).unwrap_or_default());
        out.push_str(short.get(name).map_or(name, String::as_str));
        from = at + name.len();
    }
    out.push_str(css.get(from..).unwrap_or_default());
    out
}

/// Custom properties and where they stand. `--` within a word is part of a class name.
fn names(css: &str) -> impl Iterator<Item = (usize, &str)> {
    css.match_indices("--").filter_map(|(at, _)| {
        let before = css.get(..at)?.chars().next_back();
        let rest = css.get(at..)?;
        let end = rest.find(|char: char| !in_name(char)).unwrap_or(rest.len());
        let name = rest.get(..end)?;
        (!before.is_some_and(in_name) && end > 2 && !name.starts_with(PUBLIC)).then_some((at, name))
    })
}

fn in_name(char: char) -> bool {
    char.is_alphanumeric() || char == '-' || char == '_'
}

/// a, b, … z, aa, ab, …
fn letters(place: usize) -> String {
    let last = char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    if place < 26 { last.to_string() } else { letters(place / 26 - 1) + &last.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_short_and_classes_stay() {
        let css = ":root{--ink: #123;--space-2: 4px;--bintang-star: gold}\n.item--plain{color: var(--space-2) var(--space-2,var(--ink));fill: var(--bintang-star)}";
        let [css, later] = shortened([css.to_owned(), "p{color: var(--ink)}".to_owned()]);
        assert_eq!(later, "p{color: var(--a)}");
        assert_eq!(
            css,
            ":root{--a: #123;--b: 4px;--bintang-star: gold}\n.item--plain{color: var(--b) var(--b,var(--a));fill: var(--bintang-star)}"
        );
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52].map(letters), ["a", "z", "aa", "az", "ba"]);
    }
}
