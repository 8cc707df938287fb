//! Texts from outside, as a terminal may see them.

/// The text without what moves the cursor, paints, or turns letters about: each such letter is a dot.
pub fn shown(text: &str) -> String {
    let unseen = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().map(|letter| if unseen(letter) { '·' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(shown("a\u{1b}[2Jb\nc\u{202e}d é ⭐"), "a·[2Jb·c·d é ⭐");
    }
}
