//! Languages of the interface. The words stand in `locales/`, one file a language, each a [`Words`] value: a key that is
//! missing there does not compile. Rubric texts are data and come with the rubric.

use bintang_domain::{points::Fraction, time::Millis};

use crate::{context::App, services::Services};

#[path = "../locales/en.rs"]
mod en;
#[path = "../locales/id.rs"]
mod id;
mod number;
mod words;

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

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::Indonesian => &id::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

/// The language that a page is written in. A copy is handed to whoever writes; at a switch pages are written anew.
#[derive(Debug, Clone, Copy)]
pub struct I18n {
    language: Language,
    services: Services,
}

impl I18n {
    /// From the context.
    #[must_use]
    #[inline(never)]
    pub fn get() -> Self {
        let app = App::get();
        Self { language: app.settings.language.get_untracked(), services: app.services }
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static Words {
        self.language.words()
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
