//! The interface in other languages: words are one file each, and there without a network too. Languages that nobody
//! speaks show what only looks translated, and what only fits Indonesian: one with accents and a third longer, one from
//! right to left.

use anyhow::Result;
use bintang_e2e::{Dist, Options, Scenario, screens::screens};
use std::fmt::Write as _;

#[tokio::test(flavor = "multi_thread")]
async fn english_is_spoken_also_without_a_network() -> Result<()> {
    let mut scenario = Scenario::open().await?;
    scenario.installed().await?.visit("p=pengaturan").await?.read("Pengaturan").await?;
    scenario.browser.press("#language-en").await?;
    scenario.read("Settings").await?.never("Pengaturan").await?;
    scenario.holds("the page says its language", "return document.documentElement.lang === 'en'").await?;
    scenario.cut_network().await?;
    scenario.reload().await?.read("Settings").await?;
    scenario.visit("p=baru").await?.read("Food and drink").await?.never("Makanan dan minuman").await?;
    scenario.visit("p=pengaturan").await?;
    scenario.browser.press("#language-id").await?;
    scenario.read("Pengaturan").await?;
    Ok(())
}

/// The English words in a tongue that nobody speaks: in brackets, longer, every place where it was.
fn unspoken(words: &str, direction: &str, letters: &[(char, char)]) -> String {
    let mut out = String::new();
    for (number, line) in words.lines().enumerate() {
        let Some((key, text)) = line.split_once(": ") else { continue };
        let text = match (key, number) {
            ("direction", _) => direction.to_owned(),
            (_, 0..4) => text.to_owned(),
            _ => {
                let forms = text.split('|').map(|form| {
                    let mut inside = false;
                    let changed = form.chars().map(|letter| {
                        inside = (inside || letter == '{') && letter != '}';
                        let other = letters.iter().find(|(from, _)| *from == letter.to_ascii_lowercase());
                        other.filter(|_| !inside).map_or(letter, |(_, to)| *to)
                    });
                    let changed: String = changed.collect();
                    format!("⟦{changed}{}⟧", "·".repeat(form.chars().count() / 3))
                });
                forms.collect::<Vec<_>>().join("|")
            }
        };
        let _ = writeln!(out, "{key}: {text}");
    }
    out
}

/// What a person reads on buttons, tabs, fields and titles, and did not come from the words.
const UNTRANSLATED: &str = "
    const own = (text) => text.includes('⟦') || !/\\p{L}{2}/u.test(text);
    return [...document.querySelectorAll('nav a, button, .field__label, .field__hint, .section-title, .bar h1, .chip, .banner__title')]
        .filter((element) => element.checkVisibility() && !element.closest('.parts'))
        .map((element) => element.innerText.trim())
        .filter((text) => text && !own(text));";

async fn tried(name: &str, direction: &str, letters: &[(char, char)]) -> Result<()> {
    let built = Dist::built()?;
    let words = unspoken(&built.read("words/en.txt")?, direction, letters);
    let dist = built.with_altered("words/en.txt", &words)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.set_up().await?;
    // Names are data: a product, a business, endpoints; the help is a file of its own.
    let data = ["Keripik talas", "Dapur Contoh", "Penerima Uji", "127.0.0.1", "Bintang", "Judging"];
    let mut wrong = Vec::new();
    for screen in screens(&scenario).await? {
        scenario.show(&screen, "en", "light").await?;
        scenario
            .holds("it says which way it is written", &format!("return document.documentElement.dir === '{direction}'"))
            .await?;
        let found = scenario.script(UNTRANSLATED).await?;
        let found = found.as_array().cloned().unwrap_or_default();
        let texts = found.iter().filter_map(|text| text.as_str());
        wrong.extend(
            texts
                .filter(|text| !data.iter().any(|data| text.contains(data)))
                .map(|text| format!("{}: {text}", screen.name)),
        );
        wrong.extend(scenario.lost(360).await?.into_iter().map(|lost| format!("{}: {lost}", screen.name)));
        if let Some(folder) = std::env::var_os("BINTANG_SCREENSHOTS") {
            let file = std::path::PathBuf::from(folder).join(format!("{name}-{}.png", screen.name));
            scenario.browser.screenshot(&file).await?;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_with_long_words_loses_nothing() -> Result<()> {
    tried("asing", "ltr", &[('a', 'á'), ('e', 'ë'), ('i', 'ï'), ('o', 'ø'), ('u', 'ü'), ('c', 'ç'), ('n', 'ñ')]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_from_right_to_left_loses_nothing() -> Result<()> {
    let letters = "abcdefghijklmnopqrstuvwxyz".chars().zip("ابچدهفگحیجکلمنوپقرستعوخشژز".chars());
    tried("kanan", "rtl", &letters.collect::<Vec<_>>()).await
}
