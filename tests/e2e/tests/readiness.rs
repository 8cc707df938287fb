//! Kesiapan: what it says of a phone is so, and the drill really starts without a network.
#![allow(clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Engine, Scenario, Subject, in_every_engine};

in_every_engine!(the_drill_starts_without_a_network, what_is_gone_is_seen_and_fetched_again);

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
