//! Figures of the app as built, in Chromium: Beranda with few and with many assessments, and photos of 12 megapixels.
//! Prints them; asserts nothing. `cargo run -p bintang-e2e --example measure [photos] [list]` after
//! `cargo xtask build`.

use anyhow::{Context as _, Result};
use bintang_e2e::{Dist, Options, Picture, Scenario, Subject, wait};
use serde_json::{Value, json};

/// The main thread is slowed down so many times, as in the comparison bench.
const SLOWER: u32 = 4;
const ROUNDS: usize = 7;

/// Runs before the app: tells when the first assessment is painted, counts long tasks, and finds wasm's memory.
const WATCH: &str = "(() => {
    const watch = { listed: null, whole: null, long: [], memory: null };
    globalThis.watch = watch;
    new MutationObserver((_, observer) => {
        if (!document.querySelector('[data-assessment]')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { watch.listed = performance.now(); }));
    }).observe(document, { childList: true, subtree: true });
    new MutationObserver((_, observer) => {
        // The list is whole once no count says that there are more.
        if (!document.querySelector('[data-assessment]') || /Memuat|\\d\\+/.test(document.body.innerText)) return;
        observer.disconnect();
        watch.whole = performance.now();
    }).observe(document, { childList: true, subtree: true, characterData: true });
    new PerformanceObserver((list) => watch.long.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ entryTypes: ['longtask'] });
    const begin = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...words) => {
        const begun = await begin.apply(WebAssembly, words);
        watch.memory ??= begun.instance.exports.memory;
        return begun;
    };
})();";

/// Types one more letter into the search field, and tells how long it took to the frame after.
const TYPE: &str = "const field = document.querySelector('input[type=search]');
    const begun = performance.now();
    field.value += arguments[0];
    field.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));";

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// What 95 of 100 stay within.
fn high(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len() * 95).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
}

async fn open() -> Result<Scenario> {
    let dist = Dist::built()?.with_script(WATCH)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.set_up().await?;
    scenario.installed().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    Ok(scenario)
}

async fn home(scenario: &Scenario, count: usize) -> Result<()> {
    scenario.copy_assessment(count).await?;
    let (mut opened, mut whole, mut typed, mut longest) = (Vec::new(), Vec::new(), Vec::new(), 0.0_f64);
    let number = async |what: &str| Ok::<_, anyhow::Error>(scenario.script(what).await?.as_f64());
    for round in 0..ROUNDS {
        scenario.browser.slow_down(SLOWER).await?;
        scenario.visit("").await?;
        opened.push(wait::until("the list is painted", async || number("return watch.listed").await).await?);
        whole.push(wait::until("the list is whole", async || number("return watch.whole").await).await?);
        scenario.script("watch.long.length = 0").await?;
        // A number that some have: each digit narrows the list and draws it anew.
        let wanted = format!("{}", count / 2 + round);
        for letter in "dapur ".chars().chain(wanted.chars()) {
            let took = scenario.browser.script_until_done(TYPE, &[json!(letter.to_string())]).await?;
            if letter.is_ascii_digit() {
                typed.push(took.as_f64().context("a span")?);
            }
        }
        longest = longest.max(number("return Math.max(0, ...watch.long)").await?.unwrap_or_default());
    }
    scenario.browser.slow_down(1).await?;
    let (opened, whole, (letter, most)) = (median(opened), median(whole), (median(typed.clone()), high(typed)));
    println!(
        "{count} assessments: opened {opened:.0} ms, whole {whole:.0} ms; a digit that narrows: {letter:.0} ms, \
         95 % within {most:.0} ms, longest task while typing {longest:.0} ms"
    );
    Ok(())
}

async fn photos(scenario: &Scenario) -> Result<()> {
    let large = Picture { size: (4000, 3000), orientation: 6, number: 1 };
    let large = large.write(&scenario.browser, scenario.folder()).await?;
    let bytes = std::fs::metadata(&large)?.len();
    scenario.visit("").await?.open_item("Keripik").await?;
    scenario.script("watch.long.length = 0").await?;
    scenario.add_photo("A.I.1", &large).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let long: Value = scenario.script("return watch.long").await?;
    println!("a photo of 12 megapixels, {bytes} bytes, not slowed down: long tasks on the main thread {long}");
    let memory = async || scenario.script("return watch.memory?.buffer.byteLength").await;
    println!("wasm's memory after 1 photo: {}", memory().await?);
    for count in 2..=300 {
        // No two alike: the same bytes would be kept once in a backup.
        let small = Picture { size: (1600, 1200), orientation: 1, number: count };
        let small = small.write(&scenario.browser, scenario.folder()).await?;
        scenario.add_photo("A.I.1", &small).await?.photos_are("A.I.1", count.into(), "scaled").await?;
        if [10, 50, 100, 200, 300].contains(&count) {
            println!("wasm's memory after {count} photos: {}", memory().await?);
        }
    }
    scenario.reload().await?.photos_are("A.I.1", 300, "scaled").await?;
    println!("wasm's memory with 300 photos, loaded anew: {}", memory().await?);
    let file = scenario.take_backup(None).await?;
    let bytes = std::fs::metadata(&file)?.len();
    println!("a backup of {bytes} bytes with 300 photos: wasm's memory {}", memory().await?);
    scenario.choose_backup(&file).await?.browser.appear("[data-restore='looked']").await?;
    println!("the same looked at before it is brought back: wasm's memory {}", memory().await?);
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |word: &str| words.is_empty() || words.iter().any(|other| other == word);
    if wanted("photos") {
        photos(&open().await?).await?;
    }
    if wanted("list") {
        let scenario = open().await?;
        for count in [100, 1_000, 10_000] {
            home(&scenario, count).await?;
        }
    }
    Ok(())
}
