//! Kesiapan: what it says of a phone is so, and the drill really starts without a network.
#![allow(clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Dist, Engine, Options, Picture, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(
    the_drill_starts_without_a_network,
    the_drill_fails_where_a_file_is_gone_though_there_is_a_network,
    what_is_gone_is_seen_and_fetched_again,
    what_is_asked_for_is_asked_for_once
);

async fn open(engine: Engine) -> Result<Scenario> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?;
    // The page that installed the worker is not under it yet in every engine.
    scenario.visit("p=kesiapan").await?.browser.appear("[data-ready]").await?;
    Ok(scenario)
}

async fn drill(scenario: &Scenario) -> Result<()> {
    scenario.browser.press("#readiness-drill").await?;
    scenario.read("Aplikasi terbuka tanpa jaringan.").await?;
    assert_eq!(scenario.browser.count("iframe").await?, 0, "the frame is gone");
    Ok(())
}

async fn the_drill_starts_without_a_network(engine: Engine) -> Result<()> {
    let mut scenario = open(engine).await?;
    scenario.read("Aplikasi tersimpan di ponsel").await?.read("Lengkap, ").await?;
    scenario.read("5 dari 5 rubrik dapat dipakai").await?.read("Cocok dengan server").await?;
    scenario.read("Belum ada yang perlu dicadangkan").await?.read("Semua sudah terbukti sampai").await?;
    scenario.screenshot("kesiapan").await?;
    drill(&scenario).await?;
    scenario.screenshot_of("kesiapan-latihan", "#readiness-drill").await?;
    // What there is to lose is not backed up; with the servers gone the clock is not held against anything.
    scenario.visit("").await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.saved().await?;
    scenario.cut_network().await?;
    scenario.visit("p=kesiapan").await?.read("Belum pernah dicadangkan dari ponsel ini.").await?;
    scenario.read("Dibandingkan bila ada jaringan").await?.read("Lengkap, ").await?;
    drill(&scenario).await?;
    scenario.screenshot("kesiapan-terputus").await?;
    Ok(())
}

/// The worker lets nothing of a drill out: what is not on the phone does not come from the network.
async fn the_drill_fails_where_a_file_is_gone_though_there_is_a_network(engine: Engine) -> Result<()> {
    const THROW_AWAY: &str = "caches.keys().then(async (names) => {
        let thrown = 0;
        for (const name of names) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                if (/bintang-app-.*[.]wasm$/.test(request.url) && await cache.delete(request)) thrown += 1;
            }
        }
        done(thrown);
    });";
    let scenario = open(engine).await?;
    assert_eq!(scenario.browser.script_until_done(THROW_AWAY, &[]).await?, 1);
    scenario.browser.press("#readiness-drill").await?;
    scenario.read("Aplikasi tidak terbuka.").await?;
    assert_eq!(scenario.browser.attribute("[data-ready]", "data-ready").await?.as_deref(), Some("bad"));
    Ok(())
}

/// The browser is asked to keep the store when there is something to keep, and once; what it says of room is told in
/// photos, also where photos are taken.
const TOLD: &str = "window.asked = 0;
    const storage = {
        persisted: async () => false,
        persist: async () => { window.asked += 1; return false; },
        estimate: async () => ({ quota: 56_000_000, usage: 0 }),
    };
    Object.defineProperty(Navigator.prototype, 'storage', { get: () => storage });
    // No camera, and nobody may know the place: a driver's browser would ask, or wait for ever.
    const devices = { getUserMedia: async () => { throw new DOMException('none', 'NotFoundError'); } };
    Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => devices });
    Object.defineProperty(Navigator.prototype, 'geolocation', { get: () => ({
        getCurrentPosition: (found, failed) => failed({ code: 1 }),
    }) });";

async fn what_is_asked_for_is_asked_for_once(engine: Engine) -> Result<()> {
    let dist = Dist::built()?.with_script(TOLD)?;
    let scenario = Scenario::open_with(Options { engine, dist: Some(dist), ..Options::default() }).await?;
    scenario.set_up().await?.visit("").await?.read("Belum ada penilaian").await?;
    assert_eq!(scenario.script("return window.asked").await?, 0);
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.holds("it was asked when there was something", "return window.asked === 1").await?;
    let file = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.add_photo("A.I.1", &file).await?.read("tinggal untuk kira-kira 10 foto").await?;
    scenario.screenshot_of("foto-ruang", "[id='c-A.I.1']").await?;
    scenario.saved().await?.visit("p=kesiapan").await?.read("Cukup untuk kira-kira 10 foto").await?;
    scenario.read("5 dari 5 rubrik dapat dipakai · 2026.1").await?;
    assert_eq!(scenario.script("return window.asked").await?, 0);
    scenario.browser.press("#readiness-keep").await?;
    scenario.holds("it is asked when somebody wants it", "return window.asked === 1").await?;
    // Neither is there: it is said so, and the focus stays where one was.
    for (button, word) in [
        ("#readiness-camera", "Kamera tidak ada atau dipakai aplikasi lain"),
        ("#readiness-location", "Lokasi tidak diizinkan"),
    ] {
        scenario.browser.press(button).await?;
        let back = format!("return document.activeElement === document.querySelector('{button}')");
        scenario.read(word).await?.holds("the focus is where one was", &back).await?;
    }
    assert_eq!(scenario.browser.attribute("[data-ready]", "data-ready").await?.as_deref(), Some("bad"));
    Ok(())
}

async fn what_is_gone_is_seen_and_fetched_again(engine: Engine) -> Result<()> {
    const THROW_AWAY: &str = "caches.keys().then(async (names) => {
        for (const name of names) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) if (request.url === `${location.origin}/`) await cache.delete(request);
        }
        done(names.length);
    });";
    let mut scenario = open(engine).await?;
    scenario.browser.script_until_done(THROW_AWAY, &[]).await?;
    scenario.cut_network().await?;
    scenario.browser.press("#readiness-again").await?;
    scenario.read("berkas hilang dan belum dapat diambil").await?;
    assert_eq!(scenario.browser.attribute("[data-ready]", "data-ready").await?.as_deref(), Some("bad"));
    scenario.browser.press("#readiness-drill").await?;
    // Nobody gives the frame its page, and it is waited for a while; meanwhile the page says what it does.
    scenario.read("Membuka aplikasi tanpa jaringan").await?;
    scenario.screenshot("kesiapan-rusak").await?;
    scenario.restore_network().await?;
    scenario.browser.press("#readiness-again").await?;
    scenario.read("Lengkap, ").await?;
    Ok(())
}
