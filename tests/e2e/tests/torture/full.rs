//! The store is full at the k-th write, for every k: what is saved stays whole, and with room everything is saved.

use anyhow::{Result, ensure};
use bintang_e2e::{
    Engine, Scenario,
    torture::{Album, CRITERION, Sheet, Torture},
};
use serde_json::json;

/// Refused once, and refused until there is room.
const TIMES: [u32; 2] = [1, 1_000_000];

pub async fn store_full(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "store full at the k-th write");
    let scenario = Scenario::open_with(torture.with_faults()?).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    for k in 1..=torture.size(5, 20) {
        for times in TIMES {
            sheet.settled(&scenario).await?;
            // Told at once, or when the transaction is to end.
            let late = torture.dice.below(2) == 0;
            let words = [json!(k), json!(times), json!(late)];
            scenario.browser.script("torture.fill(arguments[0], arguments[1], arguments[2])", &words).await?;
            let mut word = "saved".to_owned();
            for _ in 0..2 * k {
                if word == "failed" {
                    break;
                }
                sheet.tap(&scenario, &mut torture.dice).await?;
                word = ended(&scenario, &mut sheet).await?;
            }
            ensure!(word == "failed", "the store was full and the screen says {word}");
            scenario.never("Tersimpan").await?.script("torture.free()").await?;
            if torture.dice.below(2) == 0 {
                // Left as it is, what was saved before is there and nothing half; the rest was never called saved.
                sheet.check(&scenario, &mut torture).await?;
            } else {
                // Something else may have made the app try again by itself.
                scenario.script("document.querySelector('.banner--storage button')?.click()").await?;
                sheet.settled(&scenario).await?;
                sheet.check(&scenario, &mut torture).await?;
            }
            torture.count(1);
        }
    }
    let mut album = Album::begin(&scenario).await?;
    // The original with its record, the log, the scaled one: each in turn finds no room.
    for k in 1..=torture.size(3, 8) {
        sheet.settled(&scenario).await?;
        let late = torture.dice.below(2) == 0;
        let words = [json!(k), json!(1), json!(late)];
        scenario.browser.script("torture.fill(arguments[0], arguments[1], arguments[2])", &words).await?;
        album.choose(&scenario, &mut torture).await?;
        scenario.holds("there was no room once", "return torture.puts >= torture.fullFrom").await?;
        scenario.script("torture.free()").await?;
        scenario.holds("the photo and the sheet are saved", ALL_SAVED).await?;
        // One whose scaling found no room stays as it came, and is scaled when the sheet is opened anew.
        album.look(&scenario).await?;
        sheet.check(&scenario, &mut torture).await?;
        scenario.photos_are(CRITERION, album.count(), "scaled").await?;
        sheet.settled(&scenario).await?;
        album.hold(&scenario, &mut torture).await?;
        ensure!(album.count() == u64::try_from(k)?, "{} photos after {k}", album.count());
        torture.count(1);
    }
    torture.end()
}

/// Presses whatever tries again; whether all of it is saved.
const ALL_SAVED: &str = "document.querySelector('.banner--storage button')?.click();
    document.querySelector('.photo-failed button')?.click();
    return !document.querySelector('.photo-failed') && document.querySelector('[data-photo]') !== null
        && !document.querySelector('.photo-note[role=status]')
        && document.querySelector('.saved').dataset.state === 'saved'";

/// Waits until a save has ended, well or not.
async fn ended(scenario: &Scenario, sheet: &mut Sheet) -> Result<String> {
    scenario.holds("the save has ended", "return document.querySelector('.saved').dataset.state !== 'saving'").await?;
    sheet.look(scenario).await
}
