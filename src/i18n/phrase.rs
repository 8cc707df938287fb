//! Texts with places for words.

/// A text with places for words, `{0}` and `{1}`. Where it has two forms, `one|other`, the first word chooses: the
/// first form is for 1.
#[derive(Debug, Clone, Copy)]
pub struct Phrase(pub &'static str);

/// What can stand in a place.
pub trait Word {
    /// As it is written.
    fn written(&self) -> String;
}

macro_rules! word {
    ($($kind:ty)+) => {$(
        impl Word for $kind {
            fn written(&self) -> String {
                self.to_string()
            }
        }
    )+};
}
word! { u8 u16 u32 usize }

impl Word for &str {
    fn written(&self) -> String {
        (*self).to_owned()
    }
}

impl Word for &String {
    fn written(&self) -> String {
        (*self).clone()
    }
}

impl Phrase {
    /// With one word.
    #[must_use]
    pub fn of(self, word: impl Word) -> String {
        self.filled(&word.written(), "")
    }

    /// With two words.
    #[must_use]
    pub fn both(self, first: impl Word, second: impl Word) -> String {
        self.filled(&first.written(), &second.written())
    }

    #[inline(never)]
    fn filled(self, first: &str, second: &str) -> String {
        let form = match self.0.split_once('|') {
            None => self.0,
            Some((one, other)) => {
                if first == "1" {
                    one
                } else {
                    other
                }
            }
        };
        // The words come in last, so that what stands in them is never taken for a place.
        let mut text = String::new();
        let mut rest = form;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            text.push_str(if after.starts_with('0') { first } else { second });
            rest = after.split_once('}').map_or("", |(_, rest)| rest);
        }
        text + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_the_language_wants_them() {
        assert_eq!(Phrase("{1} dari {0}").both(3_usize, "{0}"), "{0} dari 3");
        assert_eq!(Phrase("{0} item|{0} items").of(1_u8), "1 item");
        assert_eq!(Phrase("{0} item|{0} items").of(11_u8), "11 items");
        assert_eq!(Phrase("kosong").of(&String::new()), "kosong");
    }
}
