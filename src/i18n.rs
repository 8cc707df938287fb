//! Languages of the interface. Indonesian words come with the app ([`Words`] in `locales/`: a key that is missing there
//! does not compile); those of other languages are files that are fetched when the language is chosen and kept by the
//! offline shell, so that nobody's first load pays for two languages. Rubric texts are data and come with the rubric.

use bintang_domain::{points::Fraction, subject::Stage, time::Millis};

use crate::services::Services;

mod arrival_words;
mod compare_words;
mod embed_words;
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

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language of the interface: one of those that `public/words` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(usize);

impl Language {
    /// All languages, in the order they are offered.
    #[expect(clippy::indexing_slicing, reason = "the compiler checks it")]
    pub const ALL: [Self; LANGUAGES.len()] = {
        let mut all = [Self(0); LANGUAGES.len()];
        let mut place = 0;
        while place < all.len() {
            all[place] = Self(place);
            place += 1;
        }
        all
    };

    /// Bahasa Indonesia, written first: its first words come with the app.
    pub const INDONESIAN: Self = Self(0);

    fn told(self) -> (&'static str, &'static str) {
        LANGUAGES.get(self.0).copied().unwrap_or_default()
    }

    /// The language's tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.told().0
    }

    /// Its name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.told().1
    }

    /// The language of a tag such as `en-GB`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let find = |wanted: &str| Self::ALL.into_iter().find(|language| language.tag() == wanted);
        let primary = tag.split('-').next().unwrap_or_default();
        // What older Android phones and Malay settings send, and languages of Java; Indonesian is the nearest there is.
        let near = matches!(primary, "in" | "ms" | "jv" | "su").then_some(Self::INDONESIAN);
        find(tag).or_else(|| find(primary)).or(near)
    }

    const fn built_in(self) -> Option<&'static Words> {
        if self.0 == 0 { Some(BUILT_IN) } else { None }
    }
}

/// The words that come with the app.
pub static BUILT_IN: &Words = &Words { texts: id::TEXTS, direction: "ltr", decimal: ",", thousands: "." };

/// Brings all words of a language. `None` where their file cannot be had or is not whole.
pub async fn load(services: Services, language: Language) -> Option<(&'static Words, &'static LaterTexts)> {
    // Of Indonesian the file has the words of later pages, of other languages all.
    let fetching = services.ports().web_files.fetch(&["words/", language.tag(), ".txt"].concat());
    read(String::from_utf8(fetching.await.ok()?).ok()?, language)
}

/// Reads a language's file. Its words stay for as long as the page lives, as those that come with the app do.
fn read(file: String, language: Language) -> Option<(&'static Words, &'static LaterTexts)> {
    let mut lines = String::leak(file).lines();
    let [_, direction, decimal, thousands] = keys::read(&mut lines)?;
    let words = match language.built_in() {
        Some(words) => words,
        None => Box::leak(Box::new(Words { texts: keys::read(&mut lines)?, direction, decimal, thousands })),
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

    /// The name of a stage.
    #[must_use]
    pub fn stage(self, stage: Stage) -> &'static str {
        match stage {
            Stage::Usulan => self.words.stage_usulan(),
            Stage::Seleksi => self.words.stage_seleksi(),
            Stage::Evaluasi => self.words.stage_evaluasi(),
        }
    }

    /// Its tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// Which way it is written: `ltr` or `rtl`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        self.words.direction
    }

    /// Points as the language writes numbers, with at most two digits after the sign.
    #[must_use]
    pub fn points(self, points: impl Into<Fraction>) -> String {
        number::hundredths(self.words.decimal, self.words.thousands, points.into().nearest_hundredth())
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
    fn every_text_is_there_in_every_language_with_the_same_places() {
        assert_eq!(id::KEYS, words::KEYS);
        let tables: [&[&str]; 7] = [
            &later::KEYS,
            &endpoint_words::KEYS,
            &compare_words::KEYS,
            &subject_words::KEYS,
            &report_words::KEYS,
            &arrival_words::KEYS,
            &embed_words::KEYS,
        ];
        let later_keys = tables.concat();
        let head = ["language", "direction", "decimal", "thousands"];
        let file = |language: Language| {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/words");
            std::fs::read_to_string(folder.join(language.tag()).with_extension("txt")).unwrap()
        };
        let own = file(Language::INDONESIAN);
        let (_, own_later) = read(own, Language::INDONESIAN).unwrap();
        let own_all: Vec<&str> = id::TEXTS.iter().chain(&own_later.0).copied().collect();
        assert!(Language::ALL.len() > 1);
        for language in Language::ALL {
            let (text, tag) = (file(language), language.tag());
            let keys: Vec<&str> = text.lines().map(|line| line.split_once(": ").unwrap().0).collect();
            let first: &[&str] = if language == Language::INDONESIAN { &[] } else { &words::KEYS };
            assert_eq!(keys, [head.as_slice(), first, &later_keys].concat(), "{tag}");
            let (words, later) = read(text.clone(), language).unwrap();
            assert!(["ltr", "rtl"].contains(&words.direction), "{tag}");
            let all = words.texts.iter().chain(&later.0);
            for ((key, own), text) in words::KEYS.iter().chain(&later_keys).zip(&own_all).zip(all) {
                assert!(!text.is_empty(), "{tag}: {key}");
                for place in ["{0}", "{1}"] {
                    assert_eq!(own.contains(place), text.contains(place), "{tag}: {key} {place}");
                }
            }
            let (cut, _) = text.trim_end().rsplit_once('\n').unwrap();
            assert!(read(cut.to_owned(), language).is_none(), "{tag}");
        }
    }

    #[test]
    fn phones_are_answered_in_what_they_ask_for() {
        let tag = |asked: &str| Language::of_tag(asked).map(Language::tag);
        assert_eq!(
            ["id", "in-ID", "jv", "en-GB", "fr", ""].map(tag),
            [Some("id"), Some("id"), Some("id"), Some("en"), None, None]
        );
    }
}
