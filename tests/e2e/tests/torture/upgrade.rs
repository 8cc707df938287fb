//! The store is as the first version of the schema left it, and another tab holds it open: one that lets go when it is
//! asked, as the app does, or one that a phone has frozen.

use anyhow::Result;
use bintang_e2e::{
    Engine, Scenario,
    torture::{Sheet, Torture},
};
use serde_json::json;

/// A file beside the app, on which no page of it runs.
const BESIDE: &str = "words/id.txt";

/// Makes the store anew with the tables of version 1 and the records that are there.
const BACK: &str = "(async () => {
    const done_with = (asked) => new Promise((found, failed) => {
        asked.onsuccess = () => found(asked.result);
        asked.onerror = () => failed(asked.error);
    });
    const database = await done_with(indexedDB.open('bintang'));
    const tables = [...database.objectStoreNames].filter((name) => name !== 'signatures');
    const all = [];
    for (const table of tables) {
        const store = database.transaction(table).objectStore(table);
        const [keys, values] = await Promise.all([done_with(store.getAllKeys()), done_with(store.getAll())]);
        all.push(...keys.map((key, i) => [table, key, values[i]]));
    }
    database.close();
    await done_with(indexedDB.deleteDatabase('bintang'));
    const asked = indexedDB.open('bintang', 1);
    asked.onupgradeneeded = () => tables.forEach((table) => asked.result.createObjectStore(table));
    const first = await done_with(asked);
    const writing = first.transaction(tables, 'readwrite');
    all.forEach(([table, key, value]) => writing.objectStore(table).put(value, key));
    await new Promise((ended) => { writing.oncomplete = ended; });
    first.close();
    return all.length;
})().then(done, (error) => done(`${error}`));";

/// Brings the faults to a page beside the app: the page's own code holds the store, as what belongs to a driver's script
/// may be thrown away when that ends.
const HOLD: &str = "const script = Object.assign(document.createElement('script'), { src: '/fault.js' });
    script.onload = () => {
        dispatchEvent(new CustomEvent('torture-hold', { detail: arguments[0] ? 'frozen' : 'asks' }));
        done(true);
    };
    script.onerror = () => done(false);
    document.documentElement.append(script);";

/// How far holding is, as the page's own code says it.
const HELD: &str = "return document.documentElement.dataset.held === 'yes'";

const VERSION: &str = "const asked = indexedDB.open('bintang');
    asked.onsuccess = () => { const { version } = asked.result; asked.result.close(); done(version); };";

pub async fn upgrade_with_two_tabs(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "upgrade from the first schema, two tabs open");
    let scenario = Scenario::open_with(torture.with_faults()?).await?;
    scenario.set_up().await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let first = scenario.browser.tab().await?;
    let second = scenario.open_beside(BESIDE).await?;
    for round in 0..torture.size(2, 10) {
        let frozen = round % 2 == 1;
        scenario.turn_to(&first).await?;
        sheet.open(&scenario).await?;
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        scenario.go_beside(BESIDE).await?;
        let records = scenario.browser.script_until_done(BACK, &[]).await?;
        assert!(records.as_u64() > Some(3), "{records}");
        scenario.turn_to(&second).await?;
        let begun = scenario.browser.script_until_done(HOLD, &[json!(frozen)]).await?;
        assert_eq!(begun.as_bool(), Some(true));
        scenario.holds("the store is held", HELD).await?;
        scenario.turn_to(&first).await?.go_to(&format!("p=lembar&id={}&view=all", sheet.id)).await?;
        if frozen {
            scenario.read("Tutup tab Bintang yang lain").await?;
            scenario.turn_to(&second).await?.script("dispatchEvent(new Event('torture-let-go'))").await?;
            scenario.turn_to(&first).await?;
        }
        sheet.shown(&scenario).await?;
        sheet.hold(&scenario, &mut torture).await?;
        let version = scenario.browser.script_until_done(VERSION, &[]).await?;
        assert!(version.as_u64() > Some(1), "{version}");
        torture.count(1);
    }
    torture.end()
}
