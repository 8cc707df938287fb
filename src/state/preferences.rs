//! The person's settings: language, look, assessor.

use crate::{
    context::App,
    i18n::{self, BUILT_IN, Language, LaterTexts, Words},
    services::Services,
};
use bintang_dom::RwSignal;
use bintang_domain::subject::Assessor;
use leptos::task::spawn_local;

const LANGUAGE: &str = "language";
const THEME: &str = "theme";
const ASSESSOR_NAME: &str = "assessor.name";
const ASSESSOR_OFFICE: &str = "assessor.office";

/// How the app looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the phone is set.
    Auto,
    /// Light.
    Light,
    /// Pure contrast for full sun.
    Sun,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Sun, Self::Dark];

    /// The word kept and set on the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Sun => "sun",
            Self::Dark => "dark",
        }
    }

    /// The next in the round of the button: sun, dark, light. What follows the phone goes to sun, which differs from both.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Auto | Self::Light => Self::Sun,
            Self::Sun => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// The settings, kept at each change.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The language of the interface.
    pub language: RwSignal<Language>,
    /// Its words; `None` while they are fetched.
    pub words: RwSignal<Option<&'static Words>>,
    /// Those of later pages; `None` while nobody has asked for them.
    pub later_words: RwSignal<Option<&'static LaterTexts>>,
    /// How the app looks.
    pub theme: RwSignal<Theme>,
    /// Who assesses.
    pub assessor: RwSignal<Assessor>,
    /// Whether the last change was kept beyond the page.
    pub kept: RwSignal<bool>,
    services: Services,
}

impl Settings {
    /// Reads the settings.
    #[must_use]
    pub fn new(services: Services) -> Self {
        let ports = services.ports();
        let (preferences, page) = (&ports.preferences, &ports.page);
        let kept_language = preferences.get(LANGUAGE).and_then(|tag| Language::of_tag(&tag));
        let wished = || page.languages().iter().find_map(|tag| Language::of_tag(tag));
        let language = kept_language.or_else(wished).unwrap_or(Language::INDONESIAN);
        let theme = preferences.get(THEME);
        let theme = Theme::ALL.into_iter().find(|each| Some(each.as_str()) == theme.as_deref());
        Self {
            language: RwSignal::new(language),
            words: RwSignal::new((language == Language::INDONESIAN).then_some(BUILT_IN)),
            later_words: RwSignal::new(None),
            theme: RwSignal::new(theme.unwrap_or(Theme::Auto)),
            assessor: RwSignal::new(Assessor {
                name: preferences.get(ASSESSOR_NAME).unwrap_or_default(),
                office: preferences.get(ASSESSOR_OFFICE).unwrap_or_default(),
            }),
            kept: RwSignal::new(true),
            services,
        }
    }

    /// From the context.
    #[must_use]
    pub fn get() -> Self {
        App::get().settings
    }

    fn keep(self, key: &str, text: &str) {
        let kept = self.services.ports().preferences.set(key, text);
        self.kept.set(kept);
    }

    /// Brings the words of a language, then speaks it. Where they cannot be had, what was spoken before goes on.
    pub fn fetch_words(self, language: Language) {
        spawn_local(async move {
            let loaded = i18n::load(self.services, language).await;
            let before = self.words.get_untracked();
            match loaded {
                Some((_, later)) => {
                    self.language.set(language);
                    self.later_words.set(Some(later));
                }
                None if before.is_none() => self.language.set(Language::INDONESIAN),
                None => {}
            }
            self.words.set(loaded.map(|(words, _)| words).or(before).or(Some(BUILT_IN)));
        });
    }

    /// Brings the words of later pages; whether they are there.
    pub async fn bring_later_words(self) -> bool {
        if self.later_words.get_untracked().is_none()
            && let Some((_, later)) = i18n::load(self.services, self.language.get_untracked()).await
        {
            self.later_words.set(Some(later));
        }
        self.later_words.get_untracked().is_some()
    }

    /// Speaks another language from now on.
    pub fn speak(self, language: Language) {
        self.fetch_words(language);
        self.keep(LANGUAGE, language.tag());
    }

    /// Looks otherwise from now on.
    pub fn look(self, theme: Theme) {
        self.theme.set(theme);
        self.services.ports().page.theme(theme.as_str());
        self.keep(THEME, theme.as_str());
    }

    /// Another assessor from now on.
    pub fn assess_as(self, assessor: Assessor) {
        self.keep(ASSESSOR_NAME, &assessor.name);
        self.keep(ASSESSOR_OFFICE, &assessor.office);
        self.assessor.set(assessor);
    }
}
