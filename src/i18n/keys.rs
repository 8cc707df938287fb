//! Tables of interface texts behind keys.

use super::Phrase;

/// A text without places.
pub(super) type Plain = &'static str;

/// A kind of text.
pub(super) trait Text {
    fn of(text: &'static str) -> Self;
}

impl Text for Plain {
    fn of(text: &'static str) -> Self {
        text
    }
}

impl Text for Phrase {
    fn of(text: &'static str) -> Self {
        Self(text)
    }
}

/// Reads so many lines `key: text`. `None` where they are not whole.
pub(super) fn read<const N: usize>(lines: &mut std::str::Lines<'static>) -> Option<[&'static str; N]> {
    let mut texts = [""; N];
    for text in &mut texts {
        *text = lines.next()?.split_once(':')?.1.strip_prefix(' ')?;
    }
    Some(texts)
}

/// The keys of a table that begins behind so many texts, and a function for each on the type that has its texts (`fn text(&self, usize)`).
macro_rules! keys {
    ($name:ident from $base:expr; $($key:ident: $kind:ident,)+) => {
        #[allow(non_camel_case_types, reason = "the keys as they are called")]
        enum Key {
            $($key,)+
        }

        /// How many there are.
        pub(super) const COUNT: usize = [$(Key::$key as usize),+].len();

        /// The keys in their order.
        #[cfg(test)]
        pub(super) const KEYS: [&str; COUNT] = [$(stringify!($key)),+];

        impl $name {
            $(
                #[allow(missing_docs, reason = "the key is the name; the text stands beside it in each language")]
                #[must_use]
                pub fn $key(&self) -> $kind {
                    Text::of(self.text($base + Key::$key as usize))
                }
            )+
        }
    };
}
pub(super) use keys;
