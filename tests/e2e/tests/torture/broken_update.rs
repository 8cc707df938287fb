//! A new version that lacks one of its files: the old one goes on, with and without a network, until a whole one comes.

use anyhow::Result;
use bintang_e2e::{
    Dist, Engine, Scenario,
    torture::{Sheet, Torture},
};

/// What a new version may lack, or have otherwise than it says. Files with their sum in the name are the same in each
/// version here, and the browser's own cache may give them.
const PAGE: &str = "index.html";
const FILES: [&str; 4] = [PAGE, "icons/icon-512.png", "rubrics/batik.json", "manifest.webmanifest"];
/// Lets the browser look for a new version, and says whether one is on the phone or on its way then.
const LOOK: &str = "navigator.serviceWorker.getRegistration().then(async (found) => {
      try { await found.update(); } catch {}
      const coming = found.installing;
      if (!coming) return done(found.waiting ? 'waiting' : 'none');
      coming.addEventListener('statechange', () => done(coming.state));
    });";

pub async fn broken_update(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "update with a missing file");
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let built = Dist::built()?;
    for number in 0..torture.size(1, 10) {
        let old = scenario.version().await?;
        let file = if number == 0 { PAGE } else { torture.dice.one(&FILES).copied().unwrap_or_default() };
        let broken = built.with_new_version(&format!("broken-{number}"))?;
        let broken = if number % 2 == 0 { broken.without(file)? } else { broken.with_altered(file, "rusak")? };
        scenario.publish(&broken).await?;
        let became = scenario.browser.script_until_done(LOOK, &[]).await?;
        assert!(["redundant", "none"].contains(&became.as_str().unwrap_or_default()), "without {file}: {became}");
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        scenario.cut_network().await?;
        sheet.check(&scenario, &mut torture).await?;
        assert_eq!(scenario.version().await?, old, "without {file}");
        scenario.restore_network().await?;

        let new = format!("whole-{number}");
        scenario.publish(&built.with_new_version(&new)?).await?;
        scenario.visit("").await?.find_version().await?.next_is(&new).await?;
        scenario.read("Versi baru siap").await?.version_held(false).await?.mark().await?;
        scenario.browser.press(".banner--version button").await?;
        scenario.loaded_anew().await?.version_is(&new).await?;
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
