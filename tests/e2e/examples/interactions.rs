//! How long each screen takes from a touch to the next paint, in Chromium, slowed down: presses what there is to press on
//! every page, and prints the slowest. `cargo run -p bintang-e2e --example interactions` after `cargo xtask build`.

use anyhow::Result;
use bintang_e2e::{
    Scenario,
    screens::{Screen, screens},
};
use serde_json::{Value, json};

/// The main thread is slowed down so many times, as in the comparison bench.
const SLOWER: u32 = 4;
/// Controls of a page that are tried.
const TRIED: usize = 14;
/// How many of the slowest are printed.
const PRINTED: usize = 12;

/// Marks what can be pressed here: one of each kind and word, no file fields, nothing that leaves the app or prints.
const MARK: &str = "const seen = new Set();
    let number = 0;
    for (const element of document.querySelectorAll('main :is(button, a[href], summary, label, select, input), header :is(button, a), aside :is(a, summary), nav a')) {
        if (!element.checkVisibility() || element.closest('[hidden]')) continue;
        if (element.matches('input[type=file], [download], [target], #print, #share, #save, .skip-link')) continue;
        if (element.matches('label') && document.getElementById(element.htmlFor)?.type === 'file') continue;
        const kind = element.tagName + '.' + element.className + ':' + (element.matches('a') ? element.search.replace(/[0-9A-Z]{26}/g, '') : element.id);
        if (seen.has(kind)) continue;
        seen.add(kind);
        element.dataset.probe = number++;
    }
    return number;";

const NAME: &str = "const element = document.querySelector(`[data-probe='${arguments[0]}']`);
    return element && `${element.tagName.toLowerCase()} “${(element.innerText || element.getAttribute('aria-label') || element.id || '').trim().replace(/\\s+/g, ' ').slice(0, 40)}”`;";

/// The browser's own figure (Event Timing), in steps of 8 ms, from the touch to the next paint.
const WATCH: &str = "globalThis.slowest = 0;
    globalThis.watching ??= new PerformanceObserver((list) => {
        for (const { interactionId, duration } of list.getEntries()) {
            if (interactionId) globalThis.slowest = Math.max(globalThis.slowest, duration);
        }
    });
    globalThis.watching.observe({ type: 'event', durationThreshold: 16 });";

const SLOWEST: &str =
    "setTimeout(() => requestAnimationFrame(() => setTimeout(() => done(globalThis.slowest ?? null), 100)), 500)";

struct Took {
    screen: &'static str,
    what: String,
    milliseconds: f64,
}

async fn shown(scenario: &Scenario, screen: &Screen) -> Result<u64> {
    scenario.browser.slow_down(1).await?;
    scenario.visit(&screen.query).await?.browser.appear(screen.ready).await?;
    scenario.browser.settle().await?;
    scenario.browser.slow_down(SLOWER).await?;
    Ok(scenario.script(MARK).await?.as_u64().unwrap_or_default())
}

#[tokio::main]
async fn main() -> Result<()> {
    let scenario = Scenario::open().await?;
    let all = screens(&scenario).await?;
    let mut took = Vec::new();
    for screen in &all {
        let count = shown(&scenario, screen).await?;
        for number in (0..count).take(TRIED) {
            if number > 0 {
                shown(&scenario, screen).await?;
            }
            let name: Value = scenario.browser.script(NAME, &[json!(number)]).await?;
            let Some(what) = name.as_str().map(str::to_owned) else { continue };
            scenario.script(WATCH).await?;
            if scenario.browser.press(&format!("[data-probe='{number}']")).await.is_err() {
                println!("{}: {what} cannot be pressed", screen.name);
                continue;
            }
            // A page that was left for another one has nothing to tell.
            let slowest = scenario.browser.script_until_done(SLOWEST, &[]).await.ok().and_then(|it| it.as_f64());
            if let Some(milliseconds) = slowest {
                took.push(Took { screen: screen.name, what, milliseconds });
            }
        }
    }
    took.sort_by(|one, other| other.milliseconds.total_cmp(&one.milliseconds));
    println!("{} interactions on {} screens, slowed down {SLOWER} times", took.len(), all.len());
    for Took { screen, what, milliseconds } in took.iter().take(PRINTED) {
        println!("{milliseconds:>5.0} ms  {screen}: {what}");
    }
    Ok(())
}
