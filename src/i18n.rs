//! Languages of the interface. The words stand in `locales/`, one file a language, each a [`Words`] value: a key that is
//! missing there does not compile. Rubric texts are data and come with the rubric.

use bintang_domain::{points::Fraction, time::Millis};
use leptos::prelude::*;

use crate::services::Services;

#[path = "../locales/en.rs"]
mod en;
#[path = "../locales/id.rs"]
mod id;
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

/// The language in use. A copy is handed to whoever writes; reading a word inside a view renews it at a switch.
#[derive(Debug, Clone, Copy)]
pub struct I18n {
    /// The language shown.
    pub language: RwSignal<Language>,
}

impl I18n {
    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The words now; renews the view at a switch.
    #[must_use]
    pub fn words(self) -> &'static Words {
        self.language.get().words()
    }

    /// The tag now; renews the view at a switch.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.language.get().tag()
    }

    /// Points as the language writes numbers.
    #[must_use]
    pub fn points(self, points: impl Into<Fraction>) -> String {
        let tag = self.tag();
        Services::get().with(|services| services.formats.points(tag, points.into()))
    }

    /// Day and time.
    #[must_use]
    pub fn moment(self, at: Millis) -> String {
        let tag = self.tag();
        Services::get().with(|services| services.formats.moment(tag, at))
    }

    /// Time of day.
    #[must_use]
    pub fn time(self, at: Millis) -> String {
        let tag = self.tag();
        Services::get().with(|services| services.formats.time(tag, at))
    }
}
