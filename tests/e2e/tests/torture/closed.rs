//! The browser closes the database under the app, at rest and while it saves.

use anyhow::{Result, ensure};
use bintang_e2e::{
    Engine, Scenario,
    torture::{Album, Sheet, Torture},
};

const CLOSE: &str = "return torture.close()";

/// Presses "try again" where a photo was refused; whether none waits any more.
pub const AGAIN: &str = "document.querySelector('.photo-failed button')?.click();
    return !document.querySelector('.photo-failed') && document.querySelector('[data-photo]') !== null";

pub async fn database_closed(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "database closed under the app");
    let scenario = Scenario::open_with(torture.with_faults()?).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let mut album = Album::begin(&scenario).await?;
    for round in 0..torture.size(5, 30) {
        sheet.settled(&scenario).await?;
        if torture.dice.below(2) == 0 {
            sheet.tap(&scenario, &mut torture.dice).await?;
        }
        let photo = round % 5 == 1;
        if photo {
            album.choose(&scenario, &mut torture).await?;
        }
        let closed = scenario.script(CLOSE).await?;
        ensure!(closed.as_u64() > Some(0), "a connection was open: {closed}");
        sheet.tap(&scenario, &mut torture.dice).await?;
        if photo {
            // A photo that was refused twice is in memory, and says so with a button.
            scenario.holds("the photo is there", AGAIN).await?;
        }
        // What was under way was taken back; the app opens the database anew and saves it by itself.
        sheet.settled(&scenario).await?;
        if photo {
            album.grown(&scenario).await?;
            sheet.settled(&scenario).await?;
        }
        scenario.reload().await?;
        sheet.shown(&scenario).await?;
        sheet.hold(&scenario, &mut torture).await?;
        album.hold(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
