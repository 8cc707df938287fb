//! The lock of the store: sealed on the disk, asked for at each start, set and taken away without loss.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Dist, Engine, Options, Picture, Scenario, Subject, in_every_engine, wait};
use serde_json::json;

in_every_engine!(
    what_is_locked_is_sealed_and_there_again_with_the_passphrase,
    a_kill_while_it_is_sealed_loses_nothing,
    it_locks_by_itself_and_other_tabs_with_it
);

const PASSPHRASE: &str = "tiga kata sandi";

/// Every record of the store as its disk has it, keys of the device aside: how many, how many are sealed, and the texts.
async fn records(scenario: &Scenario) -> Result<(u64, u64, String)> {
    const READ: &str = "const asked = indexedDB.open('bintang');
        asked.onerror = () => done(`${asked.error}`);
        asked.onsuccess = async () => {
            const names = [...asked.result.objectStoreNames].filter((name) => name !== 'keys');
            const all = [];
            for (const name of names) {
                const reading = asked.result.transaction(name).objectStore(name).getAll();
                all.push(...await new Promise((found) => { reading.onsuccess = () => found(reading.result); }));
            }
            asked.result.close();
            const text = (value) => typeof value === 'string' ? value : new TextDecoder('latin1').decode(value);
            const texts = all.map(text);
            done([texts.length, texts.filter((text) => text.startsWith('\\0bintang-sealed\\u0001')).length, texts.join('\\n')]);
        };";
    Ok(serde_json::from_value(scenario.browser.script_until_done(READ, &[]).await?)?)
}

async fn set_lock(scenario: &Scenario) -> Result<()> {
    scenario.visit("p=kunci").await?.browser.appear("#lock-passphrase").await?;
    // Said before anything is done.
    scenario
        .read("hilang untuk selamanya")
        .await?
        .read("Bila tab tertutup sebelum foto tersimpan, foto itu hilang")
        .await?;
    scenario.browser.fill("#lock-passphrase", PASSPHRASE).await?;
    scenario.browser.press("#lock-written").await?;
    scenario.browser.press("#lock-set").await?;
    Ok(())
}

async fn unlock(scenario: &Scenario, passphrase: &str) -> Result<()> {
    scenario.browser.appear("#unlock-passphrase").await?;
    scenario.browser.fill("#unlock-passphrase", passphrase).await?;
    scenario.browser.press("#unlock").await
}

async fn all_sealed(scenario: &Scenario) -> Result<u64> {
    wait::until("every record is sealed", async || {
        let (all, sealed, _) = records(scenario).await?;
        Ok((all == sealed && all > 0).then_some(all))
    })
    .await
}

async fn what_is_locked_is_sealed_and_there_again_with_the_passphrase(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik rahasia", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let picture = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.add_photo("A.I.1", &picture).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let photos = scenario.stored_photos().await?;
    let (_, sealed, text) = records(&scenario).await?;
    assert!(sealed == 0 && text.contains("Keripik rahasia") && text.contains("JFIF"));
    // Nothing is locked before it is written down.
    scenario.visit("p=kunci").await?.browser.press("#lock-set").await?;
    scenario.read("Frasa sandi terlalu pendek").await?.read("Catat dahulu frasa sandinya").await?;
    scenario.screenshot("kunci").await?;
    set_lock(&scenario).await?;
    scenario.browser.appear("[data-lock='set']").await?;
    all_sealed(&scenario).await?;
    scenario.screenshot("kunci-terpasang").await?;
    let (_, _, text) = records(&scenario).await?;
    for word in ["Keripik rahasia", "Dapur", "option", "JFIF"] {
        assert!(!text.contains(word), "{word} can be read on the disk");
    }

    // Work goes on as before, and is sealed; photos come from the page alone.
    scenario.visit("").await?;
    unlock(&scenario, "tiga kata sandi ").await?;
    scenario.read("Bukan frasa sandi ini").await?;
    scenario.screenshot("terkunci").await?;
    assert_eq!(scenario.browser.count("[data-assessment]").await?, 0);
    unlock(&scenario, PASSPHRASE).await?;
    scenario.open_item("Keripik rahasia").await?.browser.appear("[id='A.I.1-b']:checked").await?;
    scenario.photos_are("A.I.1", 1, "scaled").await?;
    assert_eq!(scenario.browser.count("input[type=file]").await?, 0, "no picker");
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?;
    all_sealed(&scenario).await?;

    // A killed browser asks again. A backup is made of what is opened, and locked by itself if wanted.
    scenario.browser.kill_and_start().await?;
    scenario.visit("p=cadangan").await?;
    unlock(&scenario, PASSPHRASE).await?;
    scenario.browser.press("#backup-take").await?;
    let file = scenario.save_backup().await?;
    assert!(std::fs::read(file)?.windows(15).any(|part| part == b"Keripik rahasia"));

    // Another passphrase, then none: all is as it was, byte for byte.
    scenario.visit("p=kunci").await?;
    unlock(&scenario, PASSPHRASE).await?;
    scenario.browser.appear("[data-lock='set']").await?;
    scenario.browser.press("details.card:not([id]) summary").await?;
    scenario.browser.fill("#lock-old", PASSPHRASE).await?;
    scenario.browser.fill("#lock-new", "empat kata sandi baru").await?;
    scenario.browser.press("#lock-change").await?;
    scenario.read("Frasa sandi diganti").await?;
    scenario.browser.press("#lock-removing summary").await?;
    scenario.browser.fill("#lock-remove-passphrase", PASSPHRASE).await?;
    scenario.browser.press("#lock-remove").await?;
    scenario.read("Bukan frasa sandi ini").await?;
    scenario.browser.fill("#lock-remove-passphrase", "empat kata sandi baru").await?;
    scenario.browser.press("#lock-remove").await?;
    scenario.browser.appear("#lock-passphrase").await?;
    let (_, sealed, text) = records(&scenario).await?;
    assert!(sealed == 0 && text.contains("Keripik rahasia"));
    assert_eq!(scenario.stored_photos().await?, photos);
    // Set and taken away again in the same page.
    scenario.browser.fill("#lock-passphrase", PASSPHRASE).await?;
    scenario.browser.press("#lock-written").await?;
    scenario.browser.press("#lock-set").await?;
    scenario.browser.appear("[data-lock='set']").await?;
    all_sealed(&scenario).await?;
    scenario.browser.press("#lock-removing summary").await?;
    scenario.browser.fill("#lock-remove-passphrase", PASSPHRASE).await?;
    scenario.browser.press("#lock-remove").await?;
    scenario.browser.appear("#lock-passphrase").await?;
    let (_, sealed, text) = records(&scenario).await?;
    assert!(sealed == 0 && text.contains("Keripik rahasia"));
    assert_eq!(scenario.stored_photos().await?, photos);
    scenario.visit("").await?.open_item("Keripik rahasia").await?.browser.appear("[id='A.I.1-c']:checked").await?;
    Ok(())
}

async fn a_kill_while_it_is_sealed_loses_nothing(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    for product in ["Keripik", "Sambal"] {
        scenario.visit("").await?.begin("food", Subject { product, business: "Dapur" }).await?;
        scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    }
    set_lock(&scenario).await?;
    // As soon as the disk has the lock; the records follow one by one.
    const LOCKED: &str = "const asked = indexedDB.open('bintang');
        asked.onsuccess = () => {
            const reading = asked.result.transaction('keys').objectStore('keys').get('lock');
            reading.onsuccess = () => { asked.result.close(); done(reading.result ?? ''); };
        };";
    wait::until("the lock is on the disk", async || {
        let lock = scenario.browser.script_until_done(LOCKED, &[]).await?;
        Ok(lock.as_str().filter(|lock| lock.contains("bintang-lock/1")).map(|_| ()))
    })
    .await?;
    scenario.browser.kill_and_start().await?;
    scenario.visit("").await?;
    unlock(&scenario, PASSPHRASE).await?;
    for product in ["Keripik", "Sambal"] {
        scenario.visit("").await?;
        unlock(&scenario, PASSPHRASE).await?;
        scenario.open_item(product).await?.browser.appear("[id='A.I.1-b']:checked").await?;
    }
    // What was not sealed by then is sealed after the first unlocking.
    all_sealed(&scenario).await?;
    Ok(())
}

/// The look at the clock comes often, and the clock that cannot be set goes as far ahead as a test says.
const QUICK: &str = "(() => {
    const [timeout, now] = [setTimeout, performance.now.bind(performance)];
    globalThis.setTimeout = (then, span, ...words) => timeout(then, span === 5000 ? 50 : span, ...words);
    let ahead = 0;
    performance.now = () => now() + ahead;
    globalThis.goAhead = (span) => { ahead += span; };
})();";

async fn it_locks_by_itself_and_other_tabs_with_it(engine: Engine) -> Result<()> {
    let dist = Dist::built()?.with_script(QUICK)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), engine, ..Options::default() }).await?;
    scenario.set_up().await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let first = scenario.browser.tab().await?;
    let second = scenario.open_tab("").await?;
    scenario.browser.appear("[data-assessment]").await?;
    scenario.turn_to(&first).await?;
    // Another tab could write what nobody seals.
    set_lock(&scenario).await?;
    scenario.read("Tutup tab itu dahulu").await?;
    scenario.turn_to(&second).await?.go_beside("words/id.txt").await?;
    scenario.turn_to(&first).await?;
    set_lock(&scenario).await?;
    scenario.browser.appear("[data-lock='set']").await?;
    all_sealed(&scenario).await?;
    // The other tab knows nothing of the key, and is unlocked by itself.
    scenario.turn_to(&second).await?.visit("").await?;
    unlock(&scenario, PASSPHRASE).await?;
    scenario.browser.appear("[data-assessment]").await?;
    scenario.turn_to(&first).await?;
    scenario.script("goAhead(4 * 60000)").await?;
    scenario.browser.press("#lock-minutes-15").await?;
    scenario.script("goAhead(14 * 60000)").await?;
    scenario.browser.settle().await?;
    assert_eq!(scenario.browser.count("#unlock-passphrase").await?, 0);
    scenario.script("goAhead(2 * 60000)").await?;
    scenario.browser.appear("#unlock-passphrase").await?;
    unlock(&scenario, PASSPHRASE).await?;
    scenario.browser.appear("[data-lock='set']").await?;
    Ok(())
}
