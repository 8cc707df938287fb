//! The style sheet of the app for a shadow root in somebody else's page (docs/adr/0022). There the app has no root, no
//! window and no size of letters of its own: rules of the root become those of a box, widths those of the box around it,
//! and rem a length that this box has.

/// What the page may set, and which of the app's own properties follows it in the look that has no name: dark and full sun
/// are computed for their contrasts.
const THEMED: [(&str, &str); 10] = [
    ("--color-action", "--bintang-action"),
    ("--color-on-action", "--bintang-on-action"),
    ("--color-brand", "--bintang-brand"),
    ("--color-brand-raised", "--bintang-brand-raised"),
    ("--color-on-brand", "--bintang-on-brand"),
    ("--color-page", "--bintang-page"),
    ("--color-surface", "--bintang-surface"),
    ("--color-text", "--bintang-text"),
    ("--font-body", "--bintang-font"),
    ("--radius-md", "--bintang-radius"),
];

/// The same rules, for the shadow root.
pub fn scoped(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut named = false;
    for piece in pieces(css) {
        match piece {
            Piece::Before(prelude) if prelude.trim_start().starts_with('@') => out.push_str(&at_rule(prelude)),
            Piece::Before(prelude) => {
                named = prelude.contains("data-theme");
                out.push_str(&selectors(prelude));
            }
            Piece::Inside(declaration) => {
                let declaration = if named { declaration.to_owned() } else { themed(declaration) };
                out.push_str(&lengths(&declaration));
            }
            Piece::Sign(sign) => out.push(sign),
        }
    }
    out
}

/// A piece of a minified sheet.
enum Piece<'css> {
    /// What stands before a brace, or an at-rule that ends with a semicolon.
    Before(&'css str),
    /// A declaration.
    Inside(&'css str),
    /// `{`, `}` or `;`.
    Sign(char),
}

fn pieces(css: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut quote, mut depth) = (0, None, 0_usize);
    for (at, char) in css.char_indices() {
        match (quote, char) {
            (Some(end), _) if char == end => quote = None,
            (None, '"' | '\'') => quote = Some(char),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, '{' | '}' | ';') if depth == 0 => {
                let text = css.get(from..at).unwrap_or_default();
                let before = char == '{' || text.trim_start().starts_with('@');
                pieces.push(if before { Piece::Before(text) } else { Piece::Inside(text) });
                pieces.push(Piece::Sign(char));
                from = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(Piece::Inside(css.get(from..).unwrap_or_default()));
    pieces
}

/// Widths of the window are those of the box; lengths of letters there are those of the box too.
fn at_rule(prelude: &str) -> String {
    let prelude = prelude.replace("rem)", "em)");
    match prelude.split_once("@media") {
        Some((before, rest)) if rest.contains("-width") => {
            [before, "@container screen", &rest.replace(" screen and", "")].concat()
        }
        _ => prelude,
    }
}

/// The root and the elements that a document has once.
fn selectors(prelude: &str) -> String {
    let mut out = String::new();
    let mut rest = prelude;
    let in_name = |char: char| char.is_alphanumeric() || "-_.#:".contains(char);
    while let Some(start) = rest.find(in_name) {
        let (before, from) = rest.split_at(start);
        // `[` and `(` end a name, and so does a second colon of another pseudo-class.
        let end = from.char_indices().skip(1).find(|(_, char)| !in_name(*char) || ".#:".contains(*char));
        let (name, after) = from.split_at(end.map_or(from.len(), |(at, _)| at));
        out.push_str(before);
        out.push_str(if matches!(name, ":root" | "html" | "body") { ".bintang-root" } else { name });
        rest = after;
    }
    out + rest
}

/// What the page may set comes before the app's own.
fn themed(declaration: &str) -> String {
    let told = declaration.trim_start().split_once(':').and_then(|(name, value)| {
        let (_, set) = THEMED.into_iter().find(|(own, _)| *own == name)?;
        Some(format!("{name}: var({set},{})", value.trim()))
    });
    told.unwrap_or_else(|| declaration.to_owned())
}

/// `1.5rem` as a length of the box. Text in quotes holds no lengths in these sheets.
fn lengths(declaration: &str) -> String {
    let mut out = String::new();
    let mut rest = declaration;
    while let Some((before, after)) = rest.split_once("rem") {
        let number = before.rfind(|char: char| !char.is_ascii_digit() && char != '.').map_or(0, |at| at + 1);
        let (text, number) = before.split_at(number);
        out.push_str(text);
        let ends = !after.starts_with(|char: char| char.is_alphanumeric() || char == '-');
        match (number.is_empty(), ends) {
            (false, true) => out.push_str(&format!("calc({number}*var(--bintang-rem))")),
            _ => {
                out.push_str(number);
                out.push_str("rem");
            }
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_a_box() {
        let css =
            ":root{--x: 1}:root[data-theme=\"sun\"] .gate,html,body>p{color: red}.home-body,tbody,.a:root{top: 0}";
        assert_eq!(
            scoped(css),
            ".bintang-root{--x: 1}.bintang-root[data-theme=\"sun\"] .gate,.bintang-root,.bintang-root>p{color: red}.home-body,tbody,.a.bintang-root{top: 0}"
        );
    }

    #[test]
    fn widths_and_lengths_are_the_boxs() {
        let css = "@media screen and (min-width: 48em){.a{margin: 0 1.5rem calc(2px + .5rem)}}@container screen (max-width: 15rem){p{top: 0}}@media print{p{top: 1rem}}";
        assert_eq!(
            scoped(css),
            "@container screen (min-width: 48em){.a{margin: 0 calc(1.5*var(--bintang-rem)) calc(2px + calc(.5*var(--bintang-rem)))}}@container screen (max-width: 15em){p{top: 0}}@media print{p{top: calc(1*var(--bintang-rem))}}"
        );
        for same in ["@layer a,b;", "a{content: \"{rem\"}", "a{b: url(data:x;{})}", "a{--premium: 1}"] {
            assert_eq!(scoped(same), same);
        }
    }

    #[test]
    fn a_page_may_set_what_it_may_set() {
        let css = ":root{--color-action: #123;--color-line: #456}:root[data-theme=\"dark\"]{--color-action: #789}";
        assert_eq!(
            scoped(css),
            ".bintang-root{--color-action: var(--bintang-action,#123);--color-line: #456}.bintang-root[data-theme=\"dark\"]{--color-action: #789}"
        );
    }
}
