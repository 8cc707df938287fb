//! Texts of a rubric, in one language or several.

/// Two-letter (or longer) language tag as it stands in a rubric or a setting: `id`, `en`, `vi`.
pub type Language = str;

/// A text of the rubric: plain (in the rubric's own language) or one text for each language.
///
/// It is text, never markup. Shown by [`LocalText::get`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalText {
    /// In the rubric's `language`.
    Plain(Box<str>),
    /// `(language, text)` in the order of the file; never empty.
    Each(Box<[(Box<str>, Box<str>)]>),
}

impl LocalText {
    /// The text in `wanted`; else in `fallback` (the rubric's language); else the first there is.
    #[must_use]
    pub fn get(&self, wanted: &Language, fallback: &Language) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Each(texts) => {
                let find = |language: &str| texts.iter().find(|(l, _)| &**l == language);
                find(wanted).or_else(|| find(fallback)).or(texts.first()).map_or("", |(_, text)| text)
            }
        }
    }
}

/// A name for comparing: small letters, single spaces. What a person typed twice need not be the same to the last space.
#[must_use]
pub fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Letters that are not seen, move the cursor of a terminal, or turn others about: control characters, and of the format
/// characters those in use (Unicode, general categories Cc and Cf).
#[must_use]
pub fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_there_in_any_language() {
        let plain = LocalText::Plain("Halo".into());
        assert_eq!(plain.get("en", "id"), "Halo");
        let each = LocalText::Each([("id".into(), "Halo".into()), ("en".into(), "Hello".into())].into());
        assert_eq!(each.get("en", "id"), "Hello");
        assert_eq!(each.get("vi", "en"), "Hello");
        assert_eq!(each.get("vi", "fr"), "Halo");
    }
}
