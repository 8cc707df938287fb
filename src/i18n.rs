//! Languages of the interface. Indonesian words come with the app ([`Words`] in `locales/`: a key that is missing there
//! does not compile); those of other languages are files that are fetched when the language is chosen and kept by the
//! offline shell, so that nobody's first load pays for two languages. Rubric texts are data and come with the rubric.

use bintang_domain::{points::Fraction, time::Millis};

use crate::services::Services;

mod compare_words;
mod endpoint_words;
#[path = "../locales/id.rs"]
mod id;
mod keys;
mod later;
mod number;
mod phrase;
mod report_words;
mod subject_words;
mod words;

pub use later::{Later, LaterTexts};
pub use phrase::Phrase;
pub use words::Words;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Bahasa Indonesia, written first.
    Indonesian,
    /// English.
    English,
}

impl Language {
    /// All languages, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Indonesian, Self::English];

    /// The language's tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Indonesian => "Bahasa Indonesia",
            Self::English => "English",
        }
    }

    /// The language of a tag such as `en-GB`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        // `in` and `ms` are what older Android phones and Malay settings send; Indonesian is the nearest there is.
        match primary {
            "id" | "in" | "ms" | "jv" | "su" => Some(Self::Indonesian),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Where the words of a language stand that do not come with the app's first load: of Indonesian those of later
    /// pages, of other languages all.
    const fn file(self) -> &'static str {
        match self {
            Self::Indonesian => "words/id.txt",
            Self::English => "words/en.txt",
        }
    }

    const fn built_in(self) -> Option<&'static Words> {
        match self {
            Self::Indonesian => Some(BUILT_IN),
            Self::English => None,
        }
    }
}

/// The words that come with the app.
pub static BUILT_IN: &Words = &Words(id::TEXTS);

/// Brings all words of a language. `None` where their file cannot be had or is not whole.
pub async fn load(services: Services, language: Language) -> Option<(&'static Words, &'static LaterTexts)> {
    let fetching = services.ports().web_files.fetch(language.file());
    read(String::from_utf8(fetching.await.ok()?).ok()?, language)
}

/// Reads a language's file. Its words stay for as long as the page lives, as those that come with the app do.
fn read(file: String, language: Language) -> Option<(&'static Words, &'static LaterTexts)> {
    let mut lines = String::leak(file).lines();
    let words = match language.built_in() {
        Some(words) => words,
        None => Box::leak(Box::new(Words(keys::read(&mut lines)?))),
    };
    Some((words, Box::leak(Box::new(LaterTexts(keys::read(&mut lines)?)))))
}

/// The language that a page is written in. A copy is handed to whoever writes; at a switch pages are written anew.
#[derive(Debug, Clone, Copy)]
pub struct I18n {
    language: Language,
    words: &'static Words,
    later: Option<&'static LaterTexts>,
    services: Services,
}

impl I18n {
    /// Of a language and its words.
    #[must_use]
    pub fn new(language: Language, later: Later, services: Services) -> Self {
        Self { language, words: later.first, later: later.own, services }
    }

    /// All its words, on a page of the part.
    #[must_use]
    pub fn later(self) -> Later {
        Later { first: self.words, own: self.later }
    }

    /// Its words on a first screen.
    #[must_use]
    pub fn words(self) -> &'static Words {
        self.words
    }

    /// Its tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// Points as the language writes numbers, with at most two digits after the sign.
    #[must_use]
    pub fn points(self, points: impl Into<Fraction>) -> String {
        number::hundredths(self.language, points.into().nearest_hundredth())
    }

    /// Day and time.
    #[must_use]
    pub fn moment(self, at: Millis) -> String {
        self.services.ports().formats.moment(self.tag(), at)
    }

    /// Time of day.
    #[must_use]
    pub fn time(self, at: Millis) -> String {
        self.services.ports().formats.time(self.tag(), at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_places() {
        assert_eq!(id::KEYS, words::KEYS);
        let keys_of =
            |file: &str| file.lines().map(|line| line.split_once(": ").unwrap().0.to_owned()).collect::<Vec<_>>();
        let (own, file) = (include_str!("../public/words/id.txt"), include_str!("../public/words/en.txt"));
        let tables: [&[&str]; 5] =
            [&later::KEYS, &endpoint_words::KEYS, &compare_words::KEYS, &subject_words::KEYS, &report_words::KEYS];
        let later_keys = tables.concat();
        assert_eq!(keys_of(own), later_keys);
        assert_eq!(keys_of(file), [words::KEYS.as_slice(), &later_keys].concat());
        let (_, own_later) = read(own.to_owned(), Language::Indonesian).unwrap();
        let (english, english_later) = read(file.to_owned(), Language::English).unwrap();
        let first = words::KEYS.iter().zip(id::TEXTS).zip(english.0);
        let all = first.chain(later_keys.iter().zip(own_later.0).zip(english_later.0));
        for ((key, own), text) in all {
            assert!(!own.is_empty() && !text.is_empty(), "{key}");
            for place in ["{0}", "{1}"] {
                assert_eq!(own.contains(place), text.contains(place), "{key} {place}");
            }
        }
        for (file, language) in [(own, Language::Indonesian), (file, Language::English)] {
            let (cut, _) = file.trim_end().rsplit_once('\n').unwrap();
            assert!(read(cut.to_owned(), language).is_none());
        }
    }
}
