//! Texts from outside, as a terminal may see them.

use bintang_domain::text::is_unseen;

/// The text without what moves the cursor, paints, or turns letters about: each such letter is a dot.
pub fn shown(text: &str) -> String {
    text.chars().map(|letter| if is_unseen(letter) { '·' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(shown("a\u{1b}[2Jb\nc\u{202e}d é ⭐"), "a·[2Jb·c·d é ⭐");
    }
}
