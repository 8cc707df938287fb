//! The app under the settings of people: by keyboard alone, by ear, with text twice as large, on 320 pixels, with less motion,
//! with colours of their own.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Engine, Options, Scenario, Subject, screens::screens, wait};
use serde_json::{Value, json};
use thirtyfour::Key;

/// From the first page to the proof without a pointer.
#[tokio::test]
async fn an_assessment_is_done_by_keyboard_alone() -> Result<()> {
    let scenario = Scenario::open().await?;
    let browser = &scenario.browser;
    browser.appear("a[href$='p=baru']").await?;
    browser.tab_to("main ~ * a[href$='p=baru'], a[href$='p=baru']").await?;
    browser.strike(Key::Enter).await?;
    browser.appear("#rubric-food:enabled").await?;
    browser.tab_to("input[name=rubric]").await?;
    browser.strike(Key::Space).await?;
    browser.tab_to("#product").await?;
    browser.keys("Keripik talas").await?;
    browser.tab_to("#start").await?;
    browser.strike(Key::Enter).await?;
    browser.appear("a#index").await?;
    browser.tab_to("article input").await?;
    let answered = async || {
        let count = "return document.querySelector('aside.livebar #next')?.getAttribute('href') ?? ''";
        Ok::<String, anyhow::Error>(scenario.script(count).await?.as_str().unwrap_or_default().to_owned())
    };
    // The second row of each criterion, and on to the next one that has no answer, until papers are next.
    for _ in 0..60 {
        let before = answered().await?;
        if before.ends_with("~papers") || before.contains("p=tinjau") {
            break;
        }
        // Of an either/or the case comes first; keys choose among the rows.
        if scenario.script("return !!document.activeElement.closest('article').querySelector('.cases')").await? == true
        {
            browser.tab_to(".cases input").await?;
            browser.strike(Key::Space).await?;
        }
        browser.keys("2").await?;
        // Of an either/or that was the case; its rows come behind the two.
        if scenario.script("return !!document.activeElement.closest('article').querySelector('.cases')").await? == true
        {
            browser.keys("4").await?;
        }
        wait::until("the answer counts", async || Ok((answered().await? != before).then_some(()))).await?;
        let next = answered().await?;
        browser.keys("n").await?;
        let Some(id) = next.rsplit_once("at=").map(|(_, id)| id.to_owned()).filter(|id| !id.starts_with('~')) else {
            break;
        };
        let there = format!("return document.activeElement.closest('article')?.id === 'c-{id}'");
        wait::until(format!("{id} has the focus"), async || Ok((scenario.script(&there).await? == true).then_some(())))
            .await?;
    }
    browser.appear(".paper-row").await?;
    for paper in 0..6 {
        browser
            .tab_to(&format!(".paper-row:nth-of-type({}) input, li:nth-child({0}) .paper-row input", paper + 1))
            .await?;
        browser.strike(Key::Space).await?;
    }
    browser.appear("#next[href*='p=tinjau']").await?;
    browser.tab_to("#next").await?;
    browser.strike(Key::Enter).await?;
    browser.appear("#finish:not([aria-disabled])").await?;
    browser.tab_to("#finish").await?;
    browser.strike(Key::Enter).await?;
    browser.appear("[data-result]").await?;
    browser.tab_to("a[href*='p=laporan']").await?;
    browser.strike(Key::Enter).await?;
    browser.appear("#print:not([aria-disabled])").await
}

/// What a screen reader is told of the sheet.
#[tokio::test]
async fn the_sheet_is_told_by_names_and_roles() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.begin("food", Subject { product: "Keripik talas", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?;
    scenario.browser.appear("a#index").await?;
    let told = scenario.browser.told().await?;
    let acts =
        ["radio", "checkbox", "button", "link", "textbox", "group", "navigation", "complementary", "progressbar"];
    let nameless: Vec<_> =
        told.iter().filter(|(role, name)| acts.contains(&role.as_str()) && name.trim().is_empty()).collect();
    // Folds of the live bar and of cards are groups without a name of their own.
    assert!(nameless.iter().all(|(role, _)| role == "group"), "{nameless:?}");
    let has = |role: &str, name: &str| told.iter().any(|(a, b)| a == role && b.contains(name));
    for (role, name) in [
        ("heading", "Keripik talas"),
        ("heading", "Aspek Produksi dan Pengembangan Masyarakat"),
        ("group", "A.I.1"),
        ("group", "Sumber Bahan Baku Utama"),
        ("radio", "Bahan baku utama lokal"),
        ("radio", "2 poin"),
        ("navigation", "Bagian"),
        ("complementary", "Nilai berjalan"),
        ("image", "dari 5 bintang, sementara"),
        ("link", "Cari dan lompat ke kriteria"),
        ("button", "A.I.1"),
    ] {
        assert!(has(role, name), "{role} {name} in {told:#?}");
    }
    Ok(())
}

/// Nothing is cut off on the smallest phone, and none with text of twice the size.
#[tokio::test]
async fn nothing_is_lost_on_small_phones_and_with_large_text() -> Result<()> {
    let scenario = Scenario::open().await?;
    let mut lost = Vec::new();
    for screen in screens(&scenario).await? {
        for language in ["id", "en"] {
            scenario.show(&screen, language, "light").await?;
            for (name, width, size) in [("320 px", 320, "100%"), ("200 %", 360, "200%"), ("both", 320, "200%")] {
                scenario.script(&format!("document.documentElement.style.fontSize = '{size}'")).await?;
                scenario.browser.sized(width, 740).await?;
                scenario.browser.settle().await?;
                let found = scenario.lost(width).await?;
                for what in found {
                    lost.push(format!("{} {language} {name}: {what}", screen.name));
                }
                if let Some(folder) =
                    std::env::var_os("BINTANG_SCREENSHOTS").filter(|_| name == "both" && language == "id")
                {
                    let file = std::path::PathBuf::from(folder).join(format!("besar-{}.png", screen.name));
                    scenario.browser.screenshot(&file).await?;
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} places\n{}", lost.len(), lost.join("\n"));
    Ok(())
}

#[tokio::test]
async fn less_motion_is_no_motion() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.browser.pretend(&[("prefers-reduced-motion", "reduce")]).await?;
    let moves = "return [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        const long = (text) => text.split(',').some((part) => parseFloat(part) * (part.includes('ms') ? 1 : 1000) > 1);
        return long(transitionDuration) || long(animationDuration);
    }).map((element) => element.className)";
    assert_eq!(scenario.script(moves).await?, json!([]));
    let smooth = "return getComputedStyle(document.documentElement).scrollBehavior";
    assert_eq!(scenario.script(smooth).await?, json!("auto"));
    Ok(())
}

#[tokio::test]
async fn with_colours_of_ones_own_what_is_chosen_is_seen() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?;
    scenario.browser.pretend(&[("forced-colors", "active")]).await?;
    let outlines = "const of = (selector) => getComputedStyle(document.querySelector(selector)).outlineStyle;
        return [of('.option:has(:checked)'), of('.option:not(:has(:checked))')]";
    assert_eq!(scenario.script(outlines).await?, json!(["solid", "none"]));
    let native = "return getComputedStyle(document.querySelector('.option input')).appearance";
    assert_ne!(scenario.script(native).await?, json!("none"));
    scenario.screenshot("warna-sendiri").await?;
    Ok(())
}

/// A page that is nobody's: the phone is set to dark, to more contrast, to neither; the look is there before the first paint.
#[tokio::test]
async fn the_look_follows_the_phone_before_anything_is_painted() -> Result<()> {
    let scenario = Scenario::open_with(Options { engine: Engine::Chromium, ..Options::default() }).await?;
    for (features, look) in [
        (&[("prefers-color-scheme", "dark")][..], "dark"),
        (&[("prefers-color-scheme", "light"), ("prefers-contrast", "more")][..], "sun"),
        (&[("prefers-color-scheme", "light"), ("prefers-contrast", "no-preference")][..], "light"),
    ] {
        scenario.browser.pretend(features).await?;
        scenario.reload().await?;
        let shown = scenario.script("return document.documentElement.dataset.theme").await?;
        assert_eq!(shown, Value::from(look));
    }
    Ok(())
}

/// A tablet and a desk have room for what a phone shows, and lack nothing of it.
#[tokio::test]
async fn a_wide_screen_begins_an_assessment_too() -> Result<()> {
    let scenario = Scenario::open().await?;
    for width in [768, 1280] {
        scenario.browser.sized(width, 800).await?;
        scenario.visit("").await?.browser.press(".foot a[href='./?p=baru']").await?;
        scenario.browser.appear("#rubric-food:enabled").await?;
    }
    Ok(())
}
